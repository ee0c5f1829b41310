/// Joins the pieces that frames come in to messages, and messages to batches.
///
/// Memory is bounded by the message limit and what the caller lets gather in a batch.
struct MessageAssembly {
    /// What a piece is part of; control frames are none.
    enum Kind { case text, binary }

    private let messageLimit: Int
    private var batch = MessageBatch()
    /// Where the unfinished message begins.
    private var start = 0
    /// The unfinished message is too long, and its rest is not kept.
    private var isSkipping = false

    init(messageLimit: Int) { self.messageLimit = messageLimit }

    /// Bytes that a reader could have.
    var byteCount: Int { start }
    var hasMessages: Bool { !batch.messages.isEmpty }

    /// Takes the next piece of a message.
    ///
    /// - Parameters:
    ///   - missing: bytes of its frame that are still to come.
    ///   - isLast: no further frame belongs to the message.
    mutating func take(
        _ piece: UnsafeRawBufferPointer, of kind: Kind, missing: Int, isLast: Bool
    ) {
        if !isSkipping, missing > messageLimit - (batch.bytes.count - start) - piece.count {
            // Told at once: what is left of it may never come.
            isSkipping = true
            batch.bytes.removeSubrange(start...)
            batch.messages.append(.tooLong)
        }
        if !isSkipping { batch.bytes.append(contentsOf: piece) }
        guard missing == 0, isLast else { return }
        if !isSkipping {
            let range = start..<batch.bytes.count
            batch.messages.append(kind == .text ? .text(range) : .binary(range))
            batch.bytes.append(UInt8(ascii: "\n"))
            start = batch.bytes.count
        }
        isSkipping = false
    }

    /// The messages that are whole; the assembly goes on with the piece of the next one, in the memory
    /// of a batch that nobody reads any more.
    mutating func takeBatch(
        reusing spare: consuming MessageBatch = MessageBatch()
    ) -> MessageBatch {
        spare.messages.removeAll(keepingCapacity: true)
        spare.bytes.removeAll(keepingCapacity: true)
        swap(&spare, &batch)
        batch.bytes.append(contentsOf: spare.bytes[start...])
        spare.bytes.removeSubrange(start...)
        spare.bytes.append(contentsOf: repeatElement(0, count: MessageBatch.padding))
        start = 0
        return spare
    }
}
