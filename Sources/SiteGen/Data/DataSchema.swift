import Archive

extension DataTable {
    /// By Table Schema of Frictionless Data, for files with these columns.
    func schema(of columns: [String]) -> JSONDocument {
        .object([
            (
                "fields",
                .list(
                    columns.map { name in
                        let column = DataColumn.find(name, in: self)
                        var members: [(String, JSONDocument)] = [
                            ("name", .text(name)),
                            ("type", .text((column?.kind ?? .string).rawValue)),
                        ]
                        if let column { members.append(("description", .text(column.meaning))) }
                        if column?.isFilled ?? false {
                            members.append(("constraints", .object([("required", .bool(true))])))
                        }
                        return .object(members)
                    })
            ),
            ("primaryKey", .list(primaryKey.map(JSONDocument.text))),
            ("missingValues", .list([.text("")])),
        ])
    }

    /// Where the schema of a file that has all columns is, in the site.
    var schemaPath: String { "\(ArchiveCopies.folder)/schemas/\(rawValue).json" }
}
