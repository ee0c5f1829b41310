import AWS
import Tasks
import Testing
import Text
import Transport

@Suite struct SecretTests {
    private let environment = [
        "AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "hunter2",
        "AWS_SESSION_TOKEN": "hunter2",
    ]

    @Test func `No description and no dump of anything that holds a secret shows it`() async throws
    {
        let chain = CredentialChain(environment: environment, home: "/nowhere")
        let found = try await chain.credentials()
        let credentials = try #require(found)
        let signer = Signer(credentials: credentials, region: "us-east-1", service: "s3")
        let headers: Headers = [
            "Authorization": "hunter2", "X-Amz-Security-Token": "hunter2", "Cookie": "hunter2",
        ]
        let client = try S3Client(
            bucket: S3Bucket(name: "site", region: "us-east-1"), credentials: chain,
            http: HTTPClient(), retry: Retry())
        let address = try Address("https://example.org/a?X-Amz-Signature=hunter2")
        for value: Any in [
            Secret("hunter2"), credentials, chain, CachedCredentials(chain),
            Profile(environment: environment, home: "/nowhere"),
            EnvironmentCredentials(environment: environment),
            signer, headers, client, address, Request(.get, address, headers: headers),
        ] {
            var dumped = ""
            dump(value, to: &dumped)
            for shown in ["\(value)", String(reflecting: value), dumped] {
                #expect(!shown.contains("hunter2"), "\(type(of: value))")
            }
        }
        #expect(credentials == credentials && credentials.accessKeyID == "ID")
    }
}
