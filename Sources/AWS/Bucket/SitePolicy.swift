/// The policies of a published site, in the language of IAM.
public struct SitePolicy: Sendable {
    private let bucket: S3Bucket
    /// Empty, or with a slash at its end.
    private let prefix: String

    public init(bucket: S3Bucket, prefix: String) {
        self.bucket = bucket
        self.prefix = prefix
    }

    private var objects: String { "\(bucket.arn)/\(prefix)" }

    /// What a publisher needs, and nothing else: JSON for an IAM role or user.
    ///
    /// - Parameter distribution: the id of a CloudFront distribution that is told of changes.
    public func ofPublisher(distribution: String?) -> String {
        var listing: JSONTree = [
            "Sid": "List", "Effect": "Allow", "Action": "s3:ListBucket",
            "Resource": .string(bucket.arn),
        ]
        if !prefix.isEmpty {
            // A missing object is told from a forbidden one by this permission too, and then there is
            // no s3:prefix.
            listing["Condition"] = [
                "StringLikeIfExists": ["s3:prefix": .string(prefix + "*")]
            ]
        }
        var statements: [JSONTree] = [
            listing,
            [
                "Sid": "Publish", "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                "Resource": .string(objects + "*"),
            ],
        ]
        if let distribution {
            statements.append([
                "Sid": "Invalidate", "Effect": "Allow", "Action": "cloudfront:CreateInvalidation",
                "Resource": .string(
                    "arn:\(Partition(of: bucket.region).id):cloudfront::*:distribution/\(distribution)"
                ),
            ])
        }
        return JSONTree.object(["Version": "2012-10-17", "Statement": .array(statements)]).document
    }

    /// A bucket's policy with what lets anyone read the site, and nobody else what it withholds.
    /// Statements of others stay.
    ///
    /// Throws `malformedAnswer` if what is there is no policy.
    func ofBucket(over old: [UInt8]?) throws(AWSError) -> (old: JSONTree?, new: JSONTree) {
        let found = try old.map { (bytes) throws(AWSError) -> JSONTree in
            guard let tree = JSONTree(bytes), tree["Statement"] != nil else {
                throw .malformedAnswer(operation: "GetBucketPolicy", reason: "it is no policy")
            }
            return tree
        }
        var policy = found ?? ["Version": "2012-10-17"]
        var statements: [JSONTree] = []
        switch policy["Statement"] {
        case .array(let list): statements = list
        case .object(let one): statements = [.object(one)]
        default: break
        }
        for wanted in ofReaders {
            if let place = statements.firstIndex(where: { $0["Sid"] == wanted["Sid"] }) {
                statements[place] = wanted
            } else {
                statements.append(wanted)
            }
        }
        if found?["Statement"] != .array(statements) { policy["Statement"] = .array(statements) }
        return (found, policy)
    }

    /// Servers other than AWS may not know the condition, and would shut out the publisher.
    private var ofReaders: [JSONTree] {
        let read: JSONTree = [
            "Sid": "TidemarkPublicRead", "Effect": "Allow", "Principal": "*",
            "Action": "s3:GetObject", "Resource": .string(objects + "*"),
        ]
        let withheld: JSONTree = [
            "Sid": "TidemarkWithheld", "Effect": "Deny", "Principal": "*",
            "Action": "s3:GetObject", "Resource": .string(objects + ".tidemark/*"),
            "Condition": ["StringNotEquals": ["aws:PrincipalAccount": "${aws:ResourceAccount}"]],
        ]
        return bucket.isElsewhere ? [read] : [read, withheld]
    }
}
