import Transport

/// What a stranger can read.
public enum PublicReach {
    /// Whether an object of the bucket, which begins with these bytes, is given to someone without
    /// credentials.
    ///
    /// - Parameter address: where it might be served too; nil for the bucket alone.
    public static func gives(
        _ beginning: [UInt8], _ key: ObjectKey, of bucket: S3Bucket, orAt address: String?
    ) async throws(AWSError) -> Bool {
        var addresses = [try bucket.address(of: key, query: "")]
        if let address { addresses.append(try .of(address)) }
        let client = try HTTPClient.some(1)
        for address in addresses {
            let answer = try await client.answer(
                to: Request(.get, address, responseLimit: 256 << 20, isCompressed: true))
            if answer.body.starts(with: beginning) { return true }
        }
        return false
    }
}
