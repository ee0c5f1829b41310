import Digest
import Support
import Testing

@testable import Snapshot

@Suite struct AggregatedRecordTests {
    private static func varint(_ number: Int) -> [UInt8] {
        number < 128 ? [UInt8(number)] : [UInt8(number & 127 | 128)] + varint(number >> 7)
    }

    private static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(bytes.count) + bytes
    }

    private static func sealed(_ message: [UInt8]) throws -> [UInt8] {
        [0xF3, 0x89, 0x9A, 0xC2] + message + (try #require(MD5(of: message))).bytes
    }

    /// Two keys, a hash key, and a record with each of the fields that there are, and one that there may be some day.
    private static let message =
        field(1, Array("key".utf8)) + field(1, Array("other".utf8)) + field(2, Array("123".utf8))
        + field(3, [8, 0, 16, 0] + field(3, Array("first".utf8)) + field(4, field(1, [65])))
        + field(3, [8, 1] + field(3, [UInt8](repeating: 66, count: 300)))
        + [0x2D, 1, 2, 3, 4, 0x31, 1, 2, 3, 4, 5, 6, 7, 8, 0x38, 0x80, 1]

    @Test func `What was packed comes out in order`() throws {
        var found: [[UInt8]] = []
        AggregatedRecord.forEach(in: try Self.sealed(Self.message)) { found.append(Array($0)) }
        #expect(found == [Array("first".utf8), [UInt8](repeating: 66, count: 300)])
    }

    @Test func `What is no packed record is one itself`() throws {
        var wrong = try Self.sealed(Self.message)
        wrong[10] ^= 1
        for bytes in [[], Array("{}".utf8), wrong, [0xF3, 0x89, 0x9A, 0xC2]] {
            #expect(AggregatedRecord(bytes) == nil)
        }
        for end in Self.message.indices.dropFirst() {
            // A message that ends between two fields is a whole one.
            _ = AggregatedRecord(try Self.sealed(Array(Self.message[..<end])))
        }
        #expect(
            AggregatedRecord(try Self.sealed([0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])) == nil)
    }

    @Test func `No bytes crash it, or give more than they are`() throws {
        var random = SeededRandom(7)
        for _ in 0..<20_000 {
            var message = Self.message
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                message[Int.random(in: message.indices, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            let sealed = try Self.sealed(message)
            var count = 0
            AggregatedRecord.forEach(in: sealed) { count += $0.count }
            #expect(count <= sealed.count)
        }
    }
}
