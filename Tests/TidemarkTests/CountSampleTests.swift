import Foundation
import Support
import Testing

@testable import Decode

@Suite("tidemark count --sample")
struct CountSampleTests {
    private func count(_ arguments: [String]) async throws -> ProgramRun {
        try await withTemporaryFolder { folder in
            let lines = (0..<4000).map { number in
                #"{"id":\#(number),"text":"x","user":{"id":\#(number)},"#
                    + #""entities":{"hashtags":[{"text":"tide"}]}}"#
            }
            try write(lines.joined(separator: "\n") + "\n", to: folder + "/posts.ndjson")
            return try await ProgramRun.program(
                Repository.product("tidemark"),
                ["count", "--format", "v1", "posts.ndjson"] + arguments, in: folder)
        }
    }

    @Test("says that it is an estimate, and how sure it is")
    func text() async throws {
        let run = try await count(["--sample", "4"])
        #expect(run.code == 0)
        let rows = run.output.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(
            rows.first?.joined(separator: ",") == "rank,tag,spelling,posts,accounts,accounts_error")
        let numbers = try #require(rows.last).dropFirst(3).compactMap { Int($0) }
        let accounts = try #require(numbers.dropFirst().first)
        #expect(accounts % 4 == 0)
        // Ten standard errors.
        #expect((3000...5000).contains(accounts))
        #expect(
            numbers == [accounts, accounts, Int((Double(accounts) * 3).squareRoot().rounded())])
        #expect(
            run.errors.hasPrefix(
                "Estimated from one account in 4, which left out \(4000 - accounts / 4) posts: "))
    }

    @Test("says so in JSON, where an exact count says nothing of it")
    func json() async throws {
        struct Report: Decodable {
            struct Estimate: Decodable { var oneAccountIn: Int, unsampled: Int }
            struct Entry: Decodable { var accounts: Int, accountsError: Int? }
            var estimate: Estimate?
            var top: [Entry]
        }
        let run = try await count(["--sample", "10", "--json"])
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let report = try decoder.decode(Report.self, from: Data(run.output.utf8))
        let estimate = try #require(report.estimate)
        #expect(estimate.oneAccountIn == 10)
        #expect(report.top.map(\.accounts) == [(4000 - estimate.unsampled) * 10])
        #expect(report.top.first?.accountsError != nil)
        for arguments in [["--json"], ["--json", "--sample", "1"]] {
            let exact = try await count(arguments)
            #expect(!exact.output.contains("estimate"))
            #expect(!exact.output.contains("accounts_error"))
        }
    }

    @Test(
        "refuses what cannot be",
        arguments: [
            ["--sample", "0"], ["--sample", "x"], ["--sample", "2", "--explain", "tide"],
        ])
    func refuses(arguments: [String]) async throws {
        let run = try await count(arguments)
        #expect(run.code == 64)
    }
}
