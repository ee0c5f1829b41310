/// Unpacks one stream of a compressed format after the other. Owns what its library allocates; one
/// thread at a time.
protocol Unpacker: AnyObject {
    /// Unpacks as far as there are input and room, both of which are taken forward by what was used;
    /// true at the end of a stream, whose checksums were right.
    func step(
        _ input: inout UnsafeRawBufferPointer, _ room: inout UnsafeMutableRawBufferPointer
    ) throws(UnpackingFault) -> Bool

    /// Whether a stream can begin with that byte where one has ended.
    func canFollow(_ byte: UInt8) -> Bool

    /// Gets ready for the next stream.
    func restart() throws(UnpackingFault)
}

/// Why a stream is not unpacked.
enum UnpackingFault: Error {
    case damaged(String)
    /// It reaches back further than anything here keeps in memory.
    case largeWindow
    case noMemory

    /// What unpacking may keep of what it has unpacked, where the format lets the packer choose: 128 MiB, as
    /// `zstd` itself has it.
    static let largestWindow = 128 << 20

    func error(path: String) -> DecodeError {
        switch self {
        case .damaged(let reason): .damaged(path: path, reason: reason)
        case .largeWindow:
            .refused(
                path: path,
                reason: "takes a window of more than \(Self.largestWindow >> 20) MiB to unpack, "
                    + "which is not given; pack it again with a smaller one")
        case .noMemory: .refused(path: path, reason: "there is no memory left to unpack it")
        }
    }
}

extension UnsafeRawBufferPointer {
    mutating func dropFirst(_ count: Int) {
        self = UnsafeRawBufferPointer(rebasing: self[count...])
    }
}

extension UnsafeMutableRawBufferPointer {
    mutating func dropFirst(_ count: Int) {
        self = UnsafeMutableRawBufferPointer(rebasing: self[count...])
    }
}
