import Foundation
import Support

/// A run of `tidemark` and the most memory it ever had.
struct MeasuredRun {
    let program: ProgramRun
    let peakBytes: Int

    static func tidemark(_ arguments: [String], in folder: OperatorFolder) async throws -> Self {
        // The kernel adds up children; this one has no other.
        let script = """
            import resource, subprocess, sys
            code = subprocess.run(sys.argv[1:]).returncode
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
            sys.exit(code)
            """
        let run = try await ProgramRun.program(
            Repository.python ?? "/usr/bin/python3",
            ["-c", script, Repository.product("tidemark")] + arguments, in: folder.path,
            environment: folder.environment)
        var lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
        // The last line is ours, in KiB, and empty text stands behind its LF.
        let peak = lines.count > 1 ? Int(lines[lines.count - 2]) : nil
        lines.removeSubrange((lines.count - 2)...)
        return Self(
            program: ProgramRun(
                code: run.code, output: run.output,
                errors: lines.map { $0 + "\n" }.joined()),
            peakBytes: (peak ?? .max / 1024) * 1024)
    }
}
