import Text

/// The XML bodies S3 sends and takes.
enum S3Answers {
    struct Page: Hashable {
        var objects: [S3Listing]
        /// Where the next page begins; nil on the last.
        var continuation: String?
    }

    static func page(_ body: [UInt8]) throws(AWSError) -> Page {
        func malformed(_ reason: String) -> AWSError {
            .malformedAnswer(operation: S3Operation.list.rawValue, reason: reason)
        }
        guard let answer = XMLElement(body) else { throw malformed("not well-formed XML") }
        guard answer.name == "ListBucketResult" else {
            throw malformed("expected ListBucketResult")
        }
        let isEncoded = answer["EncodingType"]?.text == "url"
        var objects: [S3Listing] = []
        for object in answer.children where object.name == "Contents" {
            let raw = object["Key"]?.text ?? ""
            guard let key = isEncoded ? PercentEncoding.decodeForm(raw) : raw else {
                throw malformed("a key that is not percent-encoded")
            }
            guard let byteCount = Int(object["Size"]?.text ?? ""), byteCount >= 0 else {
                throw malformed("an object without a size")
            }
            objects.append(
                S3Listing(
                    key: try ObjectKey(key), byteCount: byteCount,
                    etag: object["ETag"]?.text ?? ""))
        }
        let isTruncated = answer["IsTruncated"]?.text == "true"
        let next = answer["NextContinuationToken"]?.text
        if isTruncated && (next ?? "").isEmpty { throw malformed("more to come, but no token") }
        return Page(objects: objects, continuation: isTruncated ? next : nil)
    }

    /// The keys a DeleteObjects could not delete, each with code and message; the others are gone.
    static func undeleted(
        _ body: [UInt8]
    ) throws(AWSError) -> [(key: String, code: String, message: String)] {
        // Some have nothing to say where nothing failed.
        if body.trimmingASCIIWhitespace().isEmpty { return [] }
        guard let answer = XMLElement(body), answer.name == "DeleteResult" else {
            throw .malformedAnswer(
                operation: S3Operation.delete.rawValue, reason: "expected DeleteResult")
        }
        return answer.children.filter { $0.name == "Error" }.map { error in
            (error["Key"]?.text ?? "", error["Code"]?.text ?? "", error["Message"]?.text ?? "")
        }
    }

    /// The body of a DeleteObjects that answers with failures alone.
    static func deletion(of keys: [ObjectKey]) -> [UInt8] {
        let objects = keys.map { key in
            XMLElement(name: "Object", children: [XMLElement(name: "Key", text: key.text)])
        }
        return XMLElement(
            name: "Delete", children: [XMLElement(name: "Quiet", text: "true")] + objects
        ).document(namespace: namespace)
    }

    /// Of what S3 takes.
    static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
}
