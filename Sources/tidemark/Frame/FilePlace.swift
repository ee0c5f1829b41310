import FoundationEssentials
import Glibc

/// Paths and what stands at them.
enum FilePlace {
    /// `path` as seen from `folder`; an absolute one stays as it is.
    static func joined(_ folder: String, _ path: String) -> String {
        if folder.isEmpty || folder == "." || path.hasPrefix("/") { return path }
        return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }

    /// The folder a file is in: empty for the working folder.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    static func isFile(_ path: String) -> Bool { mode(of: path) == S_IFREG }

    static func isFolder(_ path: String) -> Bool { mode(of: path) == S_IFDIR }

    /// Nil if there is no such file.
    static func byteCount(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The paths of all files below a folder, as seen from it; none if it is not there.
    static func files(in folder: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.filter { isFile(joined(folder, $0)) }
    }

    /// The absolute path without symbolic links; nil if nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// The absolute path without symbolic links and dots of something that need not be there.
    static func canonical(_ path: String) -> String {
        if let real = resolved(path) { return real }
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        guard !path.isEmpty, path != "." else { return path }
        let above = folder(of: path)
        let parent = canonical(above.isEmpty ? "." : above)
        return switch name(of: path) {
        case "", ".": parent
        case "..": folder(of: parent)
        case let name: joined(parent, name)
        }
    }

    /// Symbolic links are followed.
    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
