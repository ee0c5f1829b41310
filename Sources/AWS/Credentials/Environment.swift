import Text

/// The variables of a process, of which some are secrets: no dump shows them.
struct Environment: Sendable {
    let variables: [String: String]

    /// Nil for a variable that is not set or empty.
    subscript(name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first of the variables that is set.
    func first(_ names: String...) -> String? {
        names.lazy.compactMap { self[$0] }.first
    }
}

extension Environment: CustomStringConvertible, CustomReflectable {
    var description: String { "redacted" }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

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
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
            guard environment[name]?.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) ?? false
            else { continue }
            throw .name(name, reason: "holds a space or the end of a line, which no key has")
        }
        return switch (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) {
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
