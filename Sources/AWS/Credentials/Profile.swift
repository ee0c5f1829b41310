import Glibc

/// One profile of the AWS files: `AWS_PROFILE` or `default`, in `~/.aws/credentials` and
/// `~/.aws/config` or in the files that `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` name.
public struct Profile: CredentialSource {
    private let profile: String
    private let isNamed: Bool
    private let credentialsPath: String
    private let configPath: String
    private let environmentRegion: String?

    /// `home` is the folder `~` stands for.
    public init(environment: [String: String], home: String) {
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        func path(_ path: String) -> String {
            path.hasPrefix("~/") ? home + path.dropFirst(1) : path
        }
        environmentRegion = variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION")
        isNamed = variable("AWS_PROFILE") != nil
        profile = variable("AWS_PROFILE") ?? "default"
        credentialsPath = path(variable("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials")
        configPath = path(variable("AWS_CONFIG_FILE") ?? "~/.aws/config")
    }

    public var name: String { "profile \(profile) in \(credentialsPath) and \(configPath)" }

    /// Keys of the credentials file win over those of the configuration file.
    public func credentials() throws(AWSError) -> Credentials? {
        var isThere = false
        for (file, section) in try files() where file.contains(section) {
            isThere = true
            let id = file.setting("aws_access_key_id", in: section)
            let key = file.setting("aws_secret_access_key", in: section)
            switch (id, key) {
            case (nil, nil): continue
            case (let id?, let key?):
                return Credentials(
                    accessKeyID: id.value, secretAccessKey: key,
                    sessionToken: file.setting("aws_session_token", in: section))
            case (nil, _):
                throw .incompleteCredentials(place: name, missing: "aws_access_key_id")
            case (_, nil):
                throw .incompleteCredentials(place: name, missing: "aws_secret_access_key")
            }
        }
        if isNamed && !isThere {
            throw .noSuchProfile(profile, paths: [credentialsPath, configPath])
        }
        return nil
    }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION` or the region the profile names; nil if there is none of
    /// them.
    public func region() throws(AWSError) -> String? {
        if let environmentRegion { return environmentRegion }
        for (file, section) in try files() {
            if let region = file.setting("region", in: section) { return region.value }
        }
        return nil
    }

    private func files() throws(AWSError) -> [(ProfileFile, section: String)] {
        let configSection = profile == "default" ? "default" : "profile \(profile)"
        var files: [(ProfileFile, section: String)] = []
        for (path, section) in [(credentialsPath, profile), (configPath, configSection)] {
            if let bytes = try read(path) {
                files.append((try ProfileFile(bytes, path: path), section))
            }
        }
        return files
    }

    /// Nil if there is no such file.
    private func read(_ path: String) throws(AWSError) -> [UInt8]? {
        guard let file = fopen(path, "re") else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .file(path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        let limit = 1 << 20
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = fread(buffer.baseAddress, 1, limit, file)
        }
        guard ferror(file) == 0, bytes.count < limit else {
            throw .file(path, reason: ferror(file) != 0 ? "cannot be read" : "over 1 MiB long")
        }
        return bytes
    }
}
