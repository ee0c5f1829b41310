import CCurl
import Text

/// Who vouches for a server that nobody vouches for here.
public enum Authority {
    /// The issuer of the last certificate that the server shows, by its own words; nil if it shows
    /// none within ten seconds.
    ///
    /// Nothing is sent to the server but what TLS begins with, as it may be anyone.
    public static func issuer(of address: Address) async -> String? {
        guard let address = try? Address("https://\(address.authority)/") else { return nil }
        return await withCheckedContinuation { continuation in
            do throws(TransportError) {
                try startThread { continuation.resume(returning: lastIssuer(of: address)) }
            } catch {
                continuation.resume(returning: nil)
            }
        }
    }

    private static func lastIssuer(of address: Address) -> String? {
        guard isCurlSetUp, let easy = curl_easy_init() else { return nil }
        defer { curl_easy_cleanup(easy) }
        setRoute(of: easy, to: address, protocols: "https", certificates: nil)
        for (option, value) in [
            (CURLOPT_CONNECT_ONLY, 1), (CURLOPT_SSL_VERIFYPEER, 0), (CURLOPT_SSL_VERIFYHOST, 0),
            (CURLOPT_CERTINFO, 1), (CURLOPT_CONNECTTIMEOUT_MS, 10_000),
        ] {
            tidemark_set_long(easy, option, value)
        }
        var chain: UnsafeMutablePointer<curl_certinfo>?
        guard curl_easy_perform(easy) == CURLE_OK,
            tidemark_get_certificates(easy, &chain) == CURLE_OK, let chain,
            chain.pointee.num_of_certs > 0
        else { return nil }
        var line = chain.pointee.certinfo[Int(chain.pointee.num_of_certs) - 1]
        while let field = line {
            let text = field.pointee.data.map { String(cString: $0) } ?? ""
            if text.hasPrefix("Issuer:") { return terminalSafe(String(text.dropFirst(7))) }
            line = field.pointee.next
        }
        return nil
    }
}
