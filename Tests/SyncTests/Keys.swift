import AWS
import Text

/// Credentials of a test.
struct Keys: CredentialSource {
    var pair = (accessKeyID: "ID", secretAccessKey: "KEY")

    var name: String { "the test" }

    func credentials() -> Credentials? {
        Credentials(accessKeyID: pair.accessKeyID, secretAccessKey: Secret(pair.secretAccessKey))
    }
}
