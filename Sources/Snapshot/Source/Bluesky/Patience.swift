import Transport

/// How often and how long servers that bring nothing are tried.
struct Patience {
    /// Connections in a row that were opened and brought nothing, and attempts that opened none.
    private var silences = 0
    private var losses = 0
    private var refusals = 0
    private var failingSince: ContinuousClock.Instant?
    private let serverCount: Int
    private var hasConnected = false

    /// Attempts that may heal by themselves go on for so long.
    private let limit: Duration

    init(serverCount: Int, limit: Duration) {
        self.serverCount = serverCount
        self.limit = limit
    }

    enum Verdict { case tryAgain, nothingMore, giveUp }

    /// A connection was opened.
    mutating func connected() {
        hasConnected = true
        refusals = 0
    }

    /// An event came that was not known before.
    mutating func rewarded() {
        (silences, losses, refusals, failingSince) = (0, 0, 0, nil)
    }

    /// What to do after an opened connection ended and brought nothing new.
    ///
    /// - Parameter isNearEnd: whether what is missing is so little that it may not exist.
    mutating func ended(_ error: TransportError, isNearEnd: Bool) -> Verdict {
        if case .silent = error { silences += 1 } else { losses += 1 }
        let needed = isNearEnd ? 2 : 3
        return silences >= needed || losses >= 2 * needed || silences + losses >= 2 * needed
            ? .nothingMore : .tryAgain
    }

    /// What to do after an attempt that opened no connection.
    mutating func refused(_ error: TransportError) -> Verdict {
        refusals += 1
        let since = failingSince ?? .now
        failingSince = since
        if error.isTransient { return .now - since < limit ? .tryAgain : .giveUp }
        return refusals < (hasConnected ? 10 : 3) * serverCount ? .tryAgain : .giveUp
    }
}
