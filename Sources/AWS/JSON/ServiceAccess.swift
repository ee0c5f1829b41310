import Calendar
import Tasks
import Transport

/// Where a service of AWS is asked, and as whom: as the tools of AWS find it, where no setting says otherwise.
public struct ServiceAccess: Sendable {
    public let region: String
    /// The address of the service, or of another that speaks its protocol.
    public let endpoint: String
    /// Whether it is not one of AWS itself.
    public let isElsewhere: Bool
    let credentials: CachedCredentials
    /// A PEM file of authorities to trust in the place of the system's; nil for the system's.
    let certificates: String?
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - service: `kinesis`, `dynamodb`.
    ///   - region: nil for what the environment or the profile says.
    ///   - endpoint: likewise; then the region's own. Plain http on loopback alone.
    ///   - setting: the key that names the region, for the error that there is none.
    public init(
        _ service: String, environment: [String: String], region: String?, endpoint: String?,
        setting: String, now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) throws(AWSError) {
        let home = HomeFolder.path(in: environment)
        let profile = Profile(environment: environment, home: home)
        var endpoint = endpoint
        if endpoint == nil { endpoint = try profile.endpoint(of: service) }
        let host = try endpoint.map { (text) throws(AWSError) in try Address.of(text).host }
        isElsewhere = host.map { !Partition.isOfAWS($0) } ?? false
        var named = region
        if named == nil { named = try profile.region() }
        guard let region = named ?? (isElsewhere ? "us-east-1" : nil) else {
            throw .noRegion(setting: setting)
        }
        guard isElsewhere || Partition.hasRegion(region) else {
            throw .name(region, reason: "it is no region of AWS; correct \(setting)")
        }
        self.region = region
        self.endpoint =
            endpoint ?? "https://\(service).\(region).\(Partition(of: region).suffix)"
        certificates = try profile.certificates()
        credentials = CachedCredentials(
            CredentialChain(
                environment: environment, home: home,
                // That of another server means nothing to AWS.
                region: isElsewhere ? nil : region, retry: Retry(limit: .seconds(30))), now: now)
        self.now = now
    }

    /// What the names of its resources begin with in policies: `arn:aws:kinesis:eu-west-1`.
    func arn(_ service: String) -> String {
        "arn:\(Partition(of: region).id):\(service):\(region)"
    }
}
