import Calendar
import FoundationEssentials
import Text

/// Credentials as JSON: what the metadata services answer and what a `credential_process` prints.
struct CredentialDocument: Decodable {
    private var accessKeyID: String?
    private var secretAccessKey: String?
    private var token: String?
    private var expiration: String?
    /// What an instance answers besides: anything but `Success` is a failure.
    private var code: String?
    /// What a process prints besides: 1.
    private var version: Int?

    private enum CodingKeys: String, CodingKey {
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case token = "Token"
        case sessionToken = "SessionToken"
        case expiration = "Expiration"
        case code = "Code"
        case version = "Version"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        accessKeyID = try fields.decodeIfPresent(String.self, forKey: .accessKeyID)
        secretAccessKey = try fields.decodeIfPresent(String.self, forKey: .secretAccessKey)
        token =
            try fields.decodeIfPresent(String.self, forKey: .token)
            ?? fields.decodeIfPresent(String.self, forKey: .sessionToken)
        expiration = try fields.decodeIfPresent(String.self, forKey: .expiration)
        code = try fields.decodeIfPresent(String.self, forKey: .code)
        version = try fields.decodeIfPresent(Int.self, forKey: .version)
    }

    /// Throws `credentials` with what is wrong with them, and never with what they hold.
    static func credentials(
        _ bytes: [UInt8], from place: String
    ) throws(AWSError) -> Credentials {
        guard let document = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            throw .credentials(place: place, reason: "what it gave is not JSON of credentials")
        }
        if let code = document.code, code != "Success" {
            throw .credentials(place: place, reason: "it says \(code)")
        }
        if let version = document.version, version != 1 {
            throw .credentials(place: place, reason: "its version \(version) is not 1")
        }
        guard let id = document.accessKeyID, let key = document.secretAccessKey, !id.isEmpty,
            !key.isEmpty
        else {
            throw .credentials(
                place: place, reason: "AccessKeyId or SecretAccessKey is missing in what it gave")
        }
        var end: Timestamp?
        if let text = document.expiration {
            guard let time = Timestamp(rfc3339: text) else {
                throw .credentials(place: place, reason: "its Expiration is no time")
            }
            end = time
        }
        return Credentials(
            accessKeyID: id, secretAccessKey: Secret(key),
            sessionToken: document.token.map(Secret.init), expiration: end)
    }
}
