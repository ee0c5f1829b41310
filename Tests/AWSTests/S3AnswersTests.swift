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
                    contents: S3Contents(objects: [
                        .init(key: try ObjectKey("a b+c/タ&"), byteCount: 12, etag: "\"abc\"")
                    ]),
                    continuation: "x+/="))
    }

    @Test(arguments: [
        "<Error/>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "<ListBucketResult>", "",
    ])
    func `A page that is none is an error`(_ text: String) {
        #expect(throws: AWSError.self) { try S3Answers.page(Array(text.utf8)) }
    }

    @Test(arguments: [
        "a%0Ab", "%00", "%7F", "%C2%85", "%FF", "%ED%A0%80", "%zz", "100%", "%EF%BF%BE",
        String(repeating: "a", count: 1025),
    ])
    func `A key that no publish gives is nothing that stops a listing`(_ key: String) throws {
        let text =
            "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>\(key)</Key><Size>1</Size></Contents>"
            + "<Contents><Key>ours</Key><Size>1</Size></Contents></ListBucketResult>"
        let contents = try S3Answers.page(Array(text.utf8)).contents
        #expect(contents.objects.map(\.key.text) == ["ours"])
        #expect(contents.strays == [key])
    }

    @Test(arguments: [
        ("a+b", "c+d", ["a b", "c d"]), ("a%2Bb", "c+d", ["a+b", "c d"]),
        ("a+b", "c%20d", ["a+b", "c d"]), ("a%2Bb", "c%20d", ["a+b", "c d"]),
    ])
    func `A space is what the server writes for one`(
        _ one: String, _ other: String, keys: [String]
    ) throws {
        let text =
            "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>\(one)</Key><Size>1</Size></Contents>"
            + "<Contents><Key>\(other)</Key><Size>1</Size></Contents></ListBucketResult>"
        #expect(try S3Answers.page(Array(text.utf8)).contents.objects.map(\.key.text) == keys)
    }

    @Test(
        arguments: [
            [0x01], [0xFF], [0xC3], [0x7F], [0xC2, 0x85], Array("&#x1;".utf8), Array("&#1;".utf8),
            Array("&#xFFFE;".utf8),
            Array("&#10;".utf8),
        ] as [[UInt8]])
    func `Nor is one of a server that encodes none`(_ key: [UInt8]) throws {
        let text =
            Array("<ListBucketResult><Contents><Key>a".utf8) + key
            + Array("</Key><Size>1</Size></Contents>".utf8)
            + Array(
                "<Contents><Key>ours&amp;タ</Key><Size>1</Size></Contents></ListBucketResult>".utf8)
        let contents = try S3Answers.page(text).contents
        #expect(contents.objects.map(\.key.text) == ["ours&タ"])
        #expect(contents.strays.count == 1)
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
