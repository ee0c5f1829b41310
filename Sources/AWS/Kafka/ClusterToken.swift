import Calendar
import Digest
import Text

/// What a cluster of MSK is shown by whoever signs in with IAM: an address signed for a quarter of an hour, in base64.
///
/// Source: aws-msk-iam-sasl-signer (github.com/aws); the broker asks for the mechanism OAUTHBEARER.
public struct ClusterToken: Hashable, Sendable {
    public let text: Secret
    /// When it ends.
    public let end: Timestamp
    private static let seconds = 900

    public init(credentials: Credentials, region: String, at time: Timestamp) {
        let host = "kafka.\(region).\(Partition(of: region).suffix)"
        let query = Signer(credentials: credentials, region: region, service: "kafka-cluster")
            .presign(
                method: "GET", host: host, path: "/", seconds: Self.seconds, at: time,
                query: [(name: "Action", value: "kafka-cluster:Connect")],
                payload: SHA256(of: "".utf8).hex)
        let address = "https://\(host)/?\(query)&User-Agent=tidemark"
        // The alphabet for addresses, without what fills it up (RFC 4648, section 5).
        let text = Array(address.utf8).base64.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        self.text = Secret(String(decoding: text, as: UTF8.self))
        end = time + Self.seconds
    }
}
