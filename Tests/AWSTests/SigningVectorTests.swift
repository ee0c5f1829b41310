import Calendar
import Digest
import Foundation
import Support
import Testing
import Text
import Transport

@testable import AWS

/// The published suites, where they lie beside the repository.
@Suite(Repository.needsSharedData())
struct SigningVectorTests {
    @Test func `Every S3 vector is signed as it should be`() throws {
        let vectors = try decode([S3Vector].self, from: "sigv4-s3.json")
        #expect(vectors.count >= 40)
        for vector in vectors {
            let signer = Signer(
                credentials: Credentials(
                    accessKeyID: vector.accessKeyId,
                    secretAccessKey: Secret(vector.secretAccessKey),
                    sessionToken: vector.sessionToken.map(Secret.init)),
                region: vector.region, service: vector.service)
            let time = try #require(Timestamp(basic: vector.timestamp))
            // The vector's path is encoded; ours is not.
            let path = try #require(
                PercentEncoding.decodeForm(vector.path.replacingOccurrences(of: "+", with: "%2B")))
            #expect(PercentEncoding.encode(path, isPath: true) == vector.path, "\(vector.id)")
            if let expires = vector.expires {
                let query = signer.presign(
                    method: vector.method, host: vector.host, path: path, seconds: expires, at: time
                )
                let expected = try #require(vector.presignedUrl)
                // Parameters may stand in any order in an address.
                let address = "\(vector.scheme)://\(vector.host)\(vector.path)?\(query)"
                #expect(parts(of: address) == parts(of: expected), "\(vector.id)")
                continue
            }
            var headers = Headers(vector.headers.map { .init(name: $0, value: $1) })
            headers["Host"] = vector.host
            let payload = vector.payloadSigned ? vector.bodySha256 : "UNSIGNED-PAYLOAD"
            let signed = signer.sign(
                method: vector.method, path: path, query: vector.query.map { ($0[0], $0[1]) },
                headers: headers, payload: payload, at: time)
            // The documentation's own examples are written without spaces.
            let expected = vector.authorization?.replacingOccurrences(of: ", ", with: ",")
            let found = signed["Authorization"]?.replacingOccurrences(of: ", ", with: ",")
            #expect(found == expected, "\(vector.id)")
        }
    }

    @Test func `Every vector of the general suite has its canonical request and its signature`()
        throws
    {
        let vectors = try decode([GeneralVector].self, from: "sigv4-aws4-testsuite.json")
        #expect(vectors.count >= 20)
        for vector in vectors {
            let request = RawRequest(vector.req)
            let canonical = CanonicalRequest(
                method: request.method, path: request.path, pathRule: .normalised,
                query: request.query, headers: request.headers,
                payload: SHA256(of: request.body.utf8).hex)
            #expect(canonical.text == vector.creq, "\(vector.id)")
            let time = try time(vector.timestamp)
            let toSign = StringToSign(
                canonical, at: time, region: vector.region, service: vector.service)
            #expect(toSign.text == vector.sts, "\(vector.id)")
            let signer = Signer(
                credentials: vector.credentials.ours, region: vector.region, service: vector.service
            )
            #expect(
                vector.authz.hasSuffix(signer.signature(of: toSign, at: time)), "\(vector.id)")
        }
    }

    @Test func `Every vector of the second general suite is signed in headers as it should be`()
        throws
    {
        let vectors = try decode([ContextVector].self, from: "sigv4-aws-c-auth.json")
        #expect(vectors.count >= 23)
        for vector in vectors {
            let context = vector.context
            let request = RawRequest(vector.request)
            var headers = request.headers
            headers["X-Amz-Date"] = try time(context.timestamp).basic
            if context.omitSessionToken != true {
                headers["X-Amz-Security-Token"] = context.credentials.token
            }
            let canonical = CanonicalRequest(
                method: request.method, path: request.path,
                pathRule: context.normalize ? .normalised : .asIs, query: request.query,
                headers: headers, payload: SHA256(of: request.body.utf8).hex)
            #expect(canonical.text == vector.header.canonicalRequest, "\(vector.id)")
            let time = try time(context.timestamp)
            let toSign = StringToSign(
                canonical, at: time, region: context.region, service: context.service)
            #expect(toSign.text == vector.header.stringToSign, "\(vector.id)")
            let signer = Signer(
                credentials: context.credentials.ours, region: context.region,
                service: context.service)
            #expect(
                signer.signature(of: toSign, at: time) == vector.header.signature,
                "\(vector.id)")
        }
    }

    // MARK: what the files hold

    private struct S3Vector: Decodable {
        var id, method, host, scheme, path, bodySha256, region, service, timestamp: String
        var accessKeyId, secretAccessKey: String
        var sessionToken, authorization, presignedUrl: String?
        var query: [[String]]
        var headers: [String: String]
        var payloadSigned: Bool
        var expires: Int?
    }

    private struct Keys: Decodable {
        var accessKeyId, secretAccessKey: String
        var token: String?
        var ours: Credentials {
            Credentials(
                accessKeyID: accessKeyId, secretAccessKey: Secret(secretAccessKey),
                sessionToken: token.map(Secret.init))
        }
    }

    private struct GeneralVector: Decodable {
        var id, req, creq, sts, authz, region, service, timestamp: String
        var credentials: Keys
    }

    private struct ContextVector: Decodable {
        struct Context: Decodable {
            var credentials: Keys
            var normalize: Bool
            var region, service, timestamp: String
            var omitSessionToken: Bool?
        }
        struct Expected: Decodable { var canonicalRequest, stringToSign, signature: String }
        var id, request: String
        var context: Context
        var header: Expected
    }

    /// A request as it would go over a line, not encoded in places.
    private struct RawRequest {
        var method = ""
        var path = ""
        var query: [(name: String, value: String)] = []
        var headers = Headers()
        var body = ""

        init(_ text: String) {
            let halves = text.components(separatedBy: "\n\n")
            body = halves.dropFirst().joined(separator: "\n\n")
            var lines = halves[0].components(separatedBy: "\n").filter { !$0.isEmpty }
            var words = lines.removeFirst().components(separatedBy: " ")
            method = words.removeFirst()
            words.removeLast()
            let target = words.joined(separator: " ").components(separatedBy: "?")
            path = target[0]
            for pair in target.dropFirst().joined().components(separatedBy: "&") where !pair.isEmpty
            {
                let sides = pair.components(separatedBy: "=")
                query.append((decoded(sides[0]), decoded(sides.dropFirst().joined(separator: "="))))
            }
            for line in lines {
                guard let colon = line.firstIndex(of: ":"), !line.hasPrefix(" ") else {
                    headers.fields[headers.fields.count - 1].value += " " + line
                    continue
                }
                headers.fields.append(
                    .init(
                        name: String(line[..<colon]),
                        value: String(line[line.index(after: colon)...])))
            }
        }

        private func decoded(_ text: String) -> String {
            PercentEncoding.decodeForm(text) ?? text
        }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
        let path = try #require(Repository.sharedData) + "/conformance/" + name
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func time(_ iso: String) throws -> Timestamp {
        try #require(Timestamp(basic: iso.filter { $0 != "-" && $0 != ":" }))
    }

    private func parts(of address: String) -> Set<String> {
        Set(address.components(separatedBy: ["?", "&"]))
    }
}
