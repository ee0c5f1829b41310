@testable import Transport

/// Messages arrive whole and in order, however their frames are cut and whenever a batch is taken; one
/// over the limit is told of once.
enum MessageRules {
    private enum Message: Equatable {
        case text([UInt8]), binary([UInt8]), tooLong
    }

    static func check(_ input: inout FuzzInput) throws {
        let limit = input.decision()
        var assembly = MessageAssembly(messageLimit: limit)
        var (found, expected): ([Message], [Message]) = ([], [])
        var message: [UInt8] = []
        var kind: MessageAssembly.Kind?
        while !input.bytes.isEmpty {
            let choice = input.decision()
            let isLast = choice & 1 == 0
            kind = kind ?? (choice & 2 == 0 ? .text : .binary)
            let wasTooLong = message.count > limit
            var frame = input.take(choice >> 3)
            message += frame
            repeat {
                let piece = frame.prefix(1 + choice % 7)
                frame = frame[piece.endIndex...]
                piece.withUnsafeBytes {
                    assembly.take($0, of: kind ?? .text, missing: frame.count, isLast: isLast)
                }
            } while !frame.isEmpty
            if message.count > limit {
                if !wasTooLong { expected.append(.tooLong) }
            } else if isLast {
                expected.append(kind == .text ? .text(message) : .binary(message))
            }
            if isLast { (message, kind) = ([], nil) }
            if choice & 4 != 0 { found += try messages(of: assembly.takeBatch()) }
        }
        found += try messages(of: assembly.takeBatch())
        try requireEqual(found, expected, "messages of frames with a limit of \(limit)")
    }

    private static func messages(of batch: MessageBatch) throws -> [Message] {
        try require(
            batch.bytes.suffix(MessageBatch.padding).elementsEqual(
                repeatElement(0, count: MessageBatch.padding)), "a batch without its padding")
        return batch.messages.map { message in
            switch message {
            case .text(let range): .text(Array(batch.bytes[range]))
            case .binary(let range): .binary(Array(batch.bytes[range]))
            case .tooLong: .tooLong
            }
        }
    }
}
