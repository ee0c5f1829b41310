/// A file of the site that may be different from the last build's, and how it is made.
struct SiteFile: Sendable {
    /// Relative to the site's root.
    let path: String
    let make: @Sendable () throws(SiteError) -> [UInt8]
}
