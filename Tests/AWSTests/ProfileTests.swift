import AWS
import Calendar
import Digest
import Foundation
import Support
import Testing

/// Roles, chains of profiles and processes, against an STS that checks signatures.
@Suite struct ProfileTests {
    private let config = """
        [default]
        region = eu-west-1

        [profile base]
        aws_access_key_id = BASE
        aws_secret_access_key = secret-of-BASE

        [profile one]
        role_arn = arn:aws:iam::1:role/one
        source_profile = base
        role_session_name = deploy

        [profile two]
        role_arn = arn:aws:iam::1:role/two
        source_profile = one

        [profile own]
        role_arn = arn:aws:iam::1:role/own
        source_profile = own
        aws_access_key_id = OWN
        aws_secret_access_key = secret-of-OWN

        [profile through-own]
        role_arn = arn:aws:iam::1:role/through
        source_profile = own

        [profile guarded]
        role_arn = arn:aws:iam::1:role/guarded
        source_profile = base
        external_id = between-us
        duration_seconds = 900

        [profile unguarded]
        role_arn = arn:aws:iam::1:role/guarded
        source_profile = base

        [profile environment]
        role_arn = arn:aws:iam::1:role/environment
        credential_source = Environment

        [profile container]
        role_arn = arn:aws:iam::1:role/container
        credential_source = EcsContainer

        [profile instance]
        role_arn = arn:aws:iam::1:role/instance
        credential_source = Ec2InstanceMetadata

        [profile web]
        role_arn = arn:aws:iam::1:role/web
        web_identity_token_file = HOME/token

        [profile printed]
        credential_process = printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"secret-of-%s"}' "SHELL" SHELL

        [profile flaky]
        role_arn = arn:aws:iam::1:role/flaky
        source_profile = base

        [profile later]
        role_arn = arn:aws:iam::1:role/later
        source_profile = base

        [profile denied]
        role_arn = arn:aws:iam::1:role/denied
        source_profile = base

        [profile garbled]
        role_arn = arn:aws:iam::1:role/garbled
        source_profile = base

        [profile circle]
        role_arn = arn:aws:iam::1:role/circle
        source_profile = circle-back

        [profile circle-back]
        role_arn = arn:aws:iam::1:role/back
        source_profile = circle

        [profile alone]
        role_arn = arn:aws:iam::1:role/alone

        [profile lost]
        role_arn = arn:aws:iam::1:role/lost
        source_profile = nowhere

        [profile hollow]
        role_arn = arn:aws:iam::1:role/hollow
        source_profile = default

        [profile both]
        role_arn = arn:aws:iam::1:role/both
        source_profile = base
        credential_source = Environment

        [profile elsewhere]
        role_arn = arn:aws:iam::1:role/elsewhere
        credential_source = Moon

        [profile code]
        role_arn = arn:aws:iam::1:role/code
        source_profile = base
        mfa_serial = arn:aws:iam::1:mfa/me

        [profile browser]
        login_session = mine

        [profile failing]
        credential_process = echo hunter2; exit 3

        [profile chatty]
        credential_process = echo hunter2

        [misnamed]
        aws_access_key_id = M
        aws_secret_access_key = hunter2

        [profile region-only]
        region = eu-west-1

        [profile typo]
        role_arnn = arn:aws:iam::1:role/typo
        aws_access_key_id = BASE
        aws_secret_access_key = hunter2

        [profile empty]
        role_arn =
        aws_access_key_id = BASE
        aws_secret_access_key = hunter2

        [profile lone]
        source_profile = base
        aws_access_key_id = BASE
        aws_secret_access_key = hunter2

        [profile endless]
        credential_process = yes hunter2

        [profile "two  words"]
            aws_access_key_id: WORDS
            aws_secret_access_key:\u{A0}secret-of-WORDS\u{A0}

        [profile signed-on]
        sso_session = mine
        sso_account_id = 1
        sso_role_name = site

        [profile signed-on-old]
        sso_start_url = https://old.example/start
        sso_region = eu-west-1
        sso_account_id = 2
        sso_role_name = site

        [profile signed-on-role]
        role_arn = arn:aws:iam::1:role/site
        source_profile = signed-on

        [sso-session mine]
        sso_start_url = https://mine.example/start
        sso_region = eu-west-1

        [profile signed-out]
        sso_session = other
        sso_account_id = 1
        sso_role_name = site

        [sso-session other]
        sso_start_url = https://other.example/start
        sso_region = eu-west-1

        [profile expired]
        sso_start_url = https://expired.example/start
        sso_region = eu-west-1
        sso_account_id = 2
        sso_role_name = site

        [profile revoked]
        sso_start_url = https://revoked.example/start
        sso_region = eu-west-1
        sso_account_id = 2
        sso_role_name = site

        [profile renewed]
        sso_session = over
        sso_account_id = 3
        sso_role_name = site

        [sso-session over]
        sso_start_url = https://over.example/start
        sso_region = eu-west-1

        [profile soon-over]
        sso_session = soon
        sso_account_id = 3
        sso_role_name = site

        [sso-session soon]
        sso_start_url = https://soon.example/start
        sso_region = eu-west-1

        [profile unrenewed]
        sso_session = gone
        sso_account_id = 3
        sso_role_name = site

        [sso-session gone]
        sso_start_url = https://gone.example/start
        sso_region = eu-west-1

        [profile half-signed]
        sso_session = mine
        sso_account_id = 1

        [profile no-session]
        sso_session = nowhere
        sso_account_id = 1
        sso_role_name = site

        [profile dated]
        credential_process = printf '{"Version":2,"AccessKeyId":"A","SecretAccessKey":"hunter2"}'
        """

