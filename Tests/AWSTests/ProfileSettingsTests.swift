import AWS
import Glibc
import Support
import Testing

/// What profiles and variables say besides credentials.
@Suite struct ProfileSettingsTests {
    private let config = """
        [default]
        endpoint_url = https://all.example
        s3 =
            addressing_style = path
            endpoint_url = https://not-here.example

        [profile parts]
        services = mine
        endpoint_url = https://all.example
        ca_bundle = ~/own.pem

        [services mine]
        s3 =
          endpoint_url = https://s3.example
        sts:
          endpoint_url: https://sts.example

        [profile ignoring]
        ignore_configured_endpoint_urls = true
        endpoint_url = https://all.example

        [profile lost]
        services = nowhere
        """

    private func withProfile<Value>(
        _ environment: [String: String], _ body: (Profile) throws -> Value
    ) async throws -> Value {
        try await withTemporaryFolder { home in
            try write(config, to: home + "/.aws/config")
            return try body(Profile(environment: environment, home: home))
        }
    }

    @Test(
        arguments: [
            ([:], "s3", "https://all.example"),
            (["AWS_ENDPOINT_URL": "https://variable.example"], "s3", "https://variable.example"),
            (
                [
                    "AWS_ENDPOINT_URL": "https://a.example",
                    "AWS_ENDPOINT_URL_S3": "https://b.example",
                ],
                "s3", "https://b.example"
            ),
            (["AWS_ENDPOINT_URL_STS": "https://b.example"], "s3", "https://all.example"),
            (["AWS_PROFILE": "parts"], "s3", "https://s3.example"),
            (["AWS_PROFILE": "parts"], "sts", "https://sts.example"),
            (["AWS_PROFILE": "parts"], "cloudfront", "https://all.example"),
            (
                ["AWS_PROFILE": "parts", "AWS_ENDPOINT_URL": "https://a.example"], "s3",
                "https://a.example"
            ),
            (["AWS_PROFILE": "ignoring"], "s3", nil),
            (["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"], "s3", nil),
        ] as [([String: String], String, String?)])
    func `A service is asked where the variables or the profile say`(
        _ environment: [String: String], service: String, endpoint: String?
    ) async throws {
        #expect(
            try await withProfile(environment) { try $0.endpoint(of: service) } == endpoint)
    }

    @Test func `A section of services that is not there is an error`() async throws {
        await #expect(throws: AWSError.self) {
            try await withProfile(["AWS_PROFILE": "lost"]) { try $0.endpoint(of: "s3") }
        }
    }

    @Test(
        arguments: [
            ([:], nil), (["SSL_CERT_FILE": "/a.pem"], "/a.pem"),
            (["SSL_CERT_FILE": "/a.pem", "AWS_CA_BUNDLE": "/b.pem"], "/b.pem"),
            (["SSL_CERT_FILE": "/a.pem", "AWS_PROFILE": "parts"], "HOME/own.pem"),
            (["AWS_CA_BUNDLE": "~/b.pem", "AWS_PROFILE": "parts"], "HOME/b.pem"),
        ] as [([String: String], String?)])
    func `Authorities are named by the variable of AWS, the profile, or that of all`(
        _ environment: [String: String], path: String?
    ) async throws {
        try await withTemporaryFolder { home in
            try write(config, to: home + "/.aws/config")
            let found = try Profile(environment: environment, home: home).certificates()
            #expect(found == path?.replacing("HOME", with: home))
        }
    }

    @Test func `The tools' style of addressing is read`() async throws {
        #expect(try await withProfile([:]) { try $0.addressingStyle() } == "path")
    }

    @Test func `The folder of who runs this is known without HOME`() throws {
        #expect(HomeFolder.path(in: ["HOME": "/somewhere"]) == "/somewhere")
        let known = HomeFolder.path(in: [:])
        #expect(known.hasPrefix("/"))
        #expect(HomeFolder.expanding("~/a", home: "/h") == "/h/a")
        #expect(HomeFolder.expanding("~", home: "/h") == "/h")
        let root = try #require(getpwnam("root")?.pointee.pw_dir)
        #expect(HomeFolder.expanding("~root/a", home: "/h") == String(cString: root) + "/a")
        #expect(HomeFolder.expanding("~nobody-at-all/a", home: "/h") == "~nobody-at-all/a")
        #expect(HomeFolder.expanding("/a/~", home: "/h") == "/a/~")
    }
}
