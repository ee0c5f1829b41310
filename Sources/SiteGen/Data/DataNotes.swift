/// What lies beside the data for people: what they are, and how to cite them.
struct DataNotes: Sendable {
    let settings: SiteSettings
    let isDemonstration: Bool

    var files: [SiteFile] {
        [
            SiteFile(path: ArchiveCopies.folder + "/README.txt") { () throws(SiteError) in
                Array(readme.utf8)
            },
            SiteFile(path: ArchiveCopies.folder + "/CITATION.cff") { () throws(SiteError) in
                Array(citation.utf8)
            },
        ]
    }

    private var address: String? { settings.url.map { $0 + "/data/" } }

    private var readme: String {
        let notice =
            isDemonstration
            ? "DEMONSTRATION DATA. These numbers are invented; nobody wrote these posts.\n\n" : ""
        return notice + """
            Hashtags of \(settings.title)
            \(address ?? "")

            How many people used which hashtag, and what was trending, as CSV (UTF-8, times in UTC).
            datapackage.json names all files with types, sizes and SHA-256; index.html has the rules.
            Licence: \(settings.dataLicence). To cite: CITATION.cff.

            windows/    a line for each period of each source
            top/        popular hashtags of each day
            trending/   trending hashtags of each day
            tail/       up to a thousand hashtags of each window, which later ones are compared with
            related/    hashtags written together with listed ones, where that is counted
            links/      addresses given with listed hashtags, where that is counted
            recent/     windows and lists of the last seven days that are over, a file of each
            withheld/   how many lines are left out, where something was withdrawn
            ../tags/…/series.csv   what is known of one hashtag in each window
            2026/10/    such a month, once it is over, in a packed file of each table

            """
    }

    /// By https://citation-file-format.github.io; JSON's texts are YAML's too.
    private var citation: String {
        func quoted(_ text: String) -> String { JSONDocument.text(text).encoded }
        var text = """
            cff-version: 1.2.0
            message: If you use these data, please cite them so, with the days that you used.
            type: dataset
            title: \(quoted("Hashtags of \(settings.title)"))
            authors:
              - name: \(quoted(settings.title))

            """
        if let address { text += "url: \(quoted(address))\n" }
        if LicenceView(settings.dataLicence).link != nil {
            text += "license: \(settings.dataLicence)\n"
        }
        return text
    }
}
