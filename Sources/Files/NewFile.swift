import Glibc

/// A file that is written aside, a piece at a time, and takes its place whole. Nobody but its owner may read it.
///
/// What is written aside has a name that begins with a dot, and goes if it takes no place; a killed process leaves it.
public struct NewFile: ~Copyable {
    private let file: OpenFile
    private let path: String
    private let aside: String

    /// Folders on the way to `path` are made.
    public init(_ path: String) throws(FileError) {
        let folder = FilePlace.folder(of: path)
        try Folder.make(folder)
        let aside = FilePlace.joined(
            folder, ".\(FilePlace.name(of: path)).\(UInt64.random(in: .min ... .max)).new")
        let file = try OpenFile(
            aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, to: .write, as: path, isPrivate: true)
        self.file = file
        (self.path, self.aside) = (path, aside)
    }

    deinit { unlink(aside) }

    public func write(_ bytes: [UInt8]) throws(FileError) { try file.write(bytes) }

    /// Gives it its name, once the disk has it. False if something else has that name and is not to be replaced.
    public func takePlace(replacing: Bool) throws(FileError) -> Bool {
        try file.sync()
        if replacing {
            try attempt(.rename, path) { rename(aside, path) }
        } else if !FilePlace.link(aside, as: path) {
            // Some file systems give no second names.
            guard try FileStatus(of: path, followingLinks: false) == nil else { return false }
            try attempt(.rename, path) { rename(aside, path) }
        }
        try Folder.sync(FilePlace.folder(of: path))
        return true
    }
}
