import Calendar
import Tasks
import Text
import Transport

/// The part of STS that gives credentials for a role.
///
/// Source: AWS Security Token Service API Reference, version 2011-06-15.
struct TokenService: Sendable {
    let region: String
    /// Another address than the service's own.
    let endpoint: String?
    let certificates: String?
    let retry: Retry
    var now: @Sendable () -> Timestamp = Timestamp.now

    /// AssumeRole, with the credentials of someone who may.
    func credentials(
        of role: RoleRequest, as caller: Credentials
    ) async throws(AWSError) -> Credentials {
        var fields = fields("AssumeRole", role)
        if let id = role.externalID { fields.append(("ExternalId", id.revealed)) }
        return try await send(fields, "AssumeRole", role, as: caller)
    }

    /// AssumeRoleWithWebIdentity, which needs no signature.
    func credentials(
        of role: RoleRequest, webIdentityToken token: Secret
    ) async throws(AWSError) -> Credentials {
        var fields = fields("AssumeRoleWithWebIdentity", role)
        fields.append(("WebIdentityToken", token.revealed))
        return try await send(fields, "AssumeRoleWithWebIdentity", role, as: nil)
    }

    private typealias Fields = [(name: String, value: String)]

    private func fields(_ action: String, _ role: RoleRequest) -> Fields {
        var fields: Fields = [
            ("Action", action), ("Version", "2011-06-15"), ("RoleArn", role.arn),
            ("RoleSessionName", role.session ?? "tidemark-\(now().secondsSinceEpoch)"),
        ]
        if let duration = role.duration { fields.append(("DurationSeconds", duration)) }
        return fields
    }

    private func send(
        _ fields: Fields, _ operation: String, _ role: RoleRequest, as caller: Credentials?
    ) async throws(AWSError) -> Credentials {
        let usual = "https://sts.\(region).\(Partition(of: region).suffix)"
        let client = try ServiceClient(
            service: "sts", region: region,
            endpoint: { (_) throws(AWSError) in try .of(endpoint ?? usual) },
            credentials: caller.map(FixedCredentials.init), http: try .some(1, certificates),
            retry: retry,
            now: now)
        // The body is small, and a form is always encoded like a query.
        return try await client.send(
            Call(
                operation, on: role.arn, permission: "sts:\(operation)", method: .post,
                headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
                body: Array(CanonicalRequest.encode(fields).utf8))
        ) { (answer) throws(AWSError) in try Self.credentials(in: answer.body, of: operation) }
    }

    private static func credentials(
        in body: [UInt8], of operation: String
    ) throws(AWSError) -> Credentials {
        let document = XMLElement(body)
        guard let found = document?["\(operation)Result"]?["Credentials"],
            let id = found["AccessKeyId"]?.text, let key = found["SecretAccessKey"]?.text,
            let token = found["SessionToken"]?.text,
            let end = Timestamp(rfc3339: found["Expiration"]?.text ?? ""), !id.isEmpty,
            !key.isEmpty
        else { throw .malformedAnswer(operation: operation, reason: "no credentials in it") }
        return Credentials(
            accessKeyID: id, secretAccessKey: Secret(key), sessionToken: Secret(token),
            expiration: end)
    }
}

/// The role to take on, as STS wants to hear it.
struct RoleRequest: Hashable, Sendable {
    var arn: String
    /// What the session is called in the account's log; nil for a name of ours.
    var session: String?
    var externalID: Secret?
    /// Seconds, 900 to 43,200; nil for the service's hour.
    var duration: String?

    init(
        arn: String, session: String? = nil, externalID: Secret? = nil, duration: String? = nil
    ) {
        self.arn = arn
        self.session = session
        self.externalID = externalID
        self.duration = duration
    }
}

/// A role taken on with the token of another identity provider, as CI runners and EKS have it.
struct WebIdentity: CredentialSource {
    let name: String
    let tokenPath: String
    let role: RoleRequest
    let tokens: TokenService

    func credentials() async throws(AWSError) -> Credentials? {
        let token: String
        do throws(AWSError) {
            // Read anew each time: the provider changes it.
            token = try SmallFile.text(tokenPath)
        } catch {
            guard case .file(let path, let reason) = error else { throw error }
            throw .file(path, reason: "\(reason); it is to hold the token of \(name)")
        }
        return try await tokens.credentials(of: role, webIdentityToken: Secret(token))
    }
}

/// The one that `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN` name.
struct EnvironmentWebIdentity: CredentialSource {
    let environment: Environment
    /// The folder `~` stands for.
    let home: String
    /// Knows where STS is.
    let profile: Profile

    let name = "web identity (AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN)"

    func credentials() async throws(AWSError) -> Credentials? {
        guard let path = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] else { return nil }
        guard let arn = environment["AWS_ROLE_ARN"] else {
            throw .incompleteCredentials(place: name, missing: "AWS_ROLE_ARN")
        }
        return try await WebIdentity(
            name: name, tokenPath: HomeFolder.expanding(path, home: home),
            role: RoleRequest(arn: arn, session: environment["AWS_ROLE_SESSION_NAME"]),
            tokens: try profile.tokens()
        ).credentials()
    }
}
