/// The role to take on, as STS wants to hear it.
struct RoleRequest: Hashable, Sendable {
    var arn: String
    /// What the session is called in the account's log; nil for a name of ours.
    var session: String?
    var externalID: Secret?
    /// Seconds, 900 to 43,200; nil for the service's hour.
    var duration: String?

    init(
        arn: String, session: String? = nil, externalID: Secret? = nil, duration: String? = nil
    ) {
        self.arn = arn
        self.session = session
        self.externalID = externalID
        self.duration = duration
    }
}