    private func withPeer(
        _ body: @Sendable (IdentityPeer) async throws -> Void
    ) async throws {
        try await withIdentityPeer { peer async throws in
            let text = config.replacing("HOME", with: peer.home)
            try write(text, to: peer.home + "/.aws/config")
            for (session, token, end) in [
                ("mine", "sign-in", "2999-01-01T00:00:00Z"),
                ("https://old.example/start", "sign-in", "2999-01-01T00:00:00UTC"),
                ("https://expired.example/start", "hunter2", "2020-01-01T00:00:00Z"),
                ("https://revoked.example/start", "hunter2", "2999-01-01T00:00:00Z"),
            ] {
                let name = try #require(SHA1(of: session.utf8)).hex
                try write(
                    "{\"accessToken\":\"\(token)\",\"expiresAt\":\"\(end)\",\"region\":\"eu-west-1\"}",
                    to: peer.home + "/.aws/sso/cache/\(name).json")
            }
            for (session, token, renewal, end) in [
                ("over", "hunter2", "again", "2020-01-01T00:00:00Z"),
                // Good for ten minutes more: renewed if it can be, else taken.
                ("soon", "sign-in", "no more", "\(Timestamp.now() + 600)"),
                ("gone", "hunter2", "no more", "2020-01-01T00:00:00Z"),
            ] {
                try write(
                    """
                    {"startUrl": "https://\(session).example/start", "region": "eu-west-1",
                    "accessToken": "\(token)", "expiresAt": "\(end)", "clientId": "client",
                    "clientSecret": "hunter2", "registrationExpiresAt": "2999-01-01T00:00:00Z",
                    "refreshToken": "\(renewal)"}
                    """, to: peer.cache(of: session))
            }
            try await body(peer)
        }
    }

    @Test func `A role is taken on from wherever the profile says`() async throws {
        try await withPeer { peer async throws in
            for (profile, id) in [
                ("base", "BASE"), ("one", "BASE.one"), ("two", "BASE.one.two"),
                ("own", "OWN.own"), ("through-own", "OWN.through"), ("guarded", "BASE.guarded"),
                ("instance", "instance..instance"), ("web", "web.web"), ("printed", "SHELL"),
                ("flaky", "BASE.flaky"), ("later", "BASE.later"), ("two  words", "WORDS"),
                ("signed-on", "portal.1.site"), ("signed-on-old", "portal.2.site"),
                ("signed-on-role", "portal.1.site.site"),
            ] {
                #expect(try await peer.id(["AWS_PROFILE": profile]) == id)
            }
            let container = [
                "AWS_PROFILE": "container", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-token",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": peer.address + "/container",
            ]
            #expect(try await peer.id(container) == "container..container")
            #expect(try await peer.requests().contains("AssumeRole one deploy"))
        }
    }

    @Test func `A sign-in that is over is renewed, once, and kept for the tools`() async throws {
        try await withPeer { peer async throws in
            for _ in 1...2 {
                #expect(try await peer.id(["AWS_PROFILE": "renewed"]) == "portal.3.site")
            }
            #expect(try await peer.id(["AWS_PROFILE": "soon-over"]) == "portal.3.site")
            #expect(
                try await peer.requests().filter { $0.hasPrefix("CreateToken") } == [
                    "CreateToken refresh_token", "CreateToken refresh_token",
                ])
            let path = try peer.cache(of: "over")
            let kept = text(path)
            for part in [
                "\"accessToken\" : \"sign-in\"", "\"refreshToken\" : \"once more\"",
                "\"startUrl\" : \"https://over.example/start\"", "\"clientId\" : \"client\"",
            ] { #expect(kept.contains(part), "\(kept)") }
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `A role on keys of the environment is asked for once they are a place of their own`()
        async throws
    {
        try await withPeer { peer async throws in
            // Keys in the environment come before any profile, as in the SDKs.
            let keys = ["AWS_ACCESS_KEY_ID": "KEYS", "AWS_SECRET_ACCESS_KEY": "secret-of-KEYS"]
            let environment = keys.merging(["AWS_PROFILE": "environment"]) { $1 }
            #expect(try await peer.id(environment) == "KEYS")
            let profile = Profile(
                environment: environment.merging(["AWS_ENDPOINT_URL": peer.address]) { $1 },
                home: peer.home)
            #expect(try await profile.credentials()?.accessKeyID == "KEYS.environment")
        }
    }

    @Test func `AWS_DEFAULT_PROFILE names one where AWS_PROFILE does not`() async throws {
        try await withPeer { peer async throws in
            #expect(try await peer.id(["AWS_DEFAULT_PROFILE": "base"]) == "BASE")
            #expect(
                try await peer.id(["AWS_DEFAULT_PROFILE": "own", "AWS_PROFILE": "base"]) == "BASE")
            let error = await #expect(throws: AWSError.self) {
                try await peer.id(["AWS_DEFAULT_PROFILE": "absent"])
            }
            #expect(error?.description.contains("AWS_DEFAULT_PROFILE names absent") == true)
        }
    }

