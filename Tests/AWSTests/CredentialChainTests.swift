import AWS
import Support
import Testing
import Text

@Suite struct CredentialChainTests {
    private let credentialsFile = """
        # made by hand
        [default]
        aws_access_key_id = DEFAULTID
        aws_secret_access_key = default/secret+=#;x

        [work]
        aws_access_key_id=WORKID
        AWS_SECRET_ACCESS_KEY=worksecret ; a comment
        aws_session_token = worktoken
        s3 =
          max_concurrent_requests = 20

        [half]
        aws_access_key_id = HALF
        """

    private func found(
        _ environment: [String: String] = [:], credentials: String? = nil, config: String? = nil
    ) async throws -> Credentials? {
        try await withTemporaryFolder { home in
            if let credentials { try write(credentials, to: home + "/.aws/credentials") }
            if let config { try write(config, to: home + "/.aws/config") }
            let environment = environment.merging(["AWS_EC2_METADATA_DISABLED": "true"]) { $1 }
            return try await CredentialChain(environment: environment, home: home).credentials()
        }
    }

    @Test func `The environment comes first`() async throws {
        let environment = [
            "AWS_ACCESS_KEY_ID": "ID", "AWS_SECRET_ACCESS_KEY": "KEY", "AWS_PROFILE": "work",
        ]
        #expect(
            try await found(environment, credentials: credentialsFile)
                == Credentials(accessKeyID: "ID", secretAccessKey: Secret("KEY")))
    }

    @Test func `Without a name the profile is the default one`() async throws {
        #expect(
            try await found(credentials: credentialsFile)
                == Credentials(
                    accessKeyID: "DEFAULTID", secretAccessKey: Secret("default/secret+=#;x")))
    }

    @Test func `AWS_PROFILE names one, and a comment is none of its secret`() async throws {
        #expect(
            try await found(["AWS_PROFILE": "work"], credentials: credentialsFile)
                == Credentials(
                    accessKeyID: "WORKID", secretAccessKey: Secret("worksecret"),
                    sessionToken: Secret("worktoken")))
    }

    @Test func `A profile may stand in the configuration file, under another kind of name`()
        async throws
    {
        let config =
            "[profile site]\naws_access_key_id = A\naws_secret_access_key = B\nregion = eu-west-1\n"
        #expect(
            try await found(["AWS_PROFILE": "site"], config: config)
                == Credentials(accessKeyID: "A", secretAccessKey: Secret("B")))
        try await withTemporaryFolder { home in
            try write(config, to: home + "/.aws/config")
            for (more, region) in [
                ([:], "eu-west-1"), (["AWS_DEFAULT_REGION": "b"], "b"),
                (["AWS_DEFAULT_REGION": "b", "AWS_REGION": "a"], "a"),
            ] {
                let environment = more.merging(["AWS_PROFILE": "site"]) { $1 }
                #expect(try Profile(environment: environment, home: home).region() == region)
            }
        }
    }

    @Test func `Files named in the environment are read in the place of the usual ones`()
        async throws
    {
        try await withTemporaryFolder { folder in
            try write(
                "[default]\r\naws_access_key_id=A\r\naws_secret_access_key=B\r\n",
                to: folder + "/keys")
            let chain = CredentialChain(
                environment: ["AWS_SHARED_CREDENTIALS_FILE": folder + "/keys"], home: "/nowhere")
            #expect(
                try await chain.credentials()
                    == Credentials(accessKeyID: "A", secretAccessKey: Secret("B")))
        }
    }

    @Test func `With none the error says where was looked`() async {
        let error = await #expect(throws: AWSError.self) { try await found() }
        #expect(error?.description.contains("AWS_ACCESS_KEY_ID") == true)
        #expect(error?.description.contains(".aws/credentials") == true)
    }

    @Test(arguments: [
        (["AWS_ACCESS_KEY_ID": "ID"], "", "AWS_SECRET_ACCESS_KEY is missing"),
        (["AWS_SECRET_ACCESS_KEY": "KEY"], "", "AWS_ACCESS_KEY_ID is missing"),
        (
            ["AWS_PROFILE": "half"], "[half]\naws_access_key_id = ID\n",
            "aws_secret_access_key is missing"
        ),
        (["AWS_PROFILE": "typo"], "[work]\n", "AWS_PROFILE names typo"),
        ([:], "[default\n", "credentials:1: a [ without a ]"),
        ([:], "[default]\nhunter2\n", "credentials:2: expected key = value"),
        ([:], "aws_secret_access_key = hunter2\n", "credentials:1: expected a [profile]"),
    ])
    func `Half a setting is an error that shows no secret`(
        _ environment: [String: String], file: String, sentence: String
    ) async {
        let error = await #expect(throws: AWSError.self) {
            try await found(environment, credentials: file)
        }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("hunter2") == false)
    }
}
