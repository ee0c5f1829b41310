import Testing

@testable import AWS

@Suite struct S3AnswersTests {
    @Test func `A page gives its objects, with encoded keys decoded`() throws {
        let page = try S3Answers.page(
            Array(
                """
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType>
                <Contents><Key>a+b%2Bc/%E3%82%BF%26</Key><Size>12</Size><ETag>"abc"</ETag></Contents>
                <IsTruncated>true</IsTruncated><NextContinuationToken>x+/=</NextContinuationToken></ListBucketResult>
                """.utf8))
        #expect(
            page
                == .init(
                    objects: [
                        .init(key: try ObjectKey("a b+c/タ&"), byteCount: 12, etag: "\"abc\"")
                    ],
                    continuation: "x+/="))
    }

    @Test(arguments: [
        "<Error/>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%zz</Key><Size>1</Size></Contents></ListBucketResult>",
        "<ListBucketResult>", "",
    ])
    func `A page that is none is an error`(_ text: String) {
        #expect(throws: AWSError.self) { try S3Answers.page(Array(text.utf8)) }
    }

    @Test func `A deletion holds its keys in XML, escaped`() throws {
        let body = S3Answers.deletion(of: [try ObjectKey("a&b<c>]]>\"'タ\u{301}")])
        let keys = try #require(XMLElement(body)).children.filter { $0.name == "Object" }.map {
            $0["Key"]?.text
        }
        #expect(keys == ["a&b<c>]]>\"'タ\u{301}"])
    }

    @Test func `Keys that were not deleted are told with the reason`() throws {
        let undeleted = try S3Answers.undeleted(
            Array(
                "<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"
                    .utf8))
        #expect(undeleted.map(\.key) == ["a"])
        #expect(undeleted.map(\.code) == ["AccessDenied"] && undeleted.map(\.message) == ["no"])
        #expect(throws: AWSError.self) { try S3Answers.undeleted(Array("<html/>".utf8)) }
    }
}
