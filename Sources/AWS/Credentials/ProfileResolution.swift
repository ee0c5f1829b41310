/// Finds the credentials of a profile: its keys, a role taken on with those of another profile or
/// place, a web identity, or a process that prints them.
///
/// Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider".
struct ProfileResolution {
    let set: ProfileSet
    let environment: Environment
    /// The folder `~` stands for.
    let home: String
    let tokens: TokenService
    /// Another address than the portal's own.
    let signOnEndpoint: String?
    let signOnTokenEndpoint: String?

    /// Nil if the profile has none. `callers` are the profiles whose roles are to be taken on with what is found.
    func credentials(
        of name: String, calledBy callers: [String] = []
    ) async throws(AWSError) -> Credentials? {
        if let mistake = ProfileMistake(
            set.keys(of: name), isSet: { set.setting($0, of: name) != nil })
        {
            throw .profile(name, reason: mistake.description)
        }
        if !callers.isEmpty, let keys = try keys(of: name) { return keys }
        if let role = set.setting("role_arn", of: name) {
            return try await credentials(of: role.revealed, for: name, calledBy: callers)
        }
        if let keys = try keys(of: name) { return keys }
        if let command = set.setting("credential_process", of: name) {
            return try await ProcessCredentials(
                place: "profile \(name)", command: command, environment: environment
            ).credentials()
        }
        if let signOn = try signOn(of: name) { return try await signOn.credentials() }
        if set.setting("login_session", of: name) != nil {
            throw .profile(
                name,
                reason: "aws login is not supported here; after it, "
                    + "credential_process = aws configure export-credentials --profile \(name) "
                    + "--format process in a profile of its own gives the same credentials")
        }
        return nil
    }

    /// Nil for a profile that signs in nowhere.
    private func signOn(of name: String) throws(AWSError) -> SignOn? {
        let session = set.setting("sso_session", of: name)?.revealed
        let start = set.setting("sso_start_url", of: name)?.revealed
        guard session != nil || start != nil else { return nil }
        let place = session.map { "sso-session \($0)" }
        if let place, !set.contains(section: place) {
            throw .profile(name, reason: "sso_session names what is not there: [\(place)]")
        }
        func setting(_ key: String) throws(AWSError) -> String {
            let found =
                place.flatMap { set.setting(key, in: $0) } ?? set.setting(key, of: name)
            guard let found else {
                throw .profile(
                    name,
                    reason:
                        "\(key) is missing, without which nobody can sign in; aws configure sso "
                        + "writes it")
            }
            return found.revealed
        }
        let address = try setting("sso_start_url")
        return SignOn(
            profile: name, session: session ?? address, region: try setting("sso_region"),
            account: try setting("sso_account_id"), role: try setting("sso_role_name"),
            isRenewable: session != nil, folder: home + "/.aws/sso/cache",
            endpoint: signOnEndpoint, tokenEndpoint: signOnTokenEndpoint,
            certificates: tokens.certificates, retry: tokens.retry)
    }

    /// Those of a role, for the profile that names it.
    private func credentials(
        of role: String, for name: String, calledBy callers: [String]
    ) async throws(AWSError) -> Credentials? {
        let request = RoleRequest(
            arn: role, session: set.setting("role_session_name", of: name)?.revealed,
            externalID: set.setting("external_id", of: name),
            duration: set.setting("duration_seconds", of: name)?.revealed)
        if let path = set.setting("web_identity_token_file", of: name) {
            return try await WebIdentity(
                name: "profile \(name)", tokenPath: HomeFolder.expanding(path.revealed, home: home),
                role: request, tokens: tokens
            ).credentials()
        }
        if set.setting("mfa_serial", of: name) != nil {
            throw .profile(
                name, reason: "a role that asks for a code (mfa_serial) is not for unattended runs")
        }
        let caller = try await caller(of: name, calledBy: callers)
        return try await tokens.credentials(of: request, as: caller)
    }

    /// Whoever takes on the role that profile `name` has.
    private func caller(
        of name: String, calledBy callers: [String]
    ) async throws(AWSError) -> Credentials {
        let found: Credentials?
        switch (set.setting("source_profile", of: name), set.setting("credential_source", of: name))
        {
        case (nil, nil):
            throw .profile(
                name, reason: "role_arn needs source_profile or credential_source beside it")
        case (_?, _?):
            throw .profile(name, reason: "it has both source_profile and credential_source")
        case (let source?, nil):
            let source = source.revealed
            let chain = callers + [name]
            guard set.contains(source) else {
                throw .profile(name, reason: "source_profile names \(source), which is not there")
            }
            // A profile may take on its role with its own keys.
            let ownKeys = source == name ? try keys(of: name) : nil
            if chain.contains(source) && ownKeys == nil {
                throw .profile(
                    name,
                    reason: "source_profile goes round in a circle: "
                        + (chain + [source]).joined(separator: ", "))
            }
            found = try await credentials(of: source, calledBy: chain)
        case (nil, let source?):
            found = try await place(source.revealed, of: name).credentials()
        }
        guard let found else {
            throw .profile(name, reason: "what it takes its role on with has no credentials")
        }
        return found
    }

    private func place(
        _ text: String, of name: String
    ) throws(AWSError) -> any CredentialSource {
        switch text.lowercased() {
        case "environment": EnvironmentCredentials(environment)
        case "ecscontainer":
            ContainerCredentials(environment, home: home) { () throws(AWSError) in
                tokens.certificates
            }
        case "ec2instancemetadata": InstanceCredentials(environment)
        default:
            throw .profile(
                name,
                reason: "credential_source is Environment, EcsContainer or Ec2InstanceMetadata")
        }
    }

    private func keys(of name: String) throws(AWSError) -> Credentials? {
        let id = set.setting("aws_access_key_id", of: name)
        let key = set.setting("aws_secret_access_key", of: name)
        func half(_ missing: String) -> AWSError {
            .incompleteCredentials(
                place: "profile \(name) in \(set.places)", missing: missing)
        }
        switch (id, key) {
        case (nil, nil): return nil
        case (nil, _): throw half("aws_access_key_id")
        case (_, nil): throw half("aws_secret_access_key")
        case (let id?, let key?):
            return Credentials(
                accessKeyID: id.revealed, secretAccessKey: key,
                sessionToken: set.setting("aws_session_token", of: name))
        }
    }
}
