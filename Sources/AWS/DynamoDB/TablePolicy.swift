/// The least that keeping an archive in a table needs, in the language of IAM.
public struct TablePolicy: Sendable {
    private let table: String
    private let access: ServiceAccess

    public init(table: String, at access: ServiceAccess) {
        (self.table, self.access) = (table, access)
    }

    /// Of whoever publishes.
    public var ofPublisher: String {
        JSONTree.object([
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Sid": "Table", "Effect": "Allow",
                    "Action": [
                        "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem",
                        "dynamodb:PutItem", "dynamodb:Query",
                    ],
                    "Resource": .string("\(access.arn("dynamodb")):*:table/\(table)"),
                ]
            ],
        ]).document
    }
}
