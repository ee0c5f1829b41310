extension SocketSource {
    public func check() async -> [SourceCheck] {
        let subject = "\(host):\(port)"
        do throws(SocketFailure) {
            _ = try await SocketBytes.open(host: host, port: port, until: .now + .seconds(5))
            return [SourceCheck(subject, "somebody answers")]
        } catch {
            return [
                SourceCheck(
                    subject,
                    "nobody answers: \(error.reason); is the program that sends the posts running?",
                    isWrong: true)
            ]
        }
    }
}
