import Testing
import Transport

@testable import AWS

@Suite struct S3BucketTests {
    private struct Case {
        var name = "site"
        var region = "us-east-1"
        var endpoint: String?
        var addressing: S3Bucket.Addressing?
        /// The address without the path, and that of the key `a b`.
        var origin: String
        var path: String
        var arn = "arn:aws:s3:::site"
    }

    private static let cases = [
        Case(region: "eu-west-1", origin: "https://site.s3.eu-west-1.amazonaws.com/", path: "/a b"),
        Case(
            name: "www.example.org", region: "eu-west-1",
            origin: "https://s3.eu-west-1.amazonaws.com", path: "/www.example.org/a b",
            arn: "arn:aws:s3:::www.example.org"),
        Case(
            region: "cn-north-1", origin: "https://site.s3.cn-north-1.amazonaws.com.cn/",
            path: "/a b", arn: "arn:aws-cn:s3:::site"),
        Case(
            region: "us-gov-west-1", origin: "https://site.s3.us-gov-west-1.amazonaws.com/",
            path: "/a b", arn: "arn:aws-us-gov:s3:::site"),
        Case(
            region: "eusc-de-east-1", origin: "https://site.s3.eusc-de-east-1.amazonaws.eu/",
            path: "/a b", arn: "arn:aws-eusc:s3:::site"),
        Case(
            region: "us-iso-east-1", origin: "https://site.s3.us-iso-east-1.c2s.ic.gov/",
            path: "/a b", arn: "arn:aws-iso:s3:::site"),
        Case(
            region: "us-isob-east-1", origin: "https://site.s3.us-isob-east-1.sc2s.sgov.gov/",
            path: "/a b", arn: "arn:aws-iso-b:s3:::site"),
        Case(
            region: "auto", endpoint: "https://account.r2.cloudflarestorage.com",
            origin: "https://account.r2.cloudflarestorage.com", path: "/site/a b"),
        Case(
            endpoint: "http://127.0.0.1:8333", origin: "http://127.0.0.1:8333", path: "/site/a b"),
        Case(
            endpoint: "https://s3.example.org:444", addressing: .host,
            origin: "https://site.s3.example.org:444/", path: "/a b"),
        Case(addressing: .path, origin: "https://s3.us-east-1.amazonaws.com", path: "/site/a b"),
        Case(
            endpoint: "https://project.supabase.co/storage/v1/s3",
            origin: "https://project.supabase.co/storage/v1/s3", path: "/site/a b"),
        Case(
            endpoint: "https://s3.example.org/v1/", addressing: .host,
            origin: "https://site.s3.example.org/v1/", path: "/a b"),
        Case(
            region: "RegionOne", endpoint: "https://ceph.example.org",
            origin: "https://ceph.example.org", path: "/site/a b"),
        Case(
            region: "GRA", endpoint: "https://s3.gra.io.cloud.ovh.net",
            origin: "https://s3.gra.io.cloud.ovh.net", path: "/site/a b"),
        Case(
            name: "My_Site", endpoint: "https://s3.example.org", origin: "https://s3.example.org",
            path: "/My_Site/a b", arn: "arn:aws:s3:::My_Site"),
        Case(
            name: "ab", endpoint: "https://s3.example.org", origin: "https://s3.example.org",
            path: "/ab/a b", arn: "arn:aws:s3:::ab"),
        // A door of AWS itself.
        Case(
            region: "eu-west-1", endpoint: "https://s3.dualstack.eu-west-1.amazonaws.com",
            origin: "https://site.s3.dualstack.eu-west-1.amazonaws.com/", path: "/a b"),
        Case(
            region: "cn-north-1", endpoint: "https://minio.example.cn",
            origin: "https://minio.example.cn", path: "/site/a b"),
    ]

    @Test(arguments: cases.indices)
    func `Buckets are addressed by host or by path, behind the endpoint's own`(
        _ index: Int
    ) throws {
        let one = Self.cases[index]
        let bucket = try S3Bucket(
            name: one.name, region: one.region, endpoint: one.endpoint,
            addressing: one.addressing)
        #expect(bucket.origin.text == one.origin)
        #expect(bucket.path(of: try ObjectKey("a b")) == one.path)
        #expect(bucket.arn == one.arn)
    }

