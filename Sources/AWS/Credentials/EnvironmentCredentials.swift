/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary keys, `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: CredentialSource {
    private let environment: Environment

    public init(environment: [String: String]) {
        self.environment = Environment(variables: environment)
    }

    init(_ environment: Environment) {
        self.environment = environment
    }

    public let name = "the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"

    public func credentials() throws(AWSError) -> Credentials? {
        switch (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) {
        case (nil, nil): nil
        case (let id?, let key?):
            Credentials(
                accessKeyID: id, secretAccessKey: Secret(key),
                sessionToken: environment["AWS_SESSION_TOKEN"].map(Secret.init))
        case (nil, _): throw .incompleteCredentials(place: name, missing: "AWS_ACCESS_KEY_ID")
        case (_, nil): throw .incompleteCredentials(place: name, missing: "AWS_SECRET_ACCESS_KEY")
        }
    }
}
