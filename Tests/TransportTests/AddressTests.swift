import Testing

@testable import Transport

@Suite struct AddressTests {
    @Test(arguments: [
        ("https://example.org/a?b", "https", "example.org", "https://example.org/a"),
        ("https://example.org:8443", "https", "example.org:8443", "https://example.org:8443/"),
        ("wss://example.org/a/../b", "wss", "example.org", "wss://example.org/a/../b"),
        ("http://127.0.0.1:9/x", "http", "127.0.0.1:9", "http://127.0.0.1:9/x"),
        ("http://[::1]:80/", "http", "[::1]", "http://[::1]/"),
        ("ws://localhost/", "ws", "localhost", "ws://localhost/"),
        ("HTTP://LOCALHOST:1/", "http", "localhost:1", "http://localhost:1/"),
        ("http://127.1/", "http", "127.0.0.1", "http://127.0.0.1/"),
    ])
    func `Good addresses are read as curl reads them, and shown without query`(
        _ text: String, scheme: String, authority: String, shown: String
    ) throws {
        let address = try Address(text)
        #expect(address.scheme == scheme)
        #expect(address.authority.lowercased() == authority)
        #expect(address.description.lowercased() == shown)
        #expect(address.text == text)
    }

    @Test(arguments: [
        "http://example.org/", "ws://example.org/", "http://127.0.0.1.example.org/",
        "http://localhost.example.org/", "http://0.0.0.0/", "http://169.254.169.254/",
        "http://[::2]/",
        "http://2130706434.example/",
    ])
    func `Plain text to another machine is refused`(_ text: String) {
        let error = #expect(throws: TransportError.self) { try Address(text) }
        #expect(error?.description.contains("unencrypted") == true, "\(String(describing: error))")
    }

    @Test func `A host named as local may be asked in plain text, and no other`() throws {
        let hosts: Set = ["169.254.169.254", "[fd00:ec2::254]"]
        for text in ["http://169.254.169.254/a", "http://[fd00:ec2::254]/a", "http://127.0.0.1/"] {
            #expect(try Address(text, alsoPlainTo: hosts).isDirect, "\(text)")
        }
        #expect(try !Address("https://example.org/", alsoPlainTo: hosts).isDirect)
        for text in ["http://169.254.169.254.example.org/", "http://169.254.170.2/"] {
            #expect(throws: TransportError.self) { try Address(text, alsoPlainTo: hosts) }
        }
    }

    @Test(arguments: [
        ("https://127.0.0.1/", true), ("https://127.9.9.9:8443/", true), ("https://[::1]/", true),
        ("https://[::ffff:127.0.0.1]/", true), ("https://localhost/", true),
        ("wss://site.localhost/", true), ("https://169.254.169.254/", true),
        ("https://169.254.170.2/", true), ("https://[fe80::1]/", true),
        ("https://[febf::1]/", true), ("https://[fd00:ec2::254]/", true),
        ("https://0x7f.1/", true), ("https://169.254.1.example/", false),
        ("https://[fec0::1]/", false), ("https://[fd00:ec3::1]/", false),
        ("https://10.0.0.1/", false), ("https://localhost.example/", false),
        ("https://notlocalhost/", false),
    ])
    func `This machine, its link and its metadata services are asked without a proxy`(
        _ text: String, isDirect: Bool
    ) throws {
        #expect(try Address(text).isDirect == isDirect)
    }

    @Test(arguments: [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "https://", "https://a b/",
        "https://example.org/\r\nHost: evil", "gopher://localhost/",
    ])
    func `Anything else is no address`(_ text: String) {
        #expect(throws: TransportError.self) { try Address(text) }
    }

    @Test(arguments: [
        "https://user:hunter2@example.org/", "http://x:hunter2@/?hunter2", "hunter2@#hunter2",
    ])
    func `An address with a password is refused, and not shown with it`(_ text: String) {
        let error = #expect(throws: TransportError.self) { try Address(text) }
        #expect(error?.description.contains("hunter2") == false)
    }
}