    @Test(
        arguments: [
            ("site", "us-east-1", nil, "http://site.s3-website-us-east-1.amazonaws.com"),
            ("site", "eu-west-1", nil, "http://site.s3-website-eu-west-1.amazonaws.com"),
            ("site", "us-gov-west-1", nil, "http://site.s3-website-us-gov-west-1.amazonaws.com"),
            ("site", "us-gov-east-1", nil, "http://site.s3-website.us-gov-east-1.amazonaws.com"),
            ("site", "us-east-2", nil, "http://site.s3-website.us-east-2.amazonaws.com"),
            ("site", "eu-central-1", nil, "http://site.s3-website.eu-central-1.amazonaws.com"),
            ("site", "ap-northeast-3", nil, "http://site.s3-website.ap-northeast-3.amazonaws.com"),
            ("site", "cn-north-1", nil, "http://site.s3-website.cn-north-1.amazonaws.com.cn"),
            ("site", "eusc-de-east-1", nil, "http://site.s3-website.eusc-de-east-1.amazonaws.eu"),
            (
                "trends.example.org", "sa-east-1", nil,
                "http://trends.example.org.s3-website-sa-east-1.amazonaws.com"
            ),
            (
                "site", "eu-west-1", "https://s3.dualstack.eu-west-1.amazonaws.com",
                "http://site.s3-website-eu-west-1.amazonaws.com"
            ),
            ("site", "us-east-1", "https://s3.us-east-1.wasabisys.com", nil),
            ("site", "us-east-1", "http://127.0.0.1:9000", nil),
            ("site--use1-az4--x-s3", "us-east-1", nil, nil),
        ] as [(String, String, String?, String?)])
    func `A bucket of AWS has a website, whose host depends on the region`(
        name: String, region: String, endpoint: String?, website: String?
    ) throws {
        let bucket = try S3Bucket(name: name, region: region, endpoint: endpoint)
        #expect(bucket.website == website)
    }

    @Test func `A bucket that is moved goes to that region's door of AWS`() throws {
        for (endpoint, origin) in [
            (nil, "https://site.s3.eu-west-1.amazonaws.com/"),
            (
                "https://s3.dualstack.us-east-1.amazonaws.com",
                "https://site.s3.dualstack.eu-west-1.amazonaws.com/"
            ),
            ("https://s3.us-east-1.wasabisys.com", "https://s3.us-east-1.wasabisys.com"),
        ] {
            let bucket = try S3Bucket(name: "site", region: "us-east-1", endpoint: endpoint)
            #expect(try bucket.moved(to: "eu-west-1").origin.text == origin)
        }
    }

    @Test(
        arguments: [
            ("Site", "us-east-1", nil), ("si", "us-east-1", nil), ("a..b", "us-east-1", nil),
            ("a/b", "us-east-1", nil), ("a/b", "us-east-1", "https://s3.example.org"),
            ("..", "us-east-1", "https://s3.example.org"),
            ("", "us-east-1", "https://s3.example.org"),
            ("site", "", nil), ("site", "us-east-1/evil", nil), ("site", "RegionOne", nil),
            ("site", "a/b", "https://s3.example.org"),
            ("site", "us-east-1", "http://example.org"),
            ("site", "us-east-1", "not an address"),
            ("site", "us-east-1", "https://example.org?s3"), ("site@evil.org", "us-east-1", nil),
        ] as [(String, String, String?)])
    func `What is no bucket is refused`(_ name: String, region: String, endpoint: String?) {
        #expect(throws: AWSError.self) {
            try S3Bucket(name: name, region: region, endpoint: endpoint)
        }
    }

    @Test(arguments: [("site", "http://127.0.0.1:1"), ("My_Site", "https://s3.example.org")])
    func `A name that cannot stand in a host is told so`(_ name: String, endpoint: String) {
        let error = #expect(throws: AWSError.self) {
            try S3Bucket(
                name: name, region: "us-east-1", endpoint: endpoint, addressing: .host)
        }
        #expect(error?.description.contains("set publish.addressing to path") == true)
    }
}
