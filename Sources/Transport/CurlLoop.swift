import CCurl
import Synchronization

/// The owner of a multi handle and of the one thread that drives it.
///
/// Rule of the handle: all calls of curl are made on that thread, but for `curl_multi_wakeup`,
/// which curl allows anywhere, and which is called under the lock that also guards the end of the
/// handle. `waiting` and `active` belong to the thread. That makes `@unchecked` right.
final class CurlLoop: @unchecked Sendable {
    enum Order: Sendable {
        case start(Exchange)
        case resume(Exchange)
        case cancel(Exchange)
        case stop
    }

    private struct Orders {
        var pending: [Order] = []
        var isStopped = false
    }

    private let orders = Mutex(Orders())
    private let multi: UnsafeMutableRawPointer
    private let maxActive: Int
    private var waiting: [Exchange] = []
    private var active: [UnsafeMutableRawPointer: Exchange] = [:]

    /// Starts the thread, which keeps the loop alive until it is told to stop.
    init(maxActive: Int) throws(TransportError) {
        guard isCurlSetUp, let multi = curl_multi_init() else {
            throw .unavailable(reason: "libcurl does not start")
        }
        self.multi = multi
        self.maxActive = maxActive
        tidemark_multi_set_long(multi, CURLMOPT_MAXCONNECTS, maxActive)

        do throws(TransportError) {
            try startThread { self.run() }
        } catch {
            curl_multi_cleanup(multi)
            throw error
        }
    }

    /// Hands an order to the thread; one that comes after `stop` ends its exchange as cancelled.
    func post(_ order: Order) {
        let isTaken = orders.withLock { orders in
            guard !orders.isStopped else { return false }
            orders.pending.append(order)
            curl_multi_wakeup(multi)
            return true
        }
        if !isTaken, case .start(let exchange) = order {
            exchange.inbox.finish(.failure(.cancelled))
        }
    }

    // MARK: on the thread

    private func run() {
        var running: Int32 = 0
        while follow(orders.withLock { taken(from: &$0) }) {
            startWaiting()
            curl_multi_perform(multi, &running)
            finishDone()
            curl_multi_poll(multi, nil, 0, Int32(finishSilent().milliseconds), nil)
        }
        for exchange in waiting { exchange.finish(.failure(.cancelled)) }
        for easy in Array(active.keys) { finish(easy, .failure(.cancelled)) }
        curl_multi_cleanup(multi)
    }

    private func taken(from orders: inout Orders) -> [Order] {
        let taken = orders.pending
        orders.pending = []
        orders.isStopped = taken.contains { if case .stop = $0 { true } else { false } }
        return taken
    }

    /// False after the order to stop.
    private func follow(_ orders: [Order]) -> Bool {
        var goesOn = true
        for order in orders {
            switch order {
            case .start(let exchange): waiting.append(exchange)
            case .resume(let exchange): exchange.resume()
            case .cancel(let exchange):
                waiting.removeAll { $0 === exchange }
                if let easy = exchange.easy { finish(easy, .failure(.cancelled)) }
            case .stop: goesOn = false
            }
        }
        return goesOn
    }

    private func startWaiting() {
        while active.count < maxActive, !waiting.isEmpty {
            let exchange = waiting.removeFirst()
            guard !exchange.inbox.isFinished else { continue }  // cancelled before its turn
            do throws(TransportError) {
                let easy = try exchange.start()
                active[easy] = exchange
                curl_multi_add_handle(multi, easy)
            } catch {
                exchange.finish(.failure(error))
            }
        }
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let exchange = active[easy]
            else { continue }
            finish(easy, exchange.end(for: message.pointee.data.result))
        }
    }

    /// Ends what has been silent for too long, and returns the time until the next may be.
    private func finishSilent() -> Duration {
        let now = ContinuousClock.now
        var next = Duration.seconds(60)
        for (easy, exchange) in active {
            guard let left = exchange.silenceLeft(at: now) else { continue }
            if left <= .zero {
                finish(easy, .failure(exchange.silence))
                next = .zero
            } else {
                next = min(next, left)
            }
        }
        return next
    }

    private func finish(_ easy: UnsafeMutableRawPointer, _ end: Result<Void, TransportError>) {
        curl_multi_remove_handle(multi, easy)
        active.removeValue(forKey: easy)?.finish(end)
    }
}
