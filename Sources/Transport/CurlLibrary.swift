import CCurl

/// The libcurl this process runs with, which may be another than the one it was built with.
public enum CurlLibrary {
    /// Such as `8.14.1`.
    public static var version: String {
        information?.pointee.version.map { String(cString: $0) } ?? "unknown"
    }

    /// Whether it speaks `wss`. Builds before 8.11 export the functions without the protocol.
    public static var hasWebSocket: Bool {
        guard var protocols = information?.pointee.protocols else { return false }
        while let name = protocols.pointee {
            if String(cString: name) == "wss" { return true }
            protocols += 1
        }
        return false
    }

    private static var information: UnsafeMutablePointer<curl_version_info_data>? {
        curl_version_info(CURLVERSION_FIRST)
    }
}

/// Whether libcurl could be set up, which is done once for all threads.
let isCurlSetUp = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
