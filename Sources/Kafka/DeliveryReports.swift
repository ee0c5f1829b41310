import CKafka
import Synchronization

/// How many of the messages that were to be written have not been, by the stretches between two marks.
final class DeliveryReports: Sendable {
    private struct State {
        /// Messages of each stretch that are on their way; the first is the oldest.
        var open: [Int] = [0]
        /// The number of the oldest stretch.
        var first = 0
        var failure: String?
    }

    private let state = Mutex(State())

    /// A message sets out; gives the number of its stretch.
    func begin() -> Int {
        state.withLock { state in
            state.open[state.open.count - 1] += 1
            return state.first + state.open.count - 1
        }
    }

    /// A message of the stretch did not set out.
    func withdraw(_ stretch: Int) { state.withLock { $0.open[stretch - $0.first] -= 1 } }

    func take(_ message: rd_kafka_message_t) {
        let stretch = Int(bitPattern: message._private)
        state.withLock { state in
            if message.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                state.open[stretch - state.first] -= 1
            } else {
                state.failure = state.failure ?? words(of: message.err)
            }
        }
    }

    /// Ends the stretch; gives its number.
    func mark() -> Int {
        state.withLock { state in
            state.open.append(0)
            return state.first + state.open.count - 2
        }
    }

    /// The number of the last stretch of which, and of all before which, everything is written; nil without one.
    func settled() -> Int? {
        state.withLock { state in
            while state.open.count > 1, state.open[0] == 0 {
                state.open.removeFirst()
                state.first += 1
            }
            return state.first > 0 ? state.first - 1 : nil
        }
    }

    /// Why a message will never be written; nil if none failed.
    var failure: String? { state.withLock { $0.failure } }
}
