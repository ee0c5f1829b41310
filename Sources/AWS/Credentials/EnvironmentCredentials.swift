/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary keys, `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: CredentialSource {
    private let accessKeyID: String?
    private let secretAccessKey: Secret?
    private let sessionToken: Secret?

    public init(environment: [String: String]) {
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        accessKeyID = variable("AWS_ACCESS_KEY_ID")
        secretAccessKey = variable("AWS_SECRET_ACCESS_KEY").map(Secret.init)
        sessionToken = variable("AWS_SESSION_TOKEN").map(Secret.init)
    }

    public let name = "the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"

    public func credentials() throws(AWSError) -> Credentials? {
        switch (accessKeyID, secretAccessKey) {
        case (nil, nil): nil
        case (let id?, let key?):
            Credentials(accessKeyID: id, secretAccessKey: key, sessionToken: sessionToken)
        case (nil, _): throw .incompleteCredentials(place: name, missing: "AWS_ACCESS_KEY_ID")
        case (_, nil): throw .incompleteCredentials(place: name, missing: "AWS_SECRET_ACCESS_KEY")
        }
    }
}
