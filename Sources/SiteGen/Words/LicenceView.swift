/// The licence of the published data, by its SPDX identifier (https://spdx.org/licenses/).
struct LicenceView: View {
    /// What it says, up to its name.
    let terms: String
    let name: String
    /// Its text; nil for one of the operator's own (`LicenseRef-…`).
    let link: Link?

    init(_ identifier: String) {
        let parts = identifier.split(separator: "-")
        if identifier == "CC0-1.0" {
            terms =
                "The counts are facts and free to use; as far as rights in them exist, they are "
                + "given up under"
            name = "CC0 1.0"
            link = Link("https://creativecommons.org/publicdomain/zero/1.0/")
            return
        }
        terms = "As far as rights in the counts exist, you may use them under the terms of"
        name = identifier
        switch parts.first {
        case "CC" where parts.count > 2:
            let kind = parts[1...(parts.count - 2)].joined(separator: "-").lowercased()
            link = Link("https://creativecommons.org/licenses/\(kind)/\(parts[parts.count - 1])/")
        case "LicenseRef": link = nil
        default: link = Link("https://spdx.org/licenses/\(identifier).html")
        }
    }
}
