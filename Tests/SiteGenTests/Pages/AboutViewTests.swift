import Testing

@testable import SiteGen

struct AboutViewTests {
    @Test(
        "says what is kept",
        arguments: [
            (
                true, true,
                "counts of hashtags, counts of hashtags written together and "
                    + "the addresses and titles of pages that several people gave with a hashtag",
                "no address but those that several people gave with a hashtag is"
            ),
            (
                true, false, "counts of hashtags and counts of hashtags written together",
                "no address is"
            ),
            (false, false, "counts of hashtags", "no address is"),
        ])
    func kept(related: Bool, links: Bool, words: String, never: String) async throws {
        try await withSite { site in
            var site = site
            (site.settings.keepsRelated, site.settings.keepsLinks) = (related, links)
            try site.archive("2026-11-22T00", tags: ["a"])
            try site.build()
            let page = try site.file("about/index.html")
            #expect(page.contains("Nothing of the posts is kept but \(words)."))
            #expect(page.contains("no picture and \(never) written down."))
        }
    }

    @Test(
        "leads to the text of a licence",
        arguments: [
            ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
            (
                "CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0",
                "https://creativecommons.org/licenses/by-nc-sa/4.0/"
            ),
            ("ODbL-1.0", "ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html"),
            ("LicenseRef-Ours", "LicenseRef-Ours", nil),
        ] as [(String, String, String?)])
    func licence(identifier: String, name: String, link: String?) {
        let view = LicenceView(identifier)
        #expect(view.name == name)
        #expect(view.link?.target == link)
    }
}
