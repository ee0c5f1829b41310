/// A role taken on with the token of another identity provider, as CI runners and EKS have it.
struct WebIdentity: CredentialSource {
    let name: String
    let tokenPath: String
    let role: RoleRequest
    let tokens: TokenService

    func credentials() async throws(AWSError) -> Credentials? {
        // Read anew each time: the provider changes it.
        try await tokens.credentials(of: role, webIdentityToken: Secret(SmallFile.text(tokenPath)))
    }
}

/// The one that `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN` name.
struct EnvironmentWebIdentity: CredentialSource {
    let environment: Environment
    let tokens: TokenService

    let name = "web identity (AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN)"

    func credentials() async throws(AWSError) -> Credentials? {
        guard let path = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] else { return nil }
        guard let arn = environment["AWS_ROLE_ARN"] else {
            throw .incompleteCredentials(place: name, missing: "AWS_ROLE_ARN")
        }
        return try await WebIdentity(
            name: name, tokenPath: path,
            role: RoleRequest(arn: arn, session: environment["AWS_ROLE_SESSION_NAME"]),
            tokens: tokens
        ).credentials()
    }
}