    @Test func `A default profile without credentials leaves the word to the machine`() async throws
    {
        try await withPeer { peer async throws in #expect(try await peer.id() == "instance.") }
    }

    @Test func `The credentials file wins over the configuration, setting by setting`() async throws
    {
        let credentials = "[base]\naws_access_key_id = NEW\naws_secret_access_key = secret-of-NEW\n"
        try await withPeer { peer async throws in
            try write(credentials, to: peer.home + "/.aws/credentials")
            #expect(try await peer.id(["AWS_PROFILE": "one"]) == "NEW.one")
        }
    }

    @Test(arguments: [
        ("unguarded", "AssumeRole on arn:aws:iam::1:role/guarded: access denied (AccessDenied)"),
        ("denied", "not for denied; the credentials need sts:AssumeRole"),
        ("garbled", "AssumeRole: the answer cannot be understood"),
        ("circle", "goes round in a circle: circle, circle-back, circle"),
        ("alone", "role_arn needs source_profile or credential_source"),
        ("lost", "source_profile names nowhere, which is not there"),
        ("hollow", "what it takes its role on with has no credentials"),
        ("both", "both source_profile and credential_source"),
        ("elsewhere", "credential_source is Environment, EcsContainer or Ec2InstanceMetadata"),
        ("code", "mfa_serial"),
        ("browser", "aws configure export-credentials --profile browser"),
        ("failing", "credential_process of profile failing: it ended with code 3"),
        ("chatty", "credential_process of profile chatty: what it gave is not JSON"),
        ("dated", "its version 2 is not 1"),
        ("environment", "what it takes its role on with has no credentials"),
        ("absent", "AWS_PROFILE names absent"),
        ("misnamed", "its line has to be [profile misnamed]"),
        ("region-only", "it has no credentials, and AWS_PROFILE names it"),
        ("typo", "it has a setting role_arnn: is it meant to be role_arn?"),
        ("empty", "role_arn is empty"),
        ("lone", "source_profile is set, and role_arn is not"),
        ("endless", "it printed over 65536 bytes"),
        ("signed-out", "its sign-in is not there; run aws sso login --profile signed-out"),
        ("expired", "its sign-in has ended; run aws sso login --profile expired"),
        ("revoked", "its sign-in has ended; run aws sso login --profile revoked"),
        ("unrenewed", "its sign-in has ended; run aws sso login --profile unrenewed"),
        ("half-signed", "sso_role_name is missing"),
        ("no-session", "sso_session names what is not there: [sso-session nowhere]"),
    ])
    func `What cannot be had is one sentence without a secret`(
        profile: String, sentence: String
    ) async throws {
        try await withPeer { peer async throws in
            let error = await #expect(throws: AWSError.self) {
                try await peer.id(["AWS_PROFILE": profile])
            }
            let said = error?.description ?? ""
            #expect(said.contains(sentence), "\(said)")
            for secret in ["hunter2", "between-us", "secret-of", "token-of", "\n"] {
                #expect(!said.contains(secret), "\(said)")
            }
        }
    }

    @Test(arguments: [("/.aws/credentials", false), ("/.aws/config", false), ("/.aws", true)])
    func `A file that is there and cannot be read is not passed over`(
        path: String, isFolder: Bool
    ) async throws {
        try await withPeer { peer async throws in
            let place = peer.home + path
            try? FileManager.default.removeItem(atPath: place)
            if isFolder {
                try write("precious", to: place)
            } else {
                try FileManager.default.createSymbolicLink(
                    atPath: place, withDestinationPath: place)
            }
            let error = await #expect(throws: AWSError.self) { try await peer.id([:]) }
            let said = error?.description ?? ""
            #expect(
                said.contains(place)
                    && said.hasSuffix(
                        isFolder
                            ? "cannot be read: Not a directory"
                            : "cannot be read: Too many levels of symbolic links"),
                "\(said)")
        }
    }
}
