import Files
import Glibc
import Support
import Testing

@Suite("FileError")
struct FileErrorTests {
    @Test("says whose it is where this user may not")
    func owner() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/theirs"
            try WholeFile.write([], to: path)
            let error = FileError(.write, path + "/below", .system(EACCES))
            #expect("\(error)" == "\(path)/below: cannot be written: Permission denied")
            // Only root can give a file away; for others the root folder is another's.
            let other = chown(path, 65534, 65534) == 0 ? path : "/"
            let refused = FileError(.write, other, .system(EACCES))
            #expect(
                "\(refused)"
                    == "\(other): cannot be written: Permission denied; it is \(FileOwner.other(of: other) ?? "")'s, "
                    + "and this run is \(FileOwner.current)'s")
        }
    }
}
