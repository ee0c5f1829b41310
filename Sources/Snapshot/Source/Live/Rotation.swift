/// Servers of equal rank, tried in turn.
struct Rotation<Server> {
    let servers: [Server]
    private(set) var index = 0

    /// At least one.
    init(_ servers: [Server]) { self.servers = servers }

    var current: Server { servers[index] }

    mutating func advance() { index = (index + 1) % servers.count }
    mutating func move(to index: Int) { self.index = index }
}
