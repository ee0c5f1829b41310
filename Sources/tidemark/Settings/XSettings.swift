import Decode
import Snapshot
import Text

extension Settings {
    /// A source of kind `x`.
    struct X: Hashable, Sendable {
        let server: String
        let api: XAPI
        let stream: XStreamKind
        let budget: XBudget
        let backfillMinutes: Int
        let token: Secret?
    }
}

extension Settings.X {
    private enum Endpoint: String { case filtered, sample }

    /// - Parameters:
    ///   - path: the path of a key of this source.
    ///   - rules: reads the rules, which only the filtered stream has to have.
    init(
        _ reader: SettingsReader, _ path: (String) -> String,
        rules: () throws(SettingsError) -> [String]
    ) throws(SettingsError) {
        server = try reader.required(path("server"), reader.text)
        switch try reader.choice(path("format"), as: PostFormat.self) {
        case .v2, nil: api = .v2
        case .v1: api = .v1
        default: throw reader.unfit(path("format"), "a source of kind x has v1 or v2")
        }
        let endpoint = try reader.required(path("endpoint")) { path throws(SettingsError) in
            try reader.choice(path, as: Endpoint.self)
        }
        stream = endpoint == .sample ? .sample : .filtered(rules: try rules())
        func cents(_ leaf: String) throws(SettingsError) -> Int {
            SettingType.cents(try reader.required(path(leaf), reader.text)) ?? 0
        }
        budget = XBudget(
            microdollarsPerPost: SettingType.microdollars(
                try reader.required(path("postPrice"), reader.text)) ?? 0,
            posts: try reader.required(path("budgetPosts"), reader.count),
            cents: try cents("budgetDollars"),
            monthPosts: try reader.required(path("budgetMonthPosts"), reader.count),
            monthCents: try cents("budgetMonthDollars"))
        backfillMinutes = try reader.required(path("backfillMinutes"), reader.count)
        token = try reader.text(path("token")).map(Secret.init)
    }
}
