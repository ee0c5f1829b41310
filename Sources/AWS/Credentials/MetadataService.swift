import Transport

/// A service that gives credentials to what runs on a machine, at an address that does not leave
/// it.
struct MetadataService: Sendable {
    /// In words, for errors.
    let name: String
    /// Hosts that may be asked without TLS.
    let hosts: Set<String>
    /// The longest an answer may take.
    let timeLimit: Duration

    /// The answer, whatever its status, of one attempt.
    func send(
        _ text: String, method: Request.Method = .get, headers: Headers
    ) async throws(AWSError) -> Response {
        do throws(TransportError) {
            let address = try Address(text, alsoPlainTo: hosts)
            return try await HTTPClient(maxActive: 1).send(
                Request(
                    method, address, headers: headers, responseLimit: 64 << 10,
                    connectLimit: timeLimit, timeLimit: timeLimit))
        } catch {
            throw .transport(error)
        }
    }

    /// The body of a good answer, of at most three attempts; throws `credentials` for another.
    func body(_ text: String, headers: Headers) async throws(AWSError) -> [UInt8] {
        var attempt = 1
        while true {
            do throws(AWSError) {
                let answer = try await send(text, headers: headers)
                if answer.status == 200 { return answer.body }
                guard answer.status >= 500, attempt < 3 else {
                    throw .credentials(place: name, reason: "it answers with \(answer.status)")
                }
            } catch {
                guard error.isTransient, attempt < 3 else { throw error }
            }
            attempt += 1
        }
    }
}
