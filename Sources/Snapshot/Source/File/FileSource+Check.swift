import Decode

extension FileSource {
    public func check() async -> [SourceCheck] {
        recording.paths.map { path in
            do {
                var bytes: any ByteReader = try CompressedBytes(path: path)
                var first: UInt8 = 0
                let count = try withUnsafeMutableBytes(of: &first) { try bytes.read(into: $0) }
                return SourceCheck(path, count == 0 ? "is there, and empty" : "can be read")
            } catch {
                return SourceCheck(path, "\(error)", isWrong: true)
            }
        }
    }
}
