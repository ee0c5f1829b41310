import Files
import Glibc
import Support
import Testing

@Suite("FileReader and ScratchFile")
struct FileReaderTests {
    @Test("reads a part of a file, piece by piece", arguments: [1, 3, 100])
    func pieces(size: Int) async throws {
        try await withTemporaryFolder { folder in
            try WholeFile.create(Array(0..<50), at: folder + "/file")
            let reader = try FileReader(folder + "/file", range: 10..<40)
            #expect(try reader.status().byteCount == 50)
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: size)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try reader.read(into: $0) }
                if count == 0 { break }
                bytes += buffer[..<count]
            }
            #expect(bytes == Array(10..<40))
        }
    }

    @Test("keeps a temporary file without a name")
    func scratch() async throws {
        try await withTemporaryFolder { folder in
            let file = try ScratchFile(in: folder)
            #expect(try file.append(Array("tide".utf8)) == 0..<4)
            #expect(try file.append(Array("mark".utf8)) == 4..<8)
            #expect(try file.read(2..<6) == Array("dema".utf8))
            #expect(throws: FileError(.read, folder, .system(EIO))) { try file.read(6..<9) }
            #expect(try Folder.entries(of: folder) == [])
            #expect(throws: FileError(.write, folder + "/none", .system(ENOENT))) {
                try ScratchFile(in: folder + "/none")
            }
        }
    }
}
