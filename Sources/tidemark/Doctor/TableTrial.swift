import AWS
import Text

/// Whether the table that the archive is kept in can be asked, and is what it has to be.
struct TableTrial {
    private let settings: Settings
    private let context: RunContext

    init(_ settings: Settings, _ context: RunContext) {
        (self.settings, self.context) = (settings, context)
    }

    /// Nothing without a table; and how far the clock there is ahead.
    func run() async -> (diagnoses: [Diagnosis], lead: (server: String, seconds: Int)?) {
        let key = "dynamodb.table"
        do throws(AWSError) {
            guard let client = try settings.dynamodb.client(context.environment) else {
                return ([], nil)
            }
            let summary = try await client.summary()
            let lead = client.clockLead.map { (server: "table \(client.table)", seconds: $0) }
            guard let summary else {
                return (
                    [
                        Diagnosis(
                            .wrong, key,
                            "\(client.table): is not there in \(client.access.region); tidemark table --apply makes it"
                        )
                    ], lead
                )
            }
            if let sentence = summary.sentence {
                return ([Diagnosis(.wrong, key, "\(client.table): \(sentence)")], lead)
            }
            // That it may be read shows only by reading.
            _ = try await client.item(TableKey(file: "index", part: "doctor"))
            return (
                [
                    Diagnosis(
                        .ok, key,
                        "\(client.table): about \(quantity(summary.itemCount, "item")), can be read"
                    )
                ], lead
            )
        } catch {
            return ([Diagnosis(.wrong, key, "\(error)")], nil)
        }
    }
}
