import Glibc

/// What a request sends, handed to curl piece by piece; curl starts again at 0 if a connection it
/// kept was dead.
///
/// Only one thread may touch it. Closes its file when it goes.
final class BodySource {
    let byteCount: Int
    private let bytes: [UInt8]
    private let descriptor: Int32?
    private var offset = 0

    init?(_ body: Request.Body) throws(TransportError) {
        switch body {
        case .none: return nil
        case .bytes(let bytes):
            self.bytes = bytes
            byteCount = bytes.count
            descriptor = nil
        case .file(let path, let byteCount):
            let opened = open(path, O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else {
                throw .body(path: path, reason: String(cString: strerror(errno)))
            }
            bytes = []
            self.byteCount = byteCount
            descriptor = opened
        }
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// The number of bytes put into `buffer`, 0 at the end, nil if the file cannot be read.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, byteCount - offset)
        guard let descriptor else {
            buffer.copyBytes(from: bytes[offset..<offset + wanted])
            offset += wanted
            return wanted
        }
        let got = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
        guard got >= 0 else { return nil }
        offset += got
        return got
    }

    /// False if there is no such place.
    func seek(to offset: Int) -> Bool {
        guard (0...byteCount).contains(offset) else { return false }
        self.offset = offset
        return true
    }
}
