import Transport

/// What ECS and EKS give to a container, by `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
///
/// Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
struct ContainerCredentials: CredentialSource {
    private let environment: Environment
    private let home: String
    private let certificates: @Sendable () throws(AWSError) -> String?

    /// - Parameters:
    ///   - home: the folder `~` stands for.
    ///   - certificates: a PEM file of authorities to trust in the place of the system's.
    init(
        _ environment: Environment, home: String,
        certificates: @escaping @Sendable () throws(AWSError) -> String?
    ) {
        self.environment = environment
        self.home = home
        self.certificates = certificates
    }

    let name = "the container (AWS_CONTAINER_CREDENTIALS_FULL_URI, …_RELATIVE_URI)"

    /// Without TLS only the agents of ECS and EKS and this machine are asked: whoever sets the
    /// variable must not be able to send the token elsewhere.
    private static let hosts: Set = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]

    func credentials() async throws(AWSError) -> Credentials? {
        let address: String
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            address = "http://169.254.170.2" + path
        } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
            address = full
        } else {
            return nil
        }
        var headers: Headers = ["Accept": "application/json"]
        headers["Authorization"] = try token()
        let service = MetadataService(
            name: name, hosts: Self.hosts, timeLimit: .seconds(2), certificates: try certificates())
        return try CredentialDocument.credentials(
            try await service.body(address, headers: headers), from: name)
    }

    /// Read anew each time: EKS changes the file.
    private func token() throws(AWSError) -> String? {
        guard let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
            return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        }
        return try SmallFile.text(HomeFolder.expanding(path, home: home))
    }
}
