import Foundation
import Support
import Testing

/// The rules of every target on the corpus and on changes of it: what CI has of fuzzing.
@Suite("Corpus")
struct CorpusTests {
    private static let folder = Repository.folder + "/Fuzzing/Corpus"

    private func inputs(of target: FuzzTarget) throws -> [[UInt8]] {
        let folder = "\(Self.folder)/\(target.rawValue)"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")))
        }
    }

    @Test("has a folder for each target, and no other")
    func folders() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(names.sorted() == FuzzTarget.allCases.map(\.rawValue).sorted())
    }

    @Test("keeps the rules", arguments: FuzzTarget.allCases)
    func corpus(target: FuzzTarget) throws {
        for input in try inputs(of: target) + [[]] {
            #expect(throws: Never.self, "\(input)") { try target.check(input) }
        }
    }

    @Test(
        "is of parts that are counted, where it does not say that they are cut",
        arguments: ["entries", "wide", "uses", "wide-uses", "tags"])
    func parts(name: String) throws {
        let path = "\(Self.folder)/part/\(name)"
        var input = FuzzInput(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        let tags = try PartRules.tags(of: &input)
        #expect(tags == 1)
    }

    @Test("keeps the rules when it is changed", arguments: FuzzTarget.allCases)
    func mutations(target: FuzzTarget) throws {
        let inputs = try inputs(of: target)
        var mutation = Mutation(others: inputs, random: SeededRandom(14))
        let count =
            ProcessInfo.processInfo.environment["TIDEMARK_MUTATIONS"].flatMap(Int.init) ?? 150
        for input in inputs {
            for _ in 0..<count {
                let changed = mutation.changed(input)
                #expect(throws: Never.self, "\(changed)") { try target.check(changed) }
            }
        }
    }
}
