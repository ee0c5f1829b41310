import Testing

@testable import AWS

@Suite struct BucketPolicyTests {
    private static func statement(_ text: String) -> String {
        "{\"Version\":\"2012-10-17\",\"Statement\":\(text)}"
    }

    @Test(
        arguments: [
            (
                #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
                true
            ),
            (
                #"[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["s3:get*"],"Resource":["arn:aws:s3:::b/parts/x/*"]}]"#,
                true
            ),
            (#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#, true),
            (
                #"{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::?"}"#,
                true
            ),
            (
                #"{"Effect":"Allow","NotPrincipal":{"AWS":"x"},"NotAction":"s3:Put*","Resource":"*"}"#,
                true
            ),
            (
                #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"StringLike":{"aws:Referer":"x"}}}"#,
                true
            ),
            (
                #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"x"}}}"#,
                false
            ),
            (
                #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/site/*"}"#,
                false
            ),
            (#"{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"*"}"#, false),
            (
                #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"},"Action":"s3:*","Resource":"*"}"#,
                false
            ),
            (#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}"#, false),
            (
                #"{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::other"}"#,
                false
            ),
        ])
    func `A policy is open where it gives anyone something of the place`(
        text: String, isOpen: Bool
    )
        throws
    {
        let policy = try #require(BucketPolicy(Array(Self.statement(text).utf8)))
        #expect(
            policy.opens("arn:aws:s3:::b/parts/", of: "arn:aws:s3:::b") == isOpen, "\(text)")
    }

    @Test func `What is no policy gives nothing`() {
        #expect(BucketPolicy(Array("{}".utf8)) == nil && BucketPolicy([]) == nil)
    }
}
