import FoundationEssentials
import Tasks
import Text

/// One table of DynamoDB whose keys are `file` and `part`.
///
/// Source: Amazon DynamoDB API Reference, version 2012-08-10.
public struct TableClient: Sendable {
    public let table: String
    public let access: ServiceAccess
    private let service: JSONService

    /// What one transaction may hold: the service bears 100 items and 4 MB.
    public static let transactionLimit = (items: 100, bytes: 3_500_000)
    /// A page of a query is 1 MB, and in base64 and JSON more.
    private static let longestAnswer = 8 << 20

    public init(
        table: String, at access: ServiceAccess, retry: Retry = Retry(limit: .seconds(60))
    ) throws(AWSError) {
        let isNamed = table.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || "-_.".utf8.contains($0)
        }
        guard isNamed, (3...255).contains(table.utf8.count) else {
            throw .name(
                table,
                reason:
                    "a table's name is 3 to 255 letters, digits, hyphens, dots and underscores"
            )
        }
        self.table = table
        self.access = access
        service = try JSONService(
            .init(id: "dynamodb", target: "DynamoDB_20120810", version: "1.0"), at: access,
            maxActive: 16, retry: retry)
    }

    /// How many seconds the server's clock is ahead of ours, by its last answer; nil if none told.
    public var clockLead: Int? { service.clockLead }

    private var resource: String { "table \(table)" }

    /// What is to be known of a table as a whole.
    public struct Summary: Hashable, Sendable {
        /// `ACTIVE`, `CREATING`, `UPDATING`, `DELETING`
        public let status: String
        /// Whether its keys are those that it needs.
        public let hasOurKeys: Bool
        /// As it was some hours ago.
        public let itemCount: Int
    }

    /// Nil if there is no such table.
    public func summary() async throws(AWSError) -> Summary? {
        let answer: TableAnswer
        do throws(AWSError) {
            answer = try await service(
                "DescribeTable", on: resource, ["TableName": .string(table)])
        } catch {
            guard error.code == "ResourceNotFoundException" else { throw error }
            return nil
        }
        let keys = answer.Table.KeySchema.map { "\($0.KeyType) \($0.AttributeName)" }
        return Summary(
            status: answer.Table.TableStatus,
            hasOurKeys: keys.sorted() == [
                "HASH \(TableKey.names.file)", "RANGE \(TableKey.names.part)",
            ],
            itemCount: answer.Table.ItemCount ?? 0)
    }

    /// Makes the table, paid for by what is asked of it, and kept from being deleted by mistake. It is there a moment
    /// later.
    public func create() async throws(AWSError) {
        func key(_ name: String, _ type: String) -> JSONTree {
            ["AttributeName": .string(name), "KeyType": .string(type)]
        }
        func attribute(_ name: String) -> JSONTree {
            ["AttributeName": .string(name), "AttributeType": "S"]
        }
        try await service.order(
            "CreateTable", on: resource,
            [
                "TableName": .string(table), "BillingMode": "PAY_PER_REQUEST",
                "DeletionProtectionEnabled": .bool(true),
                "KeySchema": [
                    key(TableKey.names.file, "HASH"), key(TableKey.names.part, "RANGE"),
                ],
                "AttributeDefinitions": [
                    attribute(TableKey.names.file), attribute(TableKey.names.part),
                ],
            ])
    }

    /// All items of a file, in the order of their parts, as they are now.
    public func items(of file: String) async throws(AWSError) -> [TableItem] {
        var items: [TableItem] = []
        var start: JSONTree?
        repeat {
            var input: [String: JSONTree] = [
                "TableName": .string(table), "ConsistentRead": .bool(true),
                "KeyConditionExpression": "#f = :f",
                "ExpressionAttributeNames": ["#f": .string(TableKey.names.file)],
                "ExpressionAttributeValues": [":f": TableValue.text(file).json],
            ]
            if let start { input["ExclusiveStartKey"] = start }
            let answer: QueryAnswer = try await service(
                "Query", on: resource, .object(input), byteLimit: Self.longestAnswer)
            for one in answer.Items {
                guard let item = TableItem(one) else {
                    throw .malformedAnswer(
                        operation: "Query", reason: "an item has neither file nor part")
                }
                items.append(item)
            }
            let next = answer.LastEvaluatedKey.map { JSONTree.object($0.mapValues(\.json)) }
            start = next == start ? nil : next
        } while start != nil
        return items
    }

    /// One item, as it is now; nil if there is none.
    public func item(_ key: TableKey) async throws(AWSError) -> TableItem? {
        let answer: ItemAnswer = try await service(
            "GetItem", on: resource,
            ["TableName": .string(table), "ConsistentRead": .bool(true), "Key": key.json])
        return answer.Item.flatMap { TableItem($0) }
    }

    /// Makes all of the changes, or none: at most `transactionLimit`, each of another item.
    ///
    /// Throws an error whose `isConditionFailure` is true where a condition does not hold. An answer that was lost is
    /// asked for again, and nothing is done twice by that.
    public func change(_ changes: [TableChange]) async throws(AWSError) {
        let steps = changes.map { change -> JSONTree in
            switch change {
            case .put(let item, let condition):
                var put: [String: JSONTree] = ["TableName": .string(table), "Item": item.json]
                switch condition {
                case .none: break
                case .absent:
                    put["ConditionExpression"] = "attribute_not_exists(#f)"
                    put["ExpressionAttributeNames"] = ["#f": .string(TableKey.names.file)]
                case .absentOr(let name, let value):
                    put["ConditionExpression"] = "attribute_not_exists(#f) OR #v = :v"
                    put["ExpressionAttributeNames"] = [
                        "#f": .string(TableKey.names.file), "#v": .string(name),
                    ]
                    put["ExpressionAttributeValues"] = [":v": value.json]
                case .value(let name, let value):
                    put["ConditionExpression"] = "#v = :v"
                    put["ExpressionAttributeNames"] = ["#v": .string(name)]
                    put["ExpressionAttributeValues"] = [":v": value.json]
                }
                return ["Put": .object(put)]
            case .delete(let key):
                return ["Delete": ["TableName": .string(table), "Key": key.json]]
            }
        }
        // The same for all attempts at it, and for nothing else.
        let token = Hex.text((0..<16).map { _ in UInt8.random(in: 0...255) })
        try await service.order(
            "TransactWriteItems", on: resource,
            ["TransactItems": .array(steps), "ClientRequestToken": .string(token)])
    }

    /// The changes in as few transactions as they fit into, in order.
    public static func transactions(of changes: [TableChange]) -> [[TableChange]] {
        var parts: [[TableChange]] = []
        var byteCount = 0
        for change in changes {
            byteCount += change.byteCount
            if let last = parts.last, last.count < transactionLimit.items,
                byteCount <= transactionLimit.bytes
            {
                parts[parts.count - 1].append(change)
            } else {
                parts.append([change])
                byteCount = change.byteCount
            }
        }
        return parts
    }
}

