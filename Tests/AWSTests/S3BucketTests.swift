import Testing
import Transport

@testable import AWS

@Suite struct S3BucketTests {
    @Test(
        arguments: [
            (
                "site", "eu-west-1", nil, nil,
                "https://site.s3.eu-west-1.amazonaws.com/a%20b/%E3%82%BF?x="
            ),
            (
                "www.example.org", "eu-west-1", nil, nil,
                "https://s3.eu-west-1.amazonaws.com/www.example.org/a%20b/%E3%82%BF?x="
            ),
            (
                "site", "cn-north-1", nil, nil,
                "https://site.s3.cn-north-1.amazonaws.com.cn/a%20b/%E3%82%BF?x="
            ),
            (
                "site", "auto", "https://account.r2.cloudflarestorage.com", nil,
                "https://account.r2.cloudflarestorage.com/site/a%20b/%E3%82%BF?x="
            ),
            (
                "site", "us-east-1", "http://127.0.0.1:8333", nil,
                "http://127.0.0.1:8333/site/a%20b/%E3%82%BF?x="
            ),
            (
                "site", "us-east-1", "https://s3.example.org:444", .virtualHost,
                "https://site.s3.example.org:444/a%20b/%E3%82%BF?x="
            ),
            (
                "site", "us-east-1", nil, .path,
                "https://s3.us-east-1.amazonaws.com/site/a%20b/%E3%82%BF?x="
            ),
        ] as [(String, String, String?, S3Bucket.Addressing?, String)])
    func `Buckets are addressed by host or by path`(
        _ name: String, region: String, endpoint: String?, addressing: S3Bucket.Addressing?,
        address: String
    ) throws {
        let bucket = try S3Bucket(
            name: name, region: region, endpoint: endpoint, addressing: addressing)
        #expect(try bucket.address(of: ObjectKey("a b/タ"), query: "x=").text == address)
        #expect(
            address.hasPrefix("https://\(bucket.origin.authority)/")
                || address.hasPrefix("http://\(bucket.origin.authority)/"))
    }

    @Test(
        arguments: [
            ("Site", "us-east-1", nil), ("si", "us-east-1", nil), ("a..b", "us-east-1", nil),
            ("a/b", "us-east-1", nil),
            ("site", "", nil), ("site", "us-east-1/evil", nil),
            ("site", "us-east-1", "http://example.org"),
            ("site", "us-east-1", "not an address"),
            ("site", "us-east-1", "https://example.org/s3"),
            ("site", "us-east-1", "https://example.org?s3"), ("site@evil.org", "us-east-1", nil),
        ] as [(String, String, String?)])
    func `What is no bucket is refused`(_ name: String, region: String, endpoint: String?) {
        #expect(throws: AWSError.self) {
            try S3Bucket(name: name, region: region, endpoint: endpoint)
        }
    }
}
