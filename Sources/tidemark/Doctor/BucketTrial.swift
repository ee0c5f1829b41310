import AWS
import Output
import Sync

/// What a publish does to a bucket, done to one small object of our own, under the prefix.
struct BucketTrial {
    private let place: PublishPlace
    private let prefix: String

    init(_ place: PublishPlace, prefix: String) {
        self.place = place
        self.prefix = prefix
    }

    /// Throws if the bucket cannot be asked, or does not take or delete the object.
    func run() async throws -> (diagnoses: [Diagnosis], lead: (server: String, seconds: Int)?) {
        let bucket = try place.bucket()
        let client = try S3Client(
            bucket: bucket, credentials: place.credentials, retry: place.retry, maxActive: 1,
            certificates: place.certificates)
        let page = try await client.head(ObjectKey(prefix + SiteLayout.front))
        let key = try ObjectKey(prefix + ".tidemark/doctor")
        let body = Array("tidemark doctor wrote this, and deletes it.\n".utf8)
        try await client.put(
            key, body,
            headers: ObjectHeaders(contentType: "text/plain", cacheControl: "private, no-store"))
        let isOpen = try await client.givesToAnyone(key, beginning: body, orAt: nil)
        let refusals = try await client.delete([key])
        let lead = client.clockLead.map { (server: bucket.name, seconds: $0) }
        if let refusal = refusals[key] {
            let sentence =
                "\(bucket.name): takes objects and does not delete them, so that old pages would stay: \(refusal)"
            return ([Diagnosis(.wrong, "publish.bucket", sentence)], lead)
        }
        var diagnoses = [
            Diagnosis(
                .ok, "publish.bucket",
                "\(bucket.name) takes and deletes objects with the credentials of \(try await place.chain.used()); "
                    + (page == nil ? "there is no site in it yet" : "there is a site in it"))
        ]
        let manifest = try await client.get(
            ObjectKey(prefix + SitePath.manifest), byteLimit: 256 << 20)
        if let manifest {
            do {
                try PublishedManifest.check(manifest.bytes)
            } catch {
                diagnoses.append(Diagnosis(.wrong, "publish.bucket", "\(bucket.name): \(error)"))
            }
        }
        if isOpen {
            diagnoses.append(
                Diagnosis(
                    .note, "publish.bucket",
                    "anybody can read \(prefix).tidemark/ in \(bucket.name), so what the site withholds and what paid "
                        + "sources have cost is not saved there: tidemark bucket shows how to close it"
                ))
        }
        return (diagnoses, lead)
    }
}
