import Calendar
import Digest
import FoundationEssentials
import Tasks
import Text
import Transport

/// Credentials of a role for which `aws sso login` has signed in.
///
/// Sources: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider"; IAM Identity
/// Center Portal API, GetRoleCredentials; OIDC API, CreateToken.
struct SignOn: CredentialSource {
    /// The profile that asks for them.
    let profile: String
    /// What the file of the sign-in is named after: the session, or the address of the portal.
    let session: String
    let region: String
    let account: String
    let role: String
    /// Whether it is a session, whose token is renewed without a new sign-in.
    let isRenewable: Bool
    /// Where the tools keep the sign-ins.
    let folder: String
    /// Another address than the portal's own.
    let endpoint: String?
    /// Another than that of the service that renews a sign-in.
    let tokenEndpoint: String?
    let certificates: String?
    let retry: Retry
    var now: @Sendable () -> Timestamp = Timestamp.now

    var name: String { "the sign-in of profile \(profile)" }

    func credentials() async throws(AWSError) -> Credentials? {
        let token = try await token()
        let usual = "https://portal.sso.\(region).\(Partition(of: region).suffix)"
        let client = try ServiceClient(
            service: "sso", region: region,
            endpoint: { (_) throws(AWSError) in try .of(endpoint ?? usual) }, credentials: nil,
            http: try .some(1, certificates), retry: retry, now: now)
        let call = Call(
            "GetRoleCredentials", on: "\(role) of account \(account)",
            permission: "the role assigned to the user", path: "/federation/credentials",
            query: [("account_id", account), ("role_name", role)],
            headers: ["x-amz-sso_bearer_token": token.revealed])
        do throws(AWSError) {
            return try await client.send(call) { (answer) throws(AWSError) in
                try Self.credentials(in: answer.body)
            }
        } catch .refused(let refusal) where refusal.status == 401 {
            throw ended("has ended")
        }
    }

    /// The token that the sign-in left, renewed where it is about to end and the session can be.
    private func token() async throws(AWSError) -> Secret {
        guard let digest = SHA1(of: session.utf8) else { throw .unsupported(algorithm: "SHA-1") }
        let path = "\(folder)/\(digest.hex).json"
        guard var token = try SignInToken(path) else {
            let isThere = try SmallFile.bytes(path) != nil
            throw ended(isThere ? "cannot be understood (\(path))" : "is not there")
        }
        let isGood = token.end.map { $0 > now() } ?? false
        if let end = token.end, end > now() + Self.margin { return token.token }
        guard isRenewable, let request = token.renewal(at: now()) else {
            if isGood { return token.token }
            throw ended("has ended")
        }
        do throws(AWSError) {
            try token.renew(by: await newToken(request), at: now())
        } catch .refused(let refusal) where (400..<500).contains(refusal.status) && !isGood {
            throw ended("has ended")
        } catch {
            // The next run may have more luck.
            guard isGood else { throw error }
        }
        return token.token
    }

    /// Seconds that a token has to be good for, as for the tools.
    private static let margin = 15 * 60

    private func newToken(_ body: [UInt8]) async throws(AWSError) -> [UInt8] {
        let usual = "https://oidc.\(region).\(Partition(of: region).suffix)"
        let client = try ServiceClient(
            service: "sso-oauth", region: region,
            endpoint: { (_) throws(AWSError) in try .of(tokenEndpoint ?? usual) }, credentials: nil,
            http: try .some(1, certificates), retry: retry, now: now)
        let call = Call(
            "CreateToken", on: "the session \(session)", permission: "a sign-in that is not over",
            method: .post, path: "/token", headers: ["Content-Type": "application/json"], body: body
        )
        return try await client.send(call) { $0.body }
    }

    private func ended(_ state: String) -> AWSError {
        let name = profile.contains(" ") ? "\"\(profile)\"" : profile
        return .profile(
            profile, reason: "its sign-in \(state); run aws sso login --profile \(name)")
    }

    private static func credentials(in body: [UInt8]) throws(AWSError) -> Credentials {
        struct Answer: Decodable {
            struct Role: Decodable {
                var accessKeyId: String
                var secretAccessKey: String
                var sessionToken: String
                /// Milliseconds since 1970.
                var expiration: Int
            }

            var roleCredentials: Role
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else {
            throw .malformedAnswer(
                operation: "GetRoleCredentials", reason: "no credentials in it")
        }
        let role = answer.roleCredentials
        return Credentials(
            accessKeyID: role.accessKeyId, secretAccessKey: Secret(role.secretAccessKey),
            sessionToken: Secret(role.sessionToken),
            expiration: Timestamp(secondsSinceEpoch: Int64(role.expiration / 1000)))
    }
}
