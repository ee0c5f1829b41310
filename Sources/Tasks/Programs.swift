import Glibc
import Subprocess
import Synchronization
import SystemPackage

extension PlatformOptions {
    /// A group of its own for a program, so that what it has started ends with it, at once where the task ends that waits
    /// for it.
    public static var ownGroup: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        return options
    }
}

extension TerminationStatus {
    /// How the program ended: `ended with code 1`, `was ended by signal 9`.
    public var words: String {
        switch self {
        case .exited(let code): "ended with code \(code)"
        case .signaled(let signal): "was ended by signal \(signal)"
        }
    }

    /// The same of a command for the shell.
    public var shellWords: String {
        guard case .exited(127) = self else { return words }
        return words + ", which is how a shell says that there is no such command"
    }
}

/// Hands over what a program prints into the end of a pipe that `run` gives it, until `run` is done: who else has got that
/// end, as what the program leaves behind does, is not waited for.
///
/// - Parameters:
///   - take: gets it piece by piece, on a thread of its own.
///   - run: closes its own end, as `closeAfterSpawningProcess` does.
public func reading<Result: Sendable>(
    to take: @escaping @Sendable ([UInt8]) -> Void,
    while run: (_ end: FileDescriptor) async throws -> Result
) async throws -> Result {
    let printed = try Pipe()
    let stop = try Pipe()
    defer { close(stop.output) }
    async let reading: Void = onThread { _ in pump(printed.output, until: stop.output, to: take) }
    do {
        let result = try await run(FileDescriptor(rawValue: printed.input))
        stop.end()
        await reading
        return result
    } catch {
        stop.end()
        await reading
        throw error
    }
}

/// The two ends of a pipe.
private struct Pipe: Sendable {
    let output: Int32
    let input: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (output, input) = (ends[0], ends[1])
    }

    /// Says so with a byte: a program that was started at the same moment may have the end too.
    func end() {
        _ = write(input, [0], 1)
        close(input)
    }
}

/// Reads until nobody can write any more, or something is in the other pipe: then what is there, up to what a pipe holds.
private func pump(
    _ output: Int32, until stop: Int32, to take: @Sendable ([UInt8]) -> Void
) {
    defer { close(output) }
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var left: Int?
    while left ?? 1 > 0 {
        if left == nil {
            var ends = [output, stop].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            _ = poll(&ends, 2, -1)
            if ends[1].revents != 0 { left = buffer.count }
        }
        let count = read(output, &buffer, buffer.count)
        if count == 0 { return }
        if count > 0 {
            take(Array(buffer[..<count]))
            left = left.map { $0 - count }
        } else if errno != EINTR, left != nil {
            return
        }
    }
}

/// What a program prints; of what is too much, the beginning and the end.
public final class PrintedText: Sendable {
    private let kept = Mutex<(start: [UInt8], end: [UInt8], isCut: Bool)>(([], [], false))
    private let half: Int

    /// - Parameter limit: how many bytes are kept, half of them of the beginning.
    public init(limit: Int) { half = limit / 2 }

    public func take(_ piece: [UInt8]) {
        kept.withLock { kept in
            let start = piece.prefix(half - kept.start.count)
            kept.start += start
            kept.end += piece[start.endIndex...]
            guard kept.end.count > half else { return }
            kept.end.removeFirst(kept.end.count - half)
            kept.isCut = true
        }
    }

    /// With a line feed in the place of what was too much.
    private var bytes: [UInt8] {
        kept.withLock { $0.start + ($0.isCut ? [UInt8(ascii: "\n")] : []) + $0.end }
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The last line that says something; empty if none does.
    public var lastLine: String {
        bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .last { $0.contains { $0 > UInt8(ascii: " ") } }
            .map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
