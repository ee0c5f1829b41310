import Calendar
import Tasks
import Text
import Transport

/// A bucket and how it is addressed.
public struct S3Bucket: Hashable, Sendable {
    /// Where the bucket's name stands in an address.
    public enum Addressing: Hashable, Sendable {
        /// `https://s3.region.amazonaws.com/bucket/key`
        case path
        /// `https://bucket.s3.region.amazonaws.com/key`
        case virtualHost
    }

    public let name: String
    public let region: String
    /// Whether it is on a server of the operator's choice and not at AWS.
    public var isElsewhere: Bool { endpoint != nil }
    private let endpoint: String?
    private let addressing: Addressing?
    /// The server, with the name of the bucket where that stands in the host.
    let origin: Address
    private let pathPrefix: String

    /// - Parameters:
    ///   - endpoint: the address of an S3 server other than AWS, without path; plain http on
    ///     loopback alone.
    ///   - addressing: nil for the host of AWS, where the name has no dots that its certificate
    ///     would not cover, and for the path everywhere else.
    public init(
        name: String, region: String, endpoint: String? = nil, addressing: Addressing? = nil
    ) throws(AWSError) {
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
        let isName = name.utf8.allSatisfy { byte in
            byte.isASCIILowercase || byte.isASCIIDigit || byte == 0x2D
                || byte == 0x2E
        }
        guard isName, (3...63).contains(name.utf8.count), !name.hasPrefix("."),
            !name.hasSuffix("."), !name.contains("..")
        else {
            throw .bucket(
                name: name,
                reason: "a name is 3 to 63 lower-case letters, digits, hyphens and single dots")
        }
        let isRegion = region.utf8.allSatisfy { byte in
            byte.isASCIILowercase || byte.isASCIIDigit || byte == 0x2D
        }
        guard isRegion, !region.isEmpty else {
            throw .bucket(name: name, reason: "\(terminalSafe(region)) is no region")
        }
        self.name = name
        self.region = region
        self.endpoint = endpoint
        self.addressing = addressing
        let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        let server = try Self.address(endpoint ?? "https://s3.\(region).\(suffix)", of: name)
        guard
            endpoint == nil || server.text.hasSuffix(server.authority)
                || server.text.hasSuffix(server.authority + "/")
        else {
            throw .bucket(name: name, reason: "\(server): an endpoint has no path and no query")
        }
        let usual: Addressing = endpoint == nil && !name.contains(".") ? .virtualHost : .path
        if addressing ?? usual == .path {
            origin = server
            pathPrefix = "/\(name)"
        } else {
            origin = try Self.address("\(server.scheme)://\(name).\(server.authority)", of: name)
            pathPrefix = ""
        }
    }

    /// The same bucket in another region.
    func moved(to region: String) throws(AWSError) -> S3Bucket {
        try S3Bucket(name: name, region: region, endpoint: endpoint, addressing: addressing)
    }

    /// What the operator should know if the bucket was meant to be in another region; nil if it is
    /// there.
    public func note(on meant: String) -> String? {
        region == meant
            ? nil : "\(name) is in \(region), not in \(meant); set publish.region to it"
    }

    /// A client that follows it to the region it is really in.
    func client(
        credentials: any CredentialSource, http: HTTPClient, retry: Retry,
        silenceLimit: Duration = .seconds(30), now: @escaping @Sendable () -> Timestamp
    ) throws(AWSError) -> ServiceClient {
        try ServiceClient(
            service: "s3", region: region,
            endpoint: { (region) throws(AWSError) in try moved(to: region).origin },
            credentials: credentials, http: http, retry: retry, silenceLimit: silenceLimit, now: now
        )
    }

    /// The path to sign, not encoded; of the bucket itself without a key.
    func path(of key: ObjectKey?) -> String {
        if let key { "\(pathPrefix)/\(key)" } else { pathPrefix.isEmpty ? "/" : pathPrefix }
    }

    /// The address that is sent: the signed path, encoded once, and the query, which is encoded
    /// already.
    func address(of key: ObjectKey?, query: String) throws(AWSError) -> Address {
        let path = PercentEncoding.encode(path(of: key), isPath: true)
        let text =
            "\(origin.scheme)://\(origin.authority)\(path)" + (query.isEmpty ? "" : "?\(query)")
        return try Self.address(text, of: name)
    }

    private static func address(_ text: String, of name: String) throws(AWSError) -> Address {
        do throws(TransportError) {
            return try Address(text)
        } catch {
            throw .bucket(name: name, reason: error.description)
        }
    }
}
