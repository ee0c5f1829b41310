import Decode
import FoundationEssentials
import Text
import Transport

/// Keeps the rules of the filtered stream in step with those that are wanted.
///
/// Rules belong to the app, and outlive connections. Ours are known by their tag; all others are left
/// alone.
struct XRules: Sendable {
    /// The tag of our rules.
    let tag: String
    /// Values, without repeats.
    let wanted: [String]

    private static let path = "/2/tweets/search/stream/rules"
    /// X allows 1000 rules; more pages of them are not looked at.
    private static let mostPages = 20

    init(source: String, wanted: [String]) {
        tag = "tidemark:\(source)"
        self.wanted = wanted.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private struct Rule: Codable {
        var id: String?
        var value: String
        var tag: String?
    }

    private struct Page: Decodable {
        struct Meta: Decodable {
            var nextToken: String?

            enum CodingKeys: String, CodingKey { case nextToken = "next_token" }
        }
        var data: [Rule]?
        var meta: Meta?
    }

    private struct Change: Encodable {
        struct IDs: Encodable { var ids: [String] }
        var add: [Rule]?
        var delete: IDs?
    }

    private struct Outcome: Decodable {
        struct Meta: Decodable {
            struct Summary: Decodable {
                var notCreated: Int?
                var notDeleted: Int?

                enum CodingKeys: String, CodingKey {
                    case notCreated = "not_created"
                    case notDeleted = "not_deleted"
                }
            }
            var summary: Summary?
        }
        var meta: Meta?
    }

    /// Deletes our rules that are not wanted, then adds the wanted ones that are missing.
    ///
    /// - Returns: the ids of the rules of others.
    func apply(
        to server: inout PacedServer, before deadline: ContinuousClock.Instant
    ) async throws -> Set<String> {
        var missing = wanted
        var unwanted: [String] = []
        let rules = try await rules(of: &server, before: deadline)
        for rule in rules where rule.tag == tag {
            if let index = missing.firstIndex(of: rule.value) {
                missing.remove(at: index)
            } else if let id = rule.id {
                unwanted.append(id)
            }
        }
        if !unwanted.isEmpty {
            let outcome = try await change(
                Change(delete: .init(ids: unwanted)), on: &server, before: deadline)
            guard outcome.meta?.summary?.notDeleted ?? 0 == 0 else {
                throw server.refused("does not delete old rules of the filtered stream")
            }
        }
        if !missing.isEmpty {
            let added = missing.map { Rule(value: $0, tag: tag) }
            let outcome = try await change(Change(add: added), on: &server, before: deadline)
            guard outcome.meta?.summary?.notCreated ?? 0 == 0 else {
                throw server.refused(
                    "does not take all of the rules \(missing.map { "“\($0)”" }.joined(separator: ", "))"
                )
            }
        }
        return Set(rules.filter { $0.tag != tag }.compactMap(\.id))
    }

    /// How many rules the app has, of ours and of others.
    func count(
        on server: inout PacedServer, before deadline: ContinuousClock.Instant
    ) async throws -> (ours: Int, others: Int) {
        let rules = try await rules(of: &server, before: deadline)
        let ours = rules.count { $0.tag == tag }
        return (ours, rules.count - ours)
    }

    private func rules(
        of server: inout PacedServer, before deadline: ContinuousClock.Instant
    ) async throws -> [Rule] {
        var rules: [Rule] = []
        var query = ""
        for _ in 0..<Self.mostPages {
            let body = try await server.send(Self.path + query, before: deadline)
            let page: Page = try decode(body, from: server)
            rules += page.data ?? []
            guard let next = page.meta?.nextToken else { break }
            query = "?pagination_token=\(PercentEncoding.encode(next))"
        }
        return rules
    }

    private func change(
        _ change: Change, on server: inout PacedServer, before deadline: ContinuousClock.Instant
    ) async throws -> Outcome {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = try await server.send(
            Self.path, method: .post, json: Array(encoder.encode(change)), before: deadline)
        return try decode(body, from: server)
    }

    private func decode<Answer: Decodable>(
        _ body: [UInt8], from server: PacedServer
    ) throws -> Answer {
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(body))
        } catch {
            throw server.refused("answers with something else than rules")
        }
    }
}
