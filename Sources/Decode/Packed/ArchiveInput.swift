import Files

/// The bytes of an archive, as libarchive asks for them from within its calls.
final class ArchiveInput {
    private let path: String
    private var bytes: any ByteReader
    /// Where the bytes come from, if they can be read from any place.
    private let file: FileReader?
    private let keepsEnd: Bool
    /// What a header may take: of a zip its whole table of contents, 16 MiB; of a tar 2 MiB, as libarchive keeps ten
    /// times as much of a list of holes. More is made to fill the memory.
    private let longestHeader: Int
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 16)
    /// Bytes read for the header at hand, zeros aside; nil while none is looked for.
    private var headerCount: Int?
    /// What went wrong within a call.
    private(set) var failure: DecodeError?
    /// How many zeros the bytes read so far end in.
    private(set) var trailingZeros = 0
    /// The last bytes read, if they are kept: as many as hold a zip's trailer.
    private(set) var end: [UInt8] = []

    init(
        _ bytes: any ByteReader, path: String, file: FileReader? = nil, isZip: Bool,
        keepsEnd: Bool = false
    ) {
        longestHeader = isZip ? 16 << 20 : 2 << 20
        self.bytes = bytes
        self.path = path
        self.file = file
        self.keepsEnd = keepsEnd
    }

    deinit { buffer.deallocate() }

    /// Makes the call by which libarchive reads the next header.
    func readHeader(_ call: () -> Int32) -> Int32 {
        headerCount = 0
        defer { headerCount = nil }
        return call()
    }

    /// The next bytes, good until the next call; empty at the end, nil if `failure` says why there are none.
    func next() -> UnsafeRawBufferPointer? {
        do throws(DecodeError) {
            let count = try bytes.read(into: buffer)
            let read = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            let zeros = read.reversed().prefix { $0 == 0 }.count
            trailingZeros = zeros == count ? trailingZeros + count : zeros
            if keepsEnd { end = (end + read).suffix(ZipTrailer.longest) }
            if let known = headerCount, zeros < count {
                guard known <= longestHeader else {
                    throw .refused(
                        path: path,
                        reason: "what it says of one member takes more than "
                            + "\(longestHeader >> 20) MiB, and is not read")
                }
                headerCount = known + count
            }
            return read
        } catch {
            failure = error
            return nil
        }
    }

    /// Goes on at that byte, as `lseek` counts; nil if it cannot.
    func seek(by offset: Int, from origin: Int32) -> Int? {
        try? file?.seek(by: offset, from: origin)
    }
}
