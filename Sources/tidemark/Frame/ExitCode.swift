import Transport

/// What the end of a run says to the shell.
enum ExitCode: Int32, Sendable {
    /// Done, or nothing to do.
    case done = 0
    case failed = 1
    /// Some of it is done; the message says what is left.
    case partly = 2
    /// Refused by a safety rule.
    case refused = 3
    /// The command line is wrong (EX_USAGE of sysexits).
    case usage = 64
    /// Another run holds the lock (EX_TEMPFAIL).
    case busy = 75
    /// The configuration is wrong (EX_CONFIG).
    case configuration = 78
}

/// An error that ends the run with another code than `failed`.
protocol ExitCoded: Error {
    var exitCode: ExitCode { get }
}

extension TransportError: ExitCoded {
    /// What is configured and cannot be, whatever is tried.
    var exitCode: ExitCode {
        switch self {
        case .address, .plainText, .noWebSocket: .configuration
        default: .failed
        }
    }
}

extension SettingsError: ExitCoded {
    var exitCode: ExitCode {
        switch self {
        case .valueless, .unknown(.flag, _, _), .malformed(.flag, _, _, _), .unfit(.flag, _, _),
            .missing(.flag, _, _), .secret(.flag, _, _):
            .usage
        case .exists: .refused
        case .unwritable: .failed
        default: .configuration
        }
    }
}

/// The command line is wrong.
struct UsageError: ExitCoded, Hashable, CustomStringConvertible {
    let sentence: String

    /// Some sentences of ArgumentParser have a full stop, others none.
    var description: String {
        (sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence) + "; see tidemark --help"
    }
    var exitCode: ExitCode { .usage }
}
