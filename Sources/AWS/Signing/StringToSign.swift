/// The second stage of SigV4: the canonical request's hash with its time and scope.
public struct StringToSign: Hashable, Sendable {
    public static let algorithm = "AWS4-HMAC-SHA256"

    /// `20260122/eu-west-1/s3/aws4_request`
    public let scope: String
    public let text: String

    public init(
        _ request: CanonicalRequest, at time: SigningTime, region: String, service: String
    ) throws(AWSError) {
        scope = "\(time.day)/\(region)/\(service)/aws4_request"
        let digest = try Digest.sha256(Array(request.text.utf8))
        text = [Self.algorithm, time.stamp, scope, digest.hex].joined(separator: "\n")
    }
}
