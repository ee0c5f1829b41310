import AWS
import Support
import Testing

/// Each place of the chain against a server that gives credentials.
@Suite struct CredentialPlacesTests {
    @Test func `The instance gives its role's, by a token`() async throws {
        try await withIdentityPeer { peer async throws in
            #expect(try await peer.id() == "instance.")
            #expect(
                try await peer.requests() == [
                    "PUT /latest/api/token",
                    "GET /latest/meta-data/iam/security-credentials/",
                    "GET /latest/meta-data/iam/security-credentials/site%20role",
                ])
        }
    }

    @Test func `The container comes before the instance, with its token`() async throws {
        try await withIdentityPeer { peer async throws in
            try write("container-token", to: peer.home + "/container")
            let uri = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": peer.address + "/container"]
            for token in [
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-token"],
                [
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN": "an old one",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": peer.home + "/container",
                ],
            ] {
                #expect(try await peer.id(uri.merging(token) { $1 }) == "container.")
            }
        }
    }

    @Test func `Web identity comes before profiles, and after keys in the environment`()
        async throws
    {
        let keys = "[default]\naws_access_key_id = FILE\naws_secret_access_key = secret-of-FILE\n"
        try await withIdentityPeer(credentials: keys) { peer async throws in
            var environment = [
                "AWS_WEB_IDENTITY_TOKEN_FILE": peer.home + "/token",
                "AWS_ROLE_ARN": "arn:aws:iam::1:role/site",
            ]
            #expect(try await peer.id() == "FILE")
            #expect(try await peer.id(environment) == "web.site")
            environment["AWS_ROLE_SESSION_NAME"] = "night"
            #expect(try await peer.id(environment) == "web.site")
            environment["AWS_ACCESS_KEY_ID"] = "VARIABLE"
            environment["AWS_SECRET_ACCESS_KEY"] = "secret-of-VARIABLE"
            #expect(try await peer.id(environment) == "VARIABLE")
            #expect(
                try await peer.requests() == [
                    "AssumeRoleWithWebIdentity site tidemark",
                    "AssumeRoleWithWebIdentity site night",
                ])
        }
    }

    @Test(arguments: [
        (
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://198.51.100.7/container"],
            "would go unencrypted to another machine"
        ),
        (
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.169.254/container"],
            "would go unencrypted to another machine"
        ),
        (
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://169.254.170.2"],
            "would go unencrypted to another machine"
        ),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "PEER/container"], "answers with 401"),
        (
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "PEER/container/garbled",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-token",
            ], "not JSON of credentials"
        ),
        (
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "PEER/container/hollow",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-token",
            ], "AccessKeyId or SecretAccessKey is missing"
        ),
        (
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "PEER/container",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-token\r\nHost: hunter2",
            ], "the header Authorization"
        ),
        (
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "PEER/container",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/nowhere/token",
            ], "/nowhere/token: there is no such file"
        ),
        (["AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere/token"], "AWS_ROLE_ARN is missing"),
        (
            ["AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere/token", "AWS_ROLE_ARN": "a/b"],
            "/nowhere/token: there is no such file"
        ),
        (["AWS_EC2_METADATA_DISABLED": "true"], "switched off by AWS_EC2_METADATA_DISABLED"),
    ])
    func `A place set up wrongly is one clear sentence`(
        _ environment: [String: String], sentence: String
    ) async throws {
        try await withIdentityPeer { peer async throws in
            let environment = environment.mapValues {
                $0.hasPrefix("PEER") ? peer.address + $0.dropFirst(4) : $0
            }
            let error = await #expect(throws: AWSError.self) { try await peer.id(environment) }
            #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
            #expect(error?.description.contains("hunter2") == false)
            #expect(error?.description.contains("\n") == false)
        }
    }

    @Test func `Where nothing answers, the sentence names every place`() async throws {
        try await withIdentityPeer { peer async throws in
            let endpoint = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1"]
            let error = await #expect(throws: AWSError.self) { try await peer.id(endpoint) }
            #expect(
                error?.description == """
                    no AWS credentials found in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY); nor in web \
                    identity (AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN); nor in profile default in \
                    \(peer.home)/.aws/credentials and \(peer.home)/.aws/config; nor in the container \
                    (AWS_CONTAINER_CREDENTIALS_FULL_URI, …_RELATIVE_URI); nor in EC2 instance metadata
                    """)
        }
    }
}
