import Testing

@testable import AWS

@Suite struct SitePolicyTests {
    private func policy(endpoint: String? = nil, prefix: String = "now/") throws -> SitePolicy {
        SitePolicy(
            bucket: try S3Bucket(name: "site", region: "eu-west-1", endpoint: endpoint),
            prefix: prefix)
    }

    @Test func `On AWS everyone may read the site, and only its account what it withholds`() throws
    {
        let (old, new) = try policy().ofBucket(over: nil)
        #expect(old == nil)
        guard case .array(let statements) = new["Statement"] else {
            Issue.record("no statements")
            return
        }
        #expect(statements.map { $0["Effect"] } == ["Allow", "Deny"])
        #expect(
            statements.map { $0["Resource"] } == [
                "arn:aws:s3:::site/now/*", "arn:aws:s3:::site/now/.tidemark/*",
            ])
        #expect(
            statements[1]["Condition"]
                == ["StringNotEquals": ["aws:PrincipalAccount": "${aws:ResourceAccount}"]])
    }

    @Test
    func `Statements of others stay, ours are put in their old place, and all of it is stable`()
        throws
    {
        let old = """
            {"Version":"2012-10-17","Id":"mine","Statement":[
            {"Sid":"TidemarkPublicRead","Effect":"Allow","Principal":"*","Action":"s3:*",
            "Resource":"arn:aws:s3:::site/*"},
            {"Sid":"Log","Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},
            "Action":"s3:PutObject","Resource":"arn:aws:s3:::site/log/*"}]}
            """
        let new = try policy().ofBucket(over: Array(old.utf8)).new
        guard case .array(let statements) = new["Statement"] else {
            Issue.record("no statements")
            return
        }
        #expect(
            statements.map { $0["Sid"] } == ["TidemarkPublicRead", "Log", "TidemarkWithheld"])
        #expect(statements[0]["Action"] == "s3:GetObject")
        #expect(new["Id"] == "mine")
        let again = try policy().ofBucket(over: Array(new.document.utf8))
        #expect(again.old == again.new)
    }

    @Test(arguments: ["", "[]", "{}", "<html>"])
    func `What is no policy is an error, and not overwritten`(_ text: String) throws {
        #expect(throws: AWSError.self) { try policy().ofBucket(over: Array(text.utf8)) }
    }

    @Test
    func `Without a prefix there is no condition, and elsewhere no rule that AWS alone knows`()
        throws
    {
        #expect(
            try !policy(prefix: "").ofPublisher(distribution: nil).contains("Condition"))
        let elsewhere = try policy(endpoint: "https://s3.example").ofBucket(over: nil).new
        #expect(!elsewhere.document.contains("TidemarkWithheld"))
    }
}
