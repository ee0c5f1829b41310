import Logging
import Text

/// Log messages of the modules as sentences with fields on the console.
///
/// `Lost the connection host=jetstream1 attempt=2`
struct ConsoleLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let console: Console

    init(console: Console) {
        self.console = console
        logLevel = console.verbosity == .verbose ? .debug : .warning
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\(Self.field($0.value.description))" }
        let sentence = event.message.description + fields.joined()
        switch event.level {
        case .trace, .debug, .info, .notice: console.note(sentence)
        case .warning: console.warn(sentence)
        case .error, .critical: console.fail(sentence)
        }
    }

    /// Quoted if it could be taken for more than one field.
    private static func field(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy { $0 > " " && $0 != "\"" && $0 != "=" }
        return plain && !text.isEmpty ? text : quoted(text)
    }
}
