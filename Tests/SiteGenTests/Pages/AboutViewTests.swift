import Testing

@testable import SiteGen

struct AboutViewTests {
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
