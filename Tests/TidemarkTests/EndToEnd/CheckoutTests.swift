import Foundation
import Support
import Testing

/// What make and the scripts of a checkout do with a program that is there already.
@Suite("a checkout")
struct CheckoutTests {
    /// One whose program says how it was called and ends with `CODE`, and whose sources cannot be built.
    private func withCheckout(_ body: (_ folder: String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let copied = try await ProgramRun.program(
                "/bin/sh",
                [
                    "-c",
                    "cp -r Makefile Package.swift setup Engines Scripts Templates '\(folder)' && mkdir -p '\(folder)/Sources' '\(folder)/.stamps'",
                ],
                in: Repository.folder)
            #expect(copied.code == 0)
            for (file, text) in [
                (".build/release/tidemark", "echo \"ran $*\"; exit ${CODE-0}"),
                ("Scripts/setup", "echo no set-up >&2; exit 1"),
                ("setup", "exit 0"),
            ] {
                try write("#!/bin/sh\n\(text)\n", to: "\(folder)/\(file)")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(file)")
            }
            try await body(folder)
        }
    }

    @Test(
        "that cannot be built anew publishes with its last program and ends with 2, or with the program's code",
        arguments: [
            ("Scripts/publish", "0", 2), ("Scripts/publish", "3", 3), ("Scripts/publish", "75", 75),
            ("make -s publish", "75", 0),
        ])
    func unbuildable(command: String, code: String, end: Int) async throws {
        try await withCheckout { folder in
            let run = try await ProgramRun.program(
                "/bin/sh", ["-c", command], in: folder,
                environment: ["PATH": "/usr/bin:/bin", "HOME": folder, "CODE": code])
            #expect(run.code == Int32(end) && run.output == "ran publish\n", "\(run)")
            #expect(run.errors.contains("no set-up\n"))
            #expect(
                run.errors.contains(
                    "tidemark: the new program could not be built, for the reason above"))
        }
    }

    @Test("is installed wherever PREFIX says, spaces and all")
    func install() async throws {
        try await withCheckout { folder in
            try write("", to: "\(folder)/.stamps/built")
            let run = try await ProgramRun.program(
                "/usr/bin/make", ["install", "-o", ".stamps/built", "PREFIX=\(folder)/a b/it's"],
                in: folder,
                environment: ["PATH": "/usr/bin:/bin", "HOME": folder])
            #expect(run == ProgramRun(code: 0, output: "", errors: ""))
            let files = FileManager.default
            #expect(files.isExecutableFile(atPath: "\(folder)/a b/it's/bin/tidemark"))
            #expect(
                try files.subpathsOfDirectory(atPath: "\(folder)/a b/it's/share/tidemark/Templates")
                    .sorted()
                    == files.subpathsOfDirectory(atPath: "\(folder)/Templates").sorted())
        }
    }
}
