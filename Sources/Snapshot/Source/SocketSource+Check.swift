extension SocketSource {
    public func check() async -> [SourceCheck] {
        let subject = "\(host):\(port)"
        do {
            _ = try SocketBytes(host: host, port: port, timeout: 5000)
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
