import CCurl

/// Sets what every transfer has: where it goes, whom it trusts, and that nothing is followed.
///
/// - Parameters:
///   - protocols: the schemes that curl may speak, separated by commas.
///   - certificates: a PEM file of authorities to trust in the place of the system's.
func setRoute(
    of easy: UnsafeMutableRawPointer, to address: Address, protocols: String, certificates: String?
) {
    tidemark_set_text(easy, CURLOPT_URL, address.text)
    tidemark_set_text(easy, CURLOPT_PROTOCOLS_STR, protocols)
    tidemark_set_long(easy, CURLOPT_PATH_AS_IS, 1)
    tidemark_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    tidemark_set_text(easy, CURLOPT_USERAGENT, "tidemark")
    if let certificates { tidemark_set_text(easy, CURLOPT_CAINFO, certificates) }
    if address.isDirect { tidemark_set_text(easy, CURLOPT_NOPROXY, "*") }
    tidemark_set_long(easy, CURLOPT_NOSIGNAL, 1)
    tidemark_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    tidemark_set_long(easy, CURLOPT_TCP_KEEPIDLE, 30)
    tidemark_set_long(easy, CURLOPT_TCP_KEEPINTVL, 15)
}
