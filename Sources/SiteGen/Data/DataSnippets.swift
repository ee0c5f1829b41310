/// How to begin with the data in what people use: lines that run as they stand.
struct DataSnippets: Sendable {
    struct Snippet: Sendable {
        let tool: String
        let code: String
    }

    let all: [Snippet]

    /// - Parameter base: Where the data are, with a slash at its end.
    init(_ copies: ArchiveCopies, base: String) {
        func place(_ path: String) -> String {
            base + path.dropFirst(ArchiveCopies.folder.utf8.count + 1)
        }
        let top = copies.days.last.map { place($0.path(.top)) } ?? base
        let year = copies.days.last.map { place(ArchiveCopies.windows(year: $0.date.year)) } ?? base
        all = [
            Snippet(
                tool: "curl",
                code: """
                    curl -fsS \(base)latest.json | python3 -m json.tool
                    """),
            Snippet(
                tool: "DuckDB",
                code: """
                    SELECT slot, source, rank, tag, accounts, expected
                    FROM read_csv('\(top)', types = {'tag': 'VARCHAR', 'spelling': 'VARCHAR'})
                    ORDER BY slot, source, rank;
                    """),
            Snippet(
                tool: "pandas",
                code: """
                    import pandas
                    top = pandas.read_csv("\(top)", dtype={"tag": str, "spelling": str},
                                          keep_default_na=False, na_values=[""], parse_dates=["slot"])
                    print(top[["slot", "source", "rank", "tag", "accounts"]])
                    """),
            Snippet(
                tool: "polars",
                code: """
                    import polars
                    top = polars.read_csv("\(top)", schema_overrides={"tag": polars.String, "spelling": polars.String},
                                          try_parse_dates=True)
                    print(top.select("slot", "source", "rank", "tag", "accounts"))
                    """),
            Snippet(
                tool: "R",
                code: """
                    windows <- read.csv("\(year)", na.strings = "", encoding = "UTF-8")
                    top <- read.csv("\(top)", na.strings = "", quote = "\\"", comment.char = "", encoding = "UTF-8",
                                    colClasses = c(tag = "character", spelling = "character"))
                    print(top[, c("slot", "source", "rank", "tag", "accounts")])
                    """),
            Snippet(
                tool: "Everything, with Python alone",
                code: """
                    import json, os, urllib.request
                    base, tables = "\(base)", ("top", "trending", "tail")
                    def fetch(path):
                        with urllib.request.urlopen(base + path) as answer: return answer.read()
                    package = json.loads(fetch("datapackage.json"))
                    paths = [file["path"] for file in package["resources"]]
                    paths += [path for month in package["packages"] for path in month["files"] if "/windows-" not in path]
                    paths = [path for path in paths if path.startswith("windows/")
                             or any(path.startswith(table + "/") or f"/{table}-" in path for table in tables)]
                    for path in ["latest.json", "datapackage.json"] + paths:
                        os.makedirs(os.path.dirname("data/" + path), exist_ok=True)
                        with open("data/" + path, "wb") as file: file.write(fetch(path))
                    """),
            Snippet(
                tool: "Parquet of all that was fetched, with DuckDB",
                code: """
                    SET VARIABLE tails = (SELECT list(file) FROM glob('data/**') WHERE file LIKE '%/tail%.csv%');
                    COPY (SELECT slot, source, regexp_replace(tag, '^''(''*[=+@\\t\\r-])', '\\1') AS tag, posts, accounts
                          FROM read_csv(getvariable('tails'), types = {'tag': 'VARCHAR'}))
                    TO 'tail.parquet' (COMPRESSION zstd);
                    """),
        ]
    }
}
