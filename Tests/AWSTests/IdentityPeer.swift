import AWS
import Digest
import Foundation
import Support
import Testing
import Text
import Transport

/// A running server of `Tests/Peers/identity.py`, and a home with AWS files.
struct IdentityPeer: Sendable {
    let port: Int
    let home: String

    var address: String { "http://127.0.0.1:\(port)" }

    /// What the credentials say how they were come by, and whether the other parts fit.
    func id(_ environment: [String: String] = [:]) async throws -> String {
        let found = try await chain(environment).credentials()
        guard let found else { return "none" }
        let isWhole =
            found.secretAccessKey == Secret("secret-of-\(found.accessKeyID)")
            && found.sessionToken
                == (found.accessKeyID.contains(".")
                    ? Secret("token-of-\(found.accessKeyID)") : nil)
        return isWhole ? found.accessKeyID : "\(found.accessKeyID) with other parts"
    }

    /// Every service in it is the peer's.
    func chain(_ environment: [String: String] = [:]) -> CredentialChain {
        let usual = [
            "AWS_ENDPOINT_URL_STS": address, "AWS_ENDPOINT_URL_SSO": address,
            "AWS_ENDPOINT_URL_SSO_OIDC": address,
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": address + "/",
            "PATH": "/usr/bin:/bin",
        ]
        return CredentialChain(environment: usual.merging(environment) { $1 }, home: home)
    }

    /// Where the tools keep the sign-in of a session.
    func cache(of session: String) throws -> String {
        let digest = try #require(SHA1(of: session.utf8))
        return "\(home)/.aws/sso/cache/\(digest.hex).json"
    }

    /// What was asked so far.
    func requests() async throws -> [String] {
        let answer = try await HTTPClient().send(Request(.get, Address(address + "/requests")))
        return try JSONDecoder().decode([String].self, from: Data(answer.body))
    }
}

func withIdentityPeer<Result: Sendable>(
    config: String = "", credentials: String = "",
    _ body: @Sendable (IdentityPeer) async throws -> Result
) async throws -> Result {
    try await withPeer("identity.py") { line in
        guard let port = Int(line) else { throw PeerError.ended(script: "identity.py: \(line)") }
        return try await withTemporaryFolder { home in
            try write(config, to: home + "/.aws/config")
            try write(credentials, to: home + "/.aws/credentials")
            try write("web-token\n", to: home + "/token")
            return try await body(IdentityPeer(port: port, home: home))
        }
    }
}
