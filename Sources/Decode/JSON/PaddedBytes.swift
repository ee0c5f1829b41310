/// Growing memory for bytes, always followed by the readable bytes that `JSONParser` wants.
///
/// What `bytes` returned is good until the next mutation.
public struct PaddedBytes: ~Copyable {
    private var memory: UnsafeMutableRawBufferPointer
    public private(set) var count = 0

    public init(capacity: Int = 0) { memory = Self.allocate(capacity) }

    deinit { memory.deallocate() }

    /// Bytes of memory held.
    var capacity: Int { memory.count - JSONParser.padding }

    public var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: memory.bindMemory(to: UInt8.self)[..<count])
    }

    public mutating func append(_ bytes: some Collection<UInt8>) {
        makeRoom(bytes.count)
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyBytes(from: bytes)
        count += bytes.count
    }

    /// Appends what `read` puts into the room it is given, from its start; it returns how much.
    mutating func append<Failure>(
        upTo room: Int, _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        makeRoom(room)
        let got = try read(UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + room]))
        count += got
        return got
    }

    /// Moves the bytes behind the first ones to the start.
    mutating func removeFirst(_ dropped: Int) {
        guard dropped > 0 else { return }
        count -= dropped
        memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[dropped..<dropped + count]))
    }

    /// Forgets the bytes and keeps the memory.
    public mutating func removeAll() { count = 0 }

    private mutating func makeRoom(_ room: Int) {
        guard count + room > capacity else { return }
        let grown = Self.allocate(max(count + room, capacity * 2))
        grown.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
        memory.deallocate()
        memory = grown
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutableRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: capacity + JSONParser.padding, alignment: 64)
        _ = memory.initializeMemory(as: UInt8.self, repeating: 0)
        return memory
    }
}
