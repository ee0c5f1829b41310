import AWS
import Calendar
import Digest
import Support
import Testing
import Text
import Transport

/// Requests and signatures of our own, worked out with an implementation independent of this one,
/// and the examples of the S3 documentation
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
@Suite struct SignerTests {
    private let example = Signer(
        credentials: Credentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
        region: "us-east-1", service: "s3")
    private let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    private let host = "examplebucket.s3.amazonaws.com"

    @Test func `The documentation's GET of a range has its published signature`() throws {
        let headers = example.sign(
            method: "GET", path: "/test.txt", query: [],
            headers: ["Host": host, "Range": "bytes=0-9"],
            payload: empty, at: try #require(Timestamp(basic: "20130524T000000Z")))
        #expect(
            headers["Authorization"] == """
                AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
                SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
                Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
                """)
        #expect(headers["x-amz-date"] == "20130524T000000Z")
        #expect(headers["x-amz-content-sha256"] == empty)
    }

    @Test func `The documentation's PUT of a key with a dollar sign has its published signature`()
        throws
    {
        let headers = example.sign(
            method: "PUT", path: "/test$file.text", query: [],
            headers: [
                "Host": host, "Date": "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class": "REDUCED_REDUNDANCY",
            ],
            payload: SHA256(of: "Welcome to Amazon S3.".utf8).hex,
            at: try #require(Timestamp(basic: "20130524T000000Z")))
        #expect(
            headers["Authorization"]?.hasSuffix(
                "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
                == true)
    }

    @Test
    func `The documentation's listing has its published signature, in any order of its query`()
        throws
    {
        for query in [[("max-keys", "2"), ("prefix", "J")], [("prefix", "J"), ("max-keys", "2")]] {
            let headers = example.sign(
                method: "GET", path: "/", query: query, headers: ["Host": host], payload: empty,
                at: try #require(Timestamp(basic: "20130524T000000Z")))
            #expect(
                headers["Authorization"]?.hasSuffix(
                    "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
                    == true)
        }
    }

    @Test func `The documentation's presigned address has its published signature`() throws {
        let query = example.presign(
            method: "GET", host: host, path: "/test.txt", seconds: 86_400,
            at: try #require(Timestamp(basic: "20130524T000000Z")))
        #expect(
            query == """
                X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3\
                %2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
                &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
                """)
    }

    @Test func `A session token is sent and signed`() throws {
        let signer = Signer(
            credentials: Credentials(
                accessKeyID: "ID", secretAccessKey: Secret("KEY"), sessionToken: Secret("TOKEN")),
            region: "eu-west-1", service: "s3")
        let headers = signer.sign(
            method: "GET", path: "/", query: [], headers: ["Host": host], payload: empty,
            at: Timestamp(secondsSinceEpoch: 0))
        #expect(headers["x-amz-security-token"] == "TOKEN")
        #expect(headers["Authorization"]?.contains(";x-amz-security-token,") == true)
        #expect(!"\(headers)".contains("TOKEN"))
    }
}
