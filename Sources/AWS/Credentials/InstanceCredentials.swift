import Text
import Transport

/// What an EC2 instance gives by its metadata service, version 2, unless
/// `AWS_EC2_METADATA_DISABLED` is `true`.
///
/// Source: AWS SDKs and Tools Reference Guide, "IMDS credential provider".
struct InstanceCredentials: CredentialSource {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    var name: String {
        isDisabled
            ? "EC2 instance metadata (switched off by AWS_EC2_METADATA_DISABLED)"
            : "EC2 instance metadata"
    }

    /// Nil where there is no such service or the instance has no role.
    func credentials() async throws(AWSError) -> Credentials? {
        if isDisabled { return nil }
        let service = MetadataService(
            name: name, hosts: ["169.254.169.254", "[fd00:ec2::254]"], timeLimit: .seconds(1))
        guard let token = try await token(of: service) else { return nil }
        let headers: Headers = ["x-aws-ec2-metadata-token": token]
        let roles = endpoint + "/latest/meta-data/iam/security-credentials/"
        let list = try await service.send(roles, headers: headers)
        guard list.status == 200, let line = list.body.split(separator: 0x0A).first,
            let role = String(validating: line.filter { $0 != 0x0D }, as: UTF8.self)
        else { return nil }
        let body = try await service.body(
            roles + PercentEncoding.encode(role), headers: headers)
        return try CredentialDocument.credentials(body, from: name)
    }

    /// One attempt of one second: most machines are no instance, and nobody answers.
    private func token(of service: MetadataService) async throws(AWSError) -> String? {
        let answer: Response
        do throws(AWSError) {
            answer = try await service.send(
                endpoint + "/latest/api/token", method: .put,
                headers: ["x-aws-ec2-metadata-token-ttl-seconds": "21600"])
        } catch {
            if error.isTransient { return nil }
            throw error
        }
        return answer.status == 200 ? String(validating: answer.body, as: UTF8.self) : nil
    }

    private var isDisabled: Bool {
        environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true"
    }

    private var endpoint: String {
        let isSix = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]?.lowercased() == "ipv6"
        let text =
            environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"]
            ?? (isSix ? "http://[fd00:ec2::254]" : "http://169.254.169.254")
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// A service that gives credentials to what runs on a machine, at an address that does not leave
/// it.
struct MetadataService: Sendable {
    /// In words, for errors.
    let name: String
    /// Hosts that may be asked without TLS.
    let hosts: Set<String>
    /// The longest an answer may take.
    let timeLimit: Duration
    var certificates: String?

    /// The answer, whatever its status, of one attempt.
    func send(
        _ text: String, method: Request.Method = .get, headers: Headers
    ) async throws(AWSError) -> Response {
        try await HTTPClient.some(1, certificates).answer(
            to: Request(
                method, .of(text, alsoPlainTo: hosts), headers: headers, responseLimit: 64 << 10,
                connectLimit: timeLimit, timeLimit: timeLimit))
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
