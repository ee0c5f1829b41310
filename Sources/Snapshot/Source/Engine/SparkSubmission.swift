import Files
import FoundationEssentials
import Transport

/// A job that a master of Spark's starts on its cluster, by its REST server (`spark.master.rest.enabled`).
///
/// What the job says it writes into a file that all machines see.
struct SparkSubmission: Sendable {
    /// `http://host:6066`.
    let server: String
    let master: String
    /// `name=value`.
    let settings: [String]
    /// The program, and what it is given; the same paths on all machines.
    let arguments: [String]
    let said: String
    /// Seconds; nil for none.
    let timeLimit: Int?

    /// What is asked of the server, as Spark's own client does.
    private struct Creation: Encodable {
        var action = "CreateSubmissionRequest"
        var clientSparkVersion: String
        var mainClass = "org.apache.spark.deploy.SparkSubmit"
        var appResource: String
        var appArgs: [String]
        var environmentVariables = ["SPARK_ENV_LOADED": "1"]
        var sparkProperties: [String: String]
    }

    private struct Answer: Decodable {
        var submissionId: String?
        var serverSparkVersion: String?
        var driverState: String?
        var message: String?
    }

    /// How it ended, and what there was to complain of.
    func run(
        _ tell: @escaping @Sendable (String) -> Void
    ) async throws -> (EngineProcess.End, [String]) {
        let created = try await create()
        guard let id = created.submissionId else {
            return (.none(reason: "\(server): \(created.message ?? "does not take the job")"), [])
        }
        do {
            return try await follow(id, tell)
        } catch {
            // Ended also if this task is cancelled.
            _ = await Task { try? await ask("kill/\(id)", Optional<Creation>.none) }.value
            throw error
        }
    }

    private func create() async throws -> Answer {
        var properties: [String: String] = [:]
        for setting in settings {
            let halves = setting.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            properties[String(halves[0])] = String(halves[1])
        }
        properties["spark.master"] = master
        properties["spark.app.name"] = properties["spark.app.name"] ?? "tidemark"
        properties["spark.submit.deployMode"] = "cluster"
        return try await ask(
            "create",
            Creation(
                clientSparkVersion: "4.0.5", appResource: arguments[0], appArgs: arguments,
                sparkProperties: properties))
    }

    private func follow(
        _ id: String, _ tell: @escaping @Sendable (String) -> Void
    ) async throws -> (EngineProcess.End, [String]) {
        let begin = ContinuousClock.now
        var (known, silence) = (0, 0)
        while true {
            let state: String?
            do {
                state = try await ask("status/\(id)", Optional<Creation>.none).driverState
                silence = 0
            } catch let error as SnapshotError {
                silence += 1
                guard silence < 30 else { throw error }
                state = "UNKNOWN"
            }
            // Looked at after the state: what a job said before it ended is all there then.
            let bytes = try WholeFile.read(said)
            let end = bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0
            for line in bytes[min(known, end)..<end].split(separator: UInt8(ascii: "\n")) {
                tell(String(decoding: line, as: UTF8.self))
            }
            known = max(known, end)
            switch state {
            case "FINISHED": return (.exited(isDone: true), [])
            case "FAILED", "ERROR", "KILLED", nil:
                return (
                    .exited(isDone: false),
                    ["the cluster ended the job: \(state ?? "it knows none of that name")"]
                )
            default: break
            }
            if let timeLimit, .now - begin > .seconds(timeLimit) {
                _ = try? await ask("kill/\(id)", Optional<Creation>.none)
                return (.late, [])
            }
            // The server tells of nothing by itself.
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// Spark's server speaks no TLS; nothing that it is sent is secret.
    private var host: String {
        let authority = server.split(separator: "://", maxSplits: 1).last.map(String.init) ?? ""
        return authority.lastIndex(of: ":").map { String(authority[..<$0]) } ?? authority
    }

    private func ask(_ path: String, _ body: Creation?) async throws -> Answer {
        do {
            let isQuestion = path.hasPrefix("status/")
            let request = Request(
                isQuestion ? .get : .post,
                try Address("\(server)/v1/submissions/\(path)", alsoPlainTo: [host]),
                headers: ["Content-Type": "application/json;charset=UTF-8"],
                body: isQuestion ? nil : try body.map { Array(try JSONEncoder().encode($0)) } ?? [],
                timeLimit: .seconds(30))
            let response = try await HTTPClient().send(request)
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
            else {
                throw SnapshotError.engine(
                    reason:
                        "\(server) answers \(response.status), and not as Spark's REST server; is the port right?"
                )
            }
            return answer
        } catch let error as TransportError {
            throw SnapshotError.engine(reason: error.sentence)
        }
    }
}
