import AWS

extension Settings {
    /// A table of DynamoDB that the archive is kept in besides.
    struct Table: Hashable, Sendable {
        /// Nil without one.
        let table: String?
        let region: String?
        let endpoint: String?
    }
}

extension Settings.Table {
    init(_ keys: inout SettingKeys) throws(SettingsError) {
        table = try keys(
            "table", .text,
            "Table of DynamoDB that the archive is kept in besides; without it, none")
        region = try keys(
            "region", .text, "Region of the table; without it, the AWS profile's")
        endpoint = try keys(
            "endpoint", .address("https", "http"),
            "Address of another server than Amazon's; without it, what AWS_ENDPOINT_URL_DYNAMODB or the AWS profile names"
        )
    }

    /// Where the table is asked, and as whom.
    func access(_ environment: [String: String]) throws(AWSError) -> ServiceAccess {
        try ServiceAccess(
            "dynamodb", environment: environment, region: region, endpoint: endpoint,
            setting: "dynamodb.region")
    }

    /// The table; nil without one.
    func client(_ environment: [String: String]) throws(AWSError) -> TableClient? {
        guard let table else { return nil }
        return try TableClient(table: table, at: access(environment))
    }
}
