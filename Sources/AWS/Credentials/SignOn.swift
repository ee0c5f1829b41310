import Digest
import FoundationEssentials
import Tasks
import Text
import Transport

/// Credentials of a role for which `aws sso login` has signed in.
///
/// Sources: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider"; IAM Identity
/// Center Portal API, GetRoleCredentials.
struct SignOn: CredentialSource {
    /// The profile that asks for them.
    let profile: String
    /// What the file of the sign-in is named after: the session, or the address of the portal.
    let session: String
    let region: String
    let account: String
    let role: String
    /// Where the tools keep the sign-ins.
    let folder: String
    /// Another address than the portal's own.
    let endpoint: String?
    let certificates: String?
    let retry: Retry
    var now: @Sendable () -> SigningTime = SigningTime.now

    var name: String { "the sign-in of profile \(profile)" }

    func credentials() async throws(AWSError) -> Credentials? {
        let token = try token()
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

    /// The token that the sign-in left.
    private func token() throws(AWSError) -> Secret {
        struct Cached: Decodable {
            var accessToken: String
            var expiresAt: String
        }
        guard let digest = SHA1(of: session.utf8) else { throw .unsupported(algorithm: "SHA-1") }
        let path = "\(folder)/\(digest.hex).json"
        guard let bytes = try SmallFile.bytes(path) else { throw ended("is not there") }
        guard let cached = try? JSONDecoder().decode(Cached.self, from: Data(bytes)) else {
            throw ended("cannot be understood (\(path))")
        }
        // Older tools write the zone in words.
        let text = cached.expiresAt
        guard
            let end = SigningTime(
                iso8601: text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text),
            end.secondsSinceEpoch > now().secondsSinceEpoch
        else { throw ended("has ended") }
        return Secret(cached.accessToken)
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
            expiration: SigningTime(secondsSinceEpoch: role.expiration / 1000))
    }
}
