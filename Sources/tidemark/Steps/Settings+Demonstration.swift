import Archive
import Files
import Snapshot

extension Settings {
    /// The demonstration is for who has nothing yet. It has no part in a site that is published, nor in an archive of
    /// other windows, because the sources were commented out or the file has another name.
    func requireSources() throws {
        guard isDemonstration else { return }
        if publish.hasPlace {
            throw NoSources(file: file, reason: "there is a place to publish to")
        }
        if try ArchiveReader(folder: archive).windows().contains(where: {
            $0.source != SampleSource.reservedName
        }) {
            throw NoSources(file: file, reason: "\(archive) holds windows of others")
        }
        if file == nil, let other = try misnamed() { throw Misnamed(file: other) }
    }

    /// A configuration under another name than the one that is looked for.
    private func misnamed() throws(FileError) -> String? {
        let standard = SettingsLoader.standardFile
        let names = ["tidemark.yml", "tidemark.yaml", "tidemark.yaml.txt", "tidemark.yml.txt"]
        return try Folder.entries(of: ".")?.map(\.name).sorted().first { name in
            let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
            return name != standard && names.contains(plain.lowercased())
        }
    }
}

/// Nobody said what to read.
private struct NoSources: ExitCoded, CustomStringConvertible {
    let file: String?
    let reason: String
    let exitCode = ExitCode.configuration

    var description: String {
        "\(file ?? SettingsLoader.standardFile): "
            + (file == nil
                ? "there is no such file, and nothing else names sources"
                : "names no sources, or all of them are commented out")
            + ", and \(reason): nothing was read or published, and the site stays as it is. Name a source (tidemark init "
            + "shows how), or the file with --config. To publish the demonstration, write "
            + "sources: { sample: { kind: sample } }"
    }
}

/// The configuration is not where it is looked for.
private struct Misnamed: ExitCoded, CustomStringConvertible {
    let file: String
    let exitCode = ExitCode.configuration

    var description: String {
        "\(file): is not read, as the configuration is called \(SettingsLoader.standardFile): rename it, or name it "
            + "with --config; nothing was read or published"
    }
}
