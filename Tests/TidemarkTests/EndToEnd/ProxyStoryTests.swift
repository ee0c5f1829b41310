import Foundation
import Support
import Testing

/// Everything that goes to another machine, through a CONNECT proxy that alone knows those machines.
@Suite("behind a proxy")
struct ProxyStoryTests {
    private static func port(_ address: String) -> Int {
        address.split(separator: ":").last.flatMap { Int($0) } ?? 0
    }

    /// What a run has to be told.
    private static func variables(
        _ proxy: ProxyPeer, _ certificates: String, user: String = ""
    ) -> [String: String] {
        [
            "HTTPS_PROXY": "http://\(user)127.0.0.1:\(proxy.port)",
            "SSL_CERT_FILE": certificates + "/ca.pem", "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    @Test(
        "a bucket is published to, twice, and the conditions hold",
        .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func bucket() async throws {
        try await withCertificates { certificates in
            try await withS3Peer { peer in
                let settings = ProxyPeer.Settings(
                    hosts: ["s3.tidemark.example:443": Self.port(peer.endpoint)],
                    certificate: certificates + "/names.pem", user: "me:sesame")
                try await withProxyPeer(settings) { proxy in
                    try await withTemporaryFolder { path in
                        var folder = try OperatorFolder(path)
                        folder.publish(to: peer)
                        folder.environment.merge(
                            Self.variables(proxy, certificates, user: "me:sesame@")
                        ) { $1 }
                        folder.environment["TIDEMARK_PUBLISH_ENDPOINT"] =
                            "https://s3.tidemark.example"
                        #expect(
                            try await folder.tidemark("publish")
                                == ProgramRun(code: 0, output: "", errors: ""))
                        let bucket = try await BucketState(peer)
                        #expect(bucket.contents == (try folder.state().contents(of: "public")))
                        try write(
                            "tag,since,reason\ntidewatch,2026-11-22T00:00:00Z,asked for\n",
                            to: "\(path)/archive/withdrawn.csv")
                        #expect(try await folder.tidemark("publish").code == 0)
                        let again = try await folder.tidemark("publish", "--verbose")
                        #expect(again.errors.contains("0 uploaded"), "\(again.errors)")
                        #expect(
                            try await BucketState(peer).contents
                                == (try folder.state().contents(of: "public")))
                        #expect(Set(try await proxy.seen()) == ["s3.tidemark.example:443"])

                        // Without the password, and without the proxy.
                        folder.environment["HTTPS_PROXY"] =
                            "http://me:hunter2@127.0.0.1:\(proxy.port)"
                        let refused = try await folder.tidemark("doctor")
                        #expect(refused.code == 1 && !refused.output.contains("hunter2"))
                        #expect(
                            refused.output.contains(
                                "the proxy of HTTPS_PROXY or ALL_PROXY answers 407; it wants a name and a password"
                            ), "\(refused.output)")
                        folder.environment["HTTPS_PROXY"] = "http://127.0.0.1:1"
                        let absent = try await folder.tidemark("doctor")
                        #expect(
                            absent.output.contains(
                                "index.html: by the proxy of HTTPS_PROXY or ALL_PROXY: Failed to connect to 127.0.0.1"
                            ), "\(absent.output)")
                        folder.environment["NO_PROXY"] = "other.example,.tidemark.example"
                        let direct = try await folder.tidemark("doctor")
                        #expect(
                            direct.output.contains("Could not resolve host: s3.tidemark.example"),
                            "\(direct.output)")
                    }
                }
            }
        }
    }

    @Test(
        "CloudFront and STS are asked through it, by ALL_PROXY too",
        .enabled(if: AWSPeer.isThere, "the AWS of the test set-up is not installed"))
    func services() async throws {
        try await withCertificates { certificates in
            try await withAWSPeer { peer in
                try await withPeer("identity.py") { identity in
                    let settings = ProxyPeer.Settings(
                        hosts: [
                            "site.tidemark.example:443": Self.port(peer.endpoint),
                            "cloudfront.tidemark.example:443": Self.port(peer.endpoint),
                            "www.tidemark.example:443": Self.port(peer.endpoint),
                            "sts.tidemark.example:443": Int(identity) ?? 0,
                        ], certificate: certificates + "/names.pem")
                    try await withProxyPeer(settings) { proxy in
                        try await withTemporaryFolder { path in
                            var folder = try OperatorFolder(path)
                            try write(
                                """
                                [profile site]
                                role_arn: arn:aws:iam::1:role/site
                                source_profile = base
                                services = here
                                ca_bundle = ~/../ca.pem
                                [profile base]
                                  aws_access_key_id = BASE
                                  aws_secret_access_key = secret-of-BASE
                                [services here]
                                sts =
                                  endpoint_url = https://sts.tidemark.example
                                """, to: path + "/home/.aws/config")
                            try write(
                                Support.text(certificates + "/ca.pem"), to: path + "/ca.pem")
                            var variables = Self.variables(proxy, certificates)
                            variables["ALL_PROXY"] = variables.removeValue(forKey: "HTTPS_PROXY")
                            variables["SSL_CERT_FILE"] = nil
                            folder.environment = variables.merging([
                                "HOME": path + "/home", "AWS_PROFILE": "site",
                                "AWS_ENDPOINT_URL_S3": "https://tidemark.example",
                                "TIDEMARK_PUBLISH_ADDRESSING": "host",
                                "AWS_ENDPOINT_URL_CLOUDFRONT":
                                    "https://cloudfront.tidemark.example",
                                "TIDEMARK_PUBLISH_BUCKET": "site",
                                "TIDEMARK_SITE_URL": "https://www.tidemark.example/",
                                "TIDEMARK_PUBLISH_DISTRIBUTION": peer.distribution,
                            ]) { $1 }
                            let first = try await folder.tidemark("publish")
                            #expect(first == ProgramRun(code: 0, output: "", errors: ""))
                            try write(
                                "tag,since,reason\ntidewatch,2026-11-22T00:00:00Z,asked for\n",
                                to: "\(path)/archive/withdrawn.csv")
                            #expect(try await folder.tidemark("publish").code == 0)
                            #expect(try await peer.invalidations().count == 1)
                            #expect(
                                Set(try await proxy.seen()) == [
                                    "site.tidemark.example:443", "www.tidemark.example:443",
                                    "cloudfront.tidemark.example:443",
                                    "sts.tidemark.example:443",
                                ])
                        }
                    }
                }
            }
        }
    }

    @Test("Mastodon, X and Jetstream's WebSockets are read through it")
    func sources() async throws {
        try await withTemporaryFolder { path in
            try write("", to: path + "/none.ndjson")
            try await withCertificates { certificates in
                try await withMastodonPeer(#"{"token":"hunter2"}"#) { town in
                    try await withXPeer(#"{"token":"hunter3"}"#) { x in
                        try await withJetstream(JetstreamScript(path + "/none.ndjson")) { sky in
                            let hosts = [("town", town), ("x", x), ("sky", sky)].map {
                                ("\($0.0).tidemark.example:443", Self.port($0.1))
                            }
                            let settings = ProxyPeer.Settings(
                                hosts: Dictionary(uniqueKeysWithValues: hosts),
                                certificate: certificates + "/names.pem")
                            try await withProxyPeer(settings) { proxy in
                                var folder = try OperatorFolder(
                                    path,
                                    """
                                    sources:
                                      town: { kind: mastodon, servers: ["https://town.tidemark.example"] }
                                      x: { kind: x, server: "https://x.tidemark.example", rules: [a] }
                                      sky: { kind: bluesky, hosts: ["wss://sky.tidemark.example"] }
                                    """)
                                folder.environment = Self.variables(proxy, certificates).merging([
                                    "TIDEMARK_SOURCES_TOWN_TOKEN": "hunter2",
                                    "TIDEMARK_SOURCES_X_TOKEN": "hunter3",
                                ]) { $1 }
                                let run = try await folder.tidemark("doctor")
                                #expect(!run.output.contains("wrong"), "\(run.output)")
                                #expect(Set(try await proxy.seen()) == Set(hosts.map(\.0)))
                            }
                        }
                    }
                }
            }
        }
    }

    @Test("a proxy that refuses is told with what to do, for each kind of server")
    func refused() async throws {
        try await withCertificates { certificates in
            let settings = ProxyPeer.Settings(
                hosts: [:], certificate: certificates + "/names.pem", status: 403)
            try await withProxyPeer(settings) { proxy in
                try await withTemporaryFolder { path in
                    var folder = try OperatorFolder(
                        path,
                        """
                        sources:
                          town: { kind: mastodon, servers: ["https://town.tidemark.example"] }
                          sky: { kind: bluesky, hosts: ["wss://sky.tidemark.example"] }
                        publish: { bucket: site, endpoint: "https://s3.tidemark.example" }
                        """)
                    folder.environment = Self.variables(proxy, certificates).merging([
                        "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B",
                    ]) { $1 }
                    let run = try await folder.tidemark("doctor")
                    let lines = run.output.split(separator: "\n").filter {
                        $0.contains(
                            "the proxy of HTTPS_PROXY or ALL_PROXY answers 403; whoever runs it can let this host through"
                        )
                    }
                    #expect(lines.count == 3, "\(run.output)")
                }
            }
        }
    }

    @Test(
        "what is on this machine is asked without it",
        .enabled(if: S3Peer.isThere, "the S3 server of the test set-up is not installed"))
    func direct() async throws {
        try await withS3Peer { peer in
            try await withTemporaryFolder { path in
                var folder = try OperatorFolder(path)
                folder.publish(to: peer)
                for name in ["http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
                    folder.environment[name] = "http://127.0.0.1:1"
                }
                #expect(
                    try await folder.tidemark("publish")
                        == ProgramRun(code: 0, output: "", errors: ""))
            }
        }
    }

    @Test("an authority that is missing is named by doctor, and may be named in each way")
    func authorities() async throws {
        let gone: ScriptedPart = "HTTP/1.1 404 Not Found\nContent-Length: 0\n\n"
        try await withCertificates { certificates in
            try await withScriptedServer([[gone]], certificate: certificates + "/good.pem") {
                port in
                try await withMastodonPeer(
                    "{}", certificate: certificates + "/good.pem"
                ) { town in
                    try await withTemporaryFolder { path in
                        var folder = try OperatorFolder(
                            path,
                            """
                            sources: { town: { kind: mastodon, servers: ["\(town)"] } }
                            publish: { bucket: site, endpoint: "https://127.0.0.1:\(port)" }
                            """)
                        try write(Support.text(certificates + "/ca.pem"), to: path + "/ca.pem")
                        try write(
                            "[profile own]\naws_access_key_id = A\naws_secret_access_key = B\n"
                                + "ca_bundle = ~/ca.pem\n", to: path + "/.aws/config")
                        let keys = [
                            "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B", "HOME": path,
                        ]
                        let missing =
                            "if the server has an authority of its own, SSL_CERT_FILE can name its "
                            + "file (AWS_CA_BUNDLE where that is set, for AWS and buckets); its certificate is issued by "
                            + "CN = Test CA"
                        for (variables, bucket, source) in [
                            ([:], false, false), (["AWS_CA_BUNDLE": path + "/ca.pem"], true, false),
                            (["AWS_PROFILE": "own"], true, false),
                            (["SSL_CERT_FILE": "~/ca.pem"], true, true),
                        ] {
                            folder.environment = keys.merging(variables) { $1 }
                            let lines = try await folder.tidemark("doctor").output
                                .split(separator: "\n")
                            for (name, isTrusted) in [
                                ("publish.bucket", bucket), ("sources.town", source),
                            ] {
                                let line = lines.first { $0.contains(" \(name): ") } ?? ""
                                // An answer of the server's own shows that it was trusted.
                                let isReached = line.hasPrefix("ok") || line.contains("status 404")
                                #expect(isReached == isTrusted, "\(line)")
                                #expect(line.hasSuffix(missing) != isTrusted, "\(line)")
                            }
                        }
                    }
                }
            }
        }
    }
}
