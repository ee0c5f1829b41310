import Text

/// A part of AWS with names of its own, to which a region belongs.
///
/// Source: botocore, data/partitions.json.
struct Partition: Hashable, Sendable {
    /// As ARNs have it: `aws`, `aws-cn`.
    let id: String
    /// What the hosts of its services end in.
    let suffix: String

    init(of region: String) {
        let found = Self.others.first(where: { region.hasPrefix($0.prefix) })
        id = found?.id ?? "aws"
        suffix = found?.suffix ?? "amazonaws.com"
    }

    private static let others: [(prefix: String, id: String, suffix: String)] = [
        ("cn-", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-", "aws-us-gov", "amazonaws.com"),
        ("eusc-", "aws-eusc", "amazonaws.eu"),
        ("us-iso-", "aws-iso", "c2s.ic.gov"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
        ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
        ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
    ]

    /// Whether a host is one of AWS itself, whatever the partition.
    static func isOfAWS(_ host: String) -> Bool {
        let host = host.lowercased()
        return (others.map(\.suffix) + ["amazonaws.com", "api.aws"]).contains {
            host == $0 || host.hasSuffix("." + $0)
        }
    }

    /// Whether its regions can be called that.
    static func hasRegion(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                $0.isASCIILowercase || $0.isASCIIDigit || $0 == UInt8(ascii: "-")
            }
    }
}