extension TableKey {
    fileprivate var json: JSONTree {
        [
            Self.names.file: TableValue.text(file).json,
            Self.names.part: TableValue.text(part).json,
        ]
    }
}

extension TableValue {
    fileprivate var json: JSONTree {
        switch self {
        case .text(let text): ["S": .string(text)]
        case .number(let number): ["N": .string(String(number))]
        case .bytes(let bytes): ["B": .string(Data(bytes).base64EncodedString())]
        }
    }
}

extension TableItem {
    fileprivate var json: JSONTree {
        .object(
            values.mapValues(\.json).merging(
                [
                    TableKey.names.file: TableValue.text(key.file).json,
                    TableKey.names.part: TableValue.text(key.part).json,
                ]) { $1 })
    }

    fileprivate init?(_ said: [String: SaidValue]) {
        guard let file = said[TableKey.names.file]?.S, let part = said[TableKey.names.part]?.S
        else { return nil }
        var values = said.compactMapValues(\.value)
        values[TableKey.names.file] = nil
        values[TableKey.names.part] = nil
        self.init(TableKey(file: file, part: part), values)
    }
}

// The shapes of the answers have the service's own names.

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct SaidValue: Decodable {
    let S: String?
    let N: String?
    let B: Data?

    /// Nil of a kind that none of ours has.
    var value: TableValue? {
        S.map { .text($0) } ?? N.flatMap { Int($0) }.map { .number($0) }
            ?? B.map { .bytes(Array($0)) }
    }

    var json: JSONTree { value?.json ?? .null }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct QueryAnswer: Decodable {
    let Items: [[String: SaidValue]]
    let LastEvaluatedKey: [String: SaidValue]?
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct ItemAnswer: Decodable { let Item: [String: SaidValue]? }

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct TableAnswer: Decodable {
    struct Key: Decodable {
        let AttributeName: String
        let KeyType: String
    }
    struct About: Decodable {
        let TableStatus: String
        let KeySchema: [Key]
        let ItemCount: Int?
    }
    let Table: About
}
