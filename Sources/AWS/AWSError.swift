import Text
import Transport

/// Why something asked of AWS, or of a server that speaks its protocol, did not happen.
public enum AWSError: Error, Hashable, Sendable {
    case transport(TransportError)
    /// No place that was looked at holds credentials.
    case noCredentials(places: [String])
    case incompleteCredentials(place: String, missing: String)
    /// A variable names a profile that is in no file; misnamed if the configuration file has it
    /// without the word `profile`.
    case noSuchProfile(String, variable: String, paths: [String], isMisnamed: Bool)
    case malformedProfile(path: String, line: Int, reason: String)
    /// A profile that is set up wrongly, or in a way that is not supported.
    case profile(String, reason: String)
    /// A place that is set up gave no credentials.
    case credentials(place: String, reason: String)
    /// A file of this machine.
    case file(String, reason: String)
    case bucket(name: String, reason: String)
    case key(String, reason: String)
    case distribution(String, reason: String)
    /// A name or an address that a service of AWS has nothing of, such as that of a stream.
    case name(String, reason: String)
    /// Nobody says in which region a service is; the setting that could.
    case noRegion(setting: String)
    /// OpenSSL cannot do it, for example MD5 under FIPS rules.
    case unsupported(algorithm: String)
    /// The service said no.
    case refused(Refusal)
    /// The service said something that is no answer.
    case malformedAnswer(operation: String, reason: String)

    /// Whether the object is not as the request's condition wants it (412, or a race for it).
    public var isConditionFailure: Bool {
        if case .refused(let refusal) = self { refusal.isConditionFailure } else { false }
    }

    /// Whether the condition was found not to hold (412); a race for the object (409) is none.
    public var isPreconditionFailure: Bool {
        if case .refused(let refusal) = self { refusal.status == 412 } else { false }
    }

    /// The code of a service that said no; nil of everything else.
    public var code: String? {
        if case .refused(let refusal) = self { refusal.code } else { nil }
    }

    /// Whether there is no such object.
    var isMissing: Bool {
        if case .refused(let refusal) = self { refusal.isMissingKey } else { false }
    }

    /// Whether something answered that is no such service.
    var isNonsense: Bool { if case .malformedAnswer = self { true } else { false } }

    /// Whether the service has no such operation or condition, or we have no means to ask for it.
    public var isUnsupported: Bool {
        switch self {
        case .refused(let refusal): refusal.isUnsupported
        case .unsupported: true
        default: false
        }
    }

    /// How long the service asks to be left alone.
    var wait: Duration {
        if case .refused(let refusal) = self { refusal.wait ?? .zero } else { .zero }
    }

    /// Whether the same request may succeed a little later.
    public var isTransient: Bool {
        switch self {
        case .transport(let error): error.isTransient
        case .refused(let refusal): refusal.isTransient
        case .malformedAnswer: true
        default: false
        }
    }
}

extension AWSError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .transport(let error): error.sentence
        case .noCredentials(let places):
            "no AWS credentials found in \(places.joined(separator: "; nor in "))"
        case .incompleteCredentials(let place, let missing):
            "\(place): \(missing) is missing beside the other half of the credentials"
        case .noSuchProfile(let name, let variable, let paths, let isMisnamed):
            "\(variable) names \(terminalSafe(name)), which is in none of \(paths.joined(separator: ", "))"
                + (isMisnamed
                    ? "; in \(paths.last ?? "") its line has to be [profile \(terminalSafe(name))]"
                    : "")
        case .malformedProfile(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .profile(let name, let reason):
            "profile \(terminalSafe(name)): \(terminalSafe(reason, limit: 400))"
        case .credentials(let place, let reason): "\(place): \(terminalSafe(reason))"
        case .file(let path, let reason): "\(terminalSafe(path)): \(reason)"
        case .bucket(let name, let reason): "bucket \(terminalSafe(name)): \(reason)"
        case .distribution(let id, let reason): "distribution \(terminalSafe(id)): \(reason)"
        case .name(let name, let reason): "\(terminalSafe(name)): \(reason)"
        case .noRegion(let setting):
            "\(setting) is not set, and neither AWS_REGION nor a profile names a region"
        case .key(let key, let reason): "key \(terminalSafe(key)): \(reason)"
        case .unsupported(let algorithm): "OpenSSL offers no \(algorithm) here"
        case .refused(let refusal): refusal.description
        case .malformedAnswer(let operation, let reason):
            "\(operation): the answer cannot be understood: \(reason)"
        }
    }
}
