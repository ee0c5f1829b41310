import Calendar
import Digest
import Transport

/// The third stage of SigV4: signatures for one service in one region with one pair of keys.
public struct Signer: Sendable {
    private let credentials: Credentials
    private let region: String
    private let service: String

    public init(credentials: Credentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The request's headers with all that makes it a signed one; every header given is signed.
    ///
    /// - Parameters:
    ///   - headers: `host` must be among them, as it will be sent.
    ///   - payload: as in `CanonicalRequest`; it goes into `x-amz-content-sha256` too, which S3
    ///     requires.
    public func sign(
        method: String, path: String, query: [(name: String, value: String)], headers: Headers,
        payload: String, at time: Timestamp
    ) -> Headers {
        var signed = headers
        signed["x-amz-date"] = time.basic
        if service == "s3" { signed["x-amz-content-sha256"] = payload }
        if let token = credentials.sessionToken { signed["x-amz-security-token"] = token.revealed }
        let request = CanonicalRequest(
            method: method, path: path, pathRule: service == "s3" ? .asIs : .normalised,
            query: query, headers: signed, payload: payload)
        let toSign = StringToSign(request, at: time, region: region, service: service)
        signed["Authorization"] =
            "\(StringToSign.algorithm) Credential=\(credentials.accessKeyID)/\(toSign.scope), "
            + "SignedHeaders=\(request.signedHeaders), Signature=\(signature(of: toSign, at: time))"
        return signed
    }

    /// The query of an address that anyone may use for `seconds` (1 to 604800), encoded; of headers only the
    /// host is signed.
    ///
    /// - Parameter payload: as in `CanonicalRequest`; without one S3's word for any.
    public func presign(
        method: String, host: String, path: String, seconds: Int, at time: Timestamp,
        query own: [(name: String, value: String)] = [], payload: String = "UNSIGNED-PAYLOAD"
    ) -> String {
        var query =
            own + [
                (name: "X-Amz-Algorithm", value: StringToSign.algorithm),
                (
                    name: "X-Amz-Credential",
                    value:
                        "\(credentials.accessKeyID)/\(time.date.basic)/\(region)/\(service)/aws4_request"
                ),
                (name: "X-Amz-Date", value: time.basic),
                (name: "X-Amz-Expires", value: String(seconds)),
                (name: "X-Amz-SignedHeaders", value: "host"),
            ]
        if let token = credentials.sessionToken {
            query.append((name: "X-Amz-Security-Token", value: token.revealed))
        }
        let request = CanonicalRequest(
            method: method, path: path, pathRule: .asIs, query: query, headers: ["host": host],
            payload: payload)
        let toSign = StringToSign(request, at: time, region: region, service: service)
        return CanonicalRequest.encode(query)
            + "&X-Amz-Signature=\(signature(of: toSign, at: time))"
    }

    func signature(of toSign: StringToSign, at time: Timestamp) -> String {
        var key = Array("AWS4\(credentials.secretAccessKey.revealed)".utf8)
        for part in [time.date.basic, region, service, "aws4_request"] {
            key = SHA256(authenticating: Array(part.utf8), key: key).bytes
        }
        return SHA256(authenticating: Array(toSign.text.utf8), key: key).hex
    }
}
