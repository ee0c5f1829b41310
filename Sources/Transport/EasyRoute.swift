import CCurl
import Text

/// Sets what every transfer has: where it goes, whom it trusts, and that nothing is followed.
///
/// libcurl finds the proxy itself: `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, for `wss` too.
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
    if let certificates {
        tidemark_set_text(easy, CURLOPT_CAINFO, certificates)
        tidemark_set_text(easy, CURLOPT_PROXY_CAINFO, certificates)
    }
    // What a proxy says before it lets us through is no answer of the server's.
    tidemark_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    if address.isDirect { tidemark_set_text(easy, CURLOPT_NOPROXY, "*") }
    tidemark_set_long(easy, CURLOPT_NOSIGNAL, 1)
    tidemark_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    tidemark_set_long(easy, CURLOPT_TCP_KEEPIDLE, 30)
    tidemark_set_long(easy, CURLOPT_TCP_KEEPINTVL, 15)
}

/// What a result of curl that is no success means.
///
/// - Parameter words: what it put into the error buffer.
func failure(
    _ code: CURLcode, of easy: UnsafeMutableRawPointer?, at address: Address,
    words: UnsafePointer<CChar>
) -> TransportError {
    var status = 0
    if let easy { tidemark_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &status) }
    if status >= 300 { return .proxyRefused(shown: address.description, status: status) }
    var said = String(cString: words)
    // Its words for a proxy's address hold the password in it.
    if said.isEmpty || said.contains("@") || said.contains("proxy syntax") {
        said = String(cString: curl_easy_strerror(code))
    }
    // Nobody would look for a proxy behind its bare address.
    let isOnTheWay = [5, 7, 28, 35, 56, 97].contains(code.rawValue)
    if isOnTheWay, let easy, tidemark_used_proxy(easy) != 0 {
        said = TransportError.byProxy + said
    }
    return .failed(
        shown: address.description, code: Int(code.rawValue), reason: terminalSafe(said))
}
