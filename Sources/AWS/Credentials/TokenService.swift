import Transport

/// The part of STS that gives credentials for a role.
///
/// Source: AWS Security Token Service API Reference, version 2011-06-15.
struct TokenService: Sendable {
    let region: String
    let environment: Environment
    var retry = RetryPolicy(attempts: 3)
    var now: @Sendable () -> SigningTime = SigningTime.now

    /// AssumeRole, with the credentials of someone who may.
    func credentials(
        of role: RoleRequest, as caller: Credentials
    ) async throws(AWSError) -> Credentials {
        var fields = fields("AssumeRole", role)
        if let id = role.externalID { fields.append(("ExternalId", id.value)) }
        return try await send(fields, "AssumeRole", role, as: caller)
    }

    /// AssumeRoleWithWebIdentity, which needs no signature.
    func credentials(
        of role: RoleRequest, webIdentityToken token: Secret
    ) async throws(AWSError) -> Credentials {
        var fields = fields("AssumeRoleWithWebIdentity", role)
        fields.append(("WebIdentityToken", token.value))
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
        let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        let client = try ServiceClient(
            service: "sts", region: region,
            endpoint: environment.endpoint(of: "sts", else: "https://sts.\(region).\(suffix)"),
            credentials: caller.map(FixedCredentials.init), retry: retry, now: now)
        // The body is small, and a form is always encoded like a query.
        let answer = try await client.send(
            ServiceCall(
                operation, on: role.arn, method: .post,
                headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
                body: Array(CanonicalRequest.encode(fields).utf8)))
        let document = XMLElement(answer.body)
        guard let found = document?["\(operation)Result"]?["Credentials"],
            let id = found["AccessKeyId"]?.text, let key = found["SecretAccessKey"]?.text,
            let token = found["SessionToken"]?.text,
            let end = SigningTime(iso8601: found["Expiration"]?.text ?? ""), !id.isEmpty,
            !key.isEmpty
        else { throw .malformedAnswer(operation: operation, reason: "no credentials in it") }
        return Credentials(
            accessKeyID: id, secretAccessKey: Secret(key), sessionToken: Secret(token),
            expiration: end)
    }
}

/// Credentials that are there already.
struct FixedCredentials: CredentialSource {
    let name = "another place"
    let pair: Credentials

    init(_ pair: Credentials) { self.pair = pair }

    func credentials() -> Credentials? { pair }
}
