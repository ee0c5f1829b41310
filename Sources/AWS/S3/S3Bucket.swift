import Calendar
import Tasks
import Text
import Transport

/// A bucket and how it is addressed.
public struct S3Bucket: Hashable, Sendable {
    /// Where the bucket's name stands in an address.
    public enum Addressing: String, Hashable, Sendable {
        /// `https://s3.region.amazonaws.com/bucket/key`
        case path
        /// `https://bucket.s3.region.amazonaws.com/key`
        case host
    }

    public let name: String
    public let region: String
    /// Whether it is on another server than those of AWS.
    public let isElsewhere: Bool
    private let endpoint: String?
    private let addressing: Addressing?
    /// The server, with the name of the bucket where that stands in the host, and the path of the
    /// endpoint.
    let origin: Address
    private let pathPrefix: String

    /// - Parameters:
    ///   - endpoint: the address of another S3 server than that of the region; its path stands before
    ///     all others. Plain http on loopback alone.
    ///   - addressing: nil for the host at AWS, where the name has no dots that its certificate
    ///     would not cover, and for the path everywhere else.
    public init(
        name: String, region: String, endpoint: String? = nil, addressing: Addressing? = nil
    ) throws(AWSError) {
        let server = try Self.address(
            endpoint ?? "https://s3.\(region).\(Partition(of: region).suffix)", of: name)
        isElsewhere = !Partition.isOfAWS(server.host)
        try Self.check(name, isElsewhere: isElsewhere)
        try Self.check(region: region, of: name, isElsewhere: isElsewhere)
        guard !server.text.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw .bucket(name: name, reason: "\(server): an endpoint has no query")
        }
        self.name = name
        self.region = region
        self.endpoint = endpoint
        self.addressing = addressing
        if addressing ?? (isElsewhere || name.contains(".") ? .path : .host) == .path {
            origin = server
            pathPrefix = "/\(name)"
            return
        }
        guard !name.utf8.contains(where: { $0.isASCIIUppercase || "_:".utf8.contains($0) }),
            !server.isNumber
        else {
            throw .bucket(
                name: name,
                reason:
                    "it cannot stand before \(server.host) in a host; set publish.addressing to path"
            )
        }
        origin = try Self.address(
            "\(server.scheme)://\(name).\(server.authority)\(server.path)", of: name)
        pathPrefix = ""
    }

    /// Of the bucket itself.
    public var address: String { "\(origin.scheme)://\(origin.authority)\(origin.path)" }

    private static func check(_ name: String, isElsewhere: Bool) throws(AWSError) {
        func isMade(of marks: String, or other: (UInt8) -> Bool) -> Bool {
            name.utf8.allSatisfy { $0.isASCIIDigit || marks.utf8.contains($0) || other($0) }
        }
        if isElsewhere {
            guard isMade(of: "-._:", or: \.isASCIILetter), (1...255).contains(name.utf8.count),
                name != ".", name != ".."
            else {
                throw .bucket(
                    name: name,
                    reason: "a name is at most 255 letters, digits, hyphens, dots, _ and :")
            }
            return
        }
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
        guard isMade(of: "-.", or: \.isASCIILowercase), (3...63).contains(name.utf8.count),
            !name.hasPrefix("."), !name.hasSuffix("."), !name.contains("..")
        else {
            throw .bucket(
                name: name,
                reason: "a name is 3 to 63 lower-case letters, digits, hyphens and single dots")
        }
    }

    private static func check(
        region: String, of name: String, isElsewhere: Bool
    ) throws(AWSError) {
        guard isElsewhere || Partition.hasRegion(region) else {
            throw .bucket(
                name: name,
                reason: "\(terminalSafe(region)) is no region of AWS; that of another server needs "
                    + "publish.endpoint")
        }
        // Others call theirs what they like; it has to fit into a signature.
        let isWritable = region.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || "-_.".utf8.contains($0)
        }
        guard isWritable, (1...128).contains(region.utf8.count) else {
            throw .bucket(name: name, reason: "\(terminalSafe(region)) is no region")
        }
    }

    /// Its name in policies.
    var arn: String {
        "arn:\(isElsewhere ? "aws" : Partition(of: region).id):s3:::\(name)"
    }

    /// Where S3 itself shows it as a website, `http://…` without a slash at its end: it has no TLS. Nil where
    /// nobody can know: on other servers, and of what has no website, such as directory buckets.
    ///
    /// Source: https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints
    public var website: String? {
        let isOfItsOwnKind = ["--x-s3", "-s3alias", "--ol-s3"].contains { name.hasSuffix($0) }
        guard !isElsewhere, !isOfItsOwnKind else { return nil }
        let mark = Self.regionsWithHyphen.contains(region) ? "-" : "."
        return "http://\(name).s3-website\(mark)\(region).\(Partition(of: region).suffix)"
    }

    /// The regions whose websites are older than the rule of the others.
    private static let regionsWithHyphen: Set = [
        "us-east-1", "us-west-1", "us-west-2", "us-gov-west-1", "eu-west-1", "sa-east-1",
        "ap-northeast-1", "ap-southeast-1", "ap-southeast-2",
    ]

    /// The same bucket in another region.
    func moved(to region: String) throws(AWSError) -> S3Bucket {
        // An endpoint of AWS has its region in its name.
        let there =
            isElsewhere ? endpoint : endpoint?.replacing(".\(self.region).", with: ".\(region).")
        return try S3Bucket(
            name: name, region: region, endpoint: there, addressing: addressing)
    }

    /// What the operator should know if the bucket was meant to be in another region; nil if it is
    /// there.
    public func note(on meant: String) -> String? {
        region == meant
            ? nil : "\(name) is in \(region), not in \(meant); set publish.region to it"
    }

    /// A client that follows it to the region it is really in.
    ///
    /// - Parameter credentials: nil to ask as a stranger.
    func client(
        credentials: (any CredentialSource)?, http: HTTPClient, retry: Retry,
        silenceLimit: Duration = .seconds(30), now: @escaping @Sendable () -> Timestamp
    ) throws(AWSError) -> ServiceClient {
        try ServiceClient(
            service: "s3", region: region,
            endpoint: { (region) throws(AWSError) in try moved(to: region).origin },
            credentials: credentials, http: http, retry: retry, silenceLimit: silenceLimit, now: now
        )
    }

    /// The path behind the origin's, not encoded; of the bucket itself without a key.
    func path(of key: ObjectKey?) -> String {
        if let key { "\(pathPrefix)/\(key)" } else { pathPrefix.isEmpty ? "/" : pathPrefix }
    }

    private static func address(_ text: String, of name: String) throws(AWSError) -> Address {
        do throws(TransportError) {
            return try Address(text)
        } catch {
            throw .bucket(name: name, reason: error.description)
        }
    }
}
