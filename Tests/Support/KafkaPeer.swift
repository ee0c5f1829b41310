import Foundation
import Glibc

/// A broker of Kafka that starts empty, and takes orders; see `Tests/Peers/kafka.py`.
public struct KafkaPeer: Sendable {
    /// `127.0.0.1:port`, or several with commas between.
    public let address: String
    /// The port of its keeper.
    public let control: UInt16

    /// The broker and the client that loads it come with the test set-up, where they run.
    public static let isThere: Bool = {
        guard let python = Repository.python else { return false }
        let trial = Process()
        trial.executableURL = URL(fileURLWithPath: python)
        trial.arguments = [
            "-c",
            "import confluent_kafka, pathlib, subprocess, sys; "
                + "sys.exit(subprocess.run([pathlib.Path(sys.executable).parent / 'noida-db', 'version']).returncode)",
        ]
        trial.standardOutput = FileHandle.nullDevice
        trial.standardError = FileHandle.nullDevice
        guard (try? trial.run()) != nil else { return false }
        trial.waitUntilExit()
        return trial.terminationStatus == 0
    }()
    public static let reason = "the tests' Python has no noida-db and confluent-kafka that run here"

    init?(_ line: String) {
        let words = line.split(separator: " ")
        guard words.count == 2, let control = UInt16(words[1]) else { return nil }
        (address, self.control) = (String(words[0]), control)
    }

    /// One message: when, by which key, what; a nil value marks that it is gone.
    public struct Message: Encodable, Sendable {
        let time: Int64
        let key: String?
        public let value: String?

        /// - Parameter time: milliseconds since 1970.
        public init(_ time: Int64, _ value: String?, key: String? = nil) {
            (self.time, self.key, self.value) = (time, key, value)
        }

        public func encode(to encoder: any Encoder) throws {
            var row = encoder.unkeyedContainer()
            try row.encode(time)
            try row.encode(key)
            try row.encode(value)
        }
    }

    public func create(
        _ topic: String, partitions: Int = 3, _ settings: [String: String] = [:]
    ) async throws {
        try await order("create", topic, partitions, settings)
    }

    /// - Parameter options: `compression`, `transaction` (commit, abort, open).
    public func send(
        _ messages: [Message], to topic: String, partition: Int = -1,
        _ options: [String: String] = [:]
    ) async throws {
        try await order("send", topic, partition, messages, options)
    }

    /// Carries out an order, and gives the answer.
    @discardableResult
    public func order(_ words: any Encodable & Sendable...) async throws -> String {
        let line =
            try "["
            + words.map { try String(decoding: JSONEncoder().encode($0), as: UTF8.self) }
            .joined(separator: ",") + "]\n"
        let answer = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "order").async {
                continuation.resume(with: Result { try exchange(line) })
            }
        }
        if answer.hasPrefix("failed") { throw KafkaOrderError(answer: answer) }
        return answer
    }

    private func exchange(_ line: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = control.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw KafkaOrderError(answer: "no connection") }
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw KafkaOrderError(answer: "cut off") }
            rest = rest.dropFirst(count)
        }
        var answer: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4096)
        while answer.last != 0x0A {
            let count = recv(descriptor, &room, room.count, 0)
            guard count > 0 else { throw KafkaOrderError(answer: "cut off") }
            answer += room[..<count]
        }
        return String(decoding: answer.dropLast(), as: UTF8.self)
    }
}

/// An order that the broker's keeper could not carry out.
struct KafkaOrderError: Error {
    let answer: String
}

/// A broker, for the time of the body.
///
/// - Parameter script: `kafka.py`; or `mock.py`, brokers that fail as they are told.
@discardableResult
public func withKafka<Result: Sendable>(
    _ script: String = "kafka.py", _ body: @Sendable (KafkaPeer) async throws -> Result
) async throws -> Result {
    try await withPeer(script) { line in
        guard let peer = KafkaPeer(line) else {
            throw PeerError.ended(script: "\(script): \(line)")
        }
        return try await body(peer)
    }
}
