import Calendar
import Files
import FoundationEssentials
import Text

/// What `aws sso login` has left of a sign-in, in a file of its own.
///
/// Sources: botocore, tokens.py; IAM Identity Center OIDC API Reference, CreateToken.
struct SignInToken: Sendable {
    /// All that is in the file; other tools keep more there than is read here.
    private var fields: JSONTree
    private let path: String

    /// Nil if there is no such file, or it is none of a sign-in.
    init?(_ path: String) throws(AWSError) {
        guard let bytes = try SmallFile.bytes(path), let fields = JSONTree(bytes),
            case .string = fields["accessToken"]
        else { return nil }
        (self.fields, self.path) = (fields, path)
    }

    var token: Secret { Secret(text("accessToken") ?? "") }

    /// Nil if it does not say.
    var end: Timestamp? { time("expiresAt") }

    /// What a new token is asked for with; nil if the sign-in cannot be renewed.
    func renewal(at now: Timestamp) -> [UInt8]? {
        guard let id = text("clientId"), let secret = text("clientSecret"),
            let token = text("refreshToken"),
            time("registrationExpiresAt").map({ $0 > now }) ?? true
        else { return nil }
        let body: JSONTree = [
            "clientId": .string(id), "clientSecret": .string(secret),
            "grantType": "refresh_token", "refreshToken": .string(token),
        ]
        return Array(body.document.utf8)
    }

    /// Takes over what was answered, and keeps it where the tools look for it: the old one may be good for
    /// nothing any more.
    mutating func renew(by answer: [UInt8], at now: Timestamp) throws(AWSError) {
        struct Answer: Decodable {
            var accessToken: String
            var expiresIn: Int64
            var refreshToken: String?
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(answer)),
            (0...(1 << 32)).contains(answer.expiresIn)
        else { throw .malformedAnswer(operation: "CreateToken", reason: "no token in it") }
        guard case .object(var all) = fields else { return }
        all["accessToken"] = .string(answer.accessToken)
        all["expiresAt"] = .string("\(now + Int(answer.expiresIn))")
        if let token = answer.refreshToken { all["refreshToken"] = .string(token) }
        fields = .object(all)
        do throws(FileError) {
            try WholeFile.write(Array(fields.document.utf8), to: path, isPrivate: true)
        } catch {
            throw .file(path, reason: "\(error.operation): \(error.cause)")
        }
    }

    private func text(_ key: String) -> String? {
        if case .string(let text) = fields[key], !text.isEmpty { text } else { nil }
    }

    private func time(_ key: String) -> Timestamp? {
        // Older tools write the zone in words.
        text(key).flatMap {
            Timestamp(iso8601: $0.hasSuffix("UTC") ? $0.dropLast(3) + "Z" : $0)
        }
    }
}
