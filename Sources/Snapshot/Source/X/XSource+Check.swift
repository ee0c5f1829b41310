import Calendar
import Glibc
import Tasks
import Transport

extension XSource {
    public func check() async -> [SourceCheck] {
        [await checkServer(), checkBudget()].compactMap { $0 }
    }

    /// A stream of X is not opened: what it sends would cost money.
    private func checkServer() async -> SourceCheck? {
        guard let client = try? HTTPClient(certificates: certificates) else { return nil }
        var server = PacedServer(
            base: access.base, headers: access.authorization, client: client,
            backoff: Backoff(base: .milliseconds(200), cap: .seconds(1)), refusal: access.refusal)
        do {
            guard api == .v2 else {
                let transfer = try await client.open(
                    kind.request(
                        api, at: access, withReposts: false, backfillMinutes: 0,
                        silenceLimit: SourceCheck.patience))
                guard transfer.status == 200 else {
                    throw server.refused(access.refusal(transfer.status, transfer.headers))
                }
                return SourceCheck(access.base, "its stream opens")
            }
            let rules = XRules(source: name, wanted: [])
            let count = try await rules.count(on: &server, before: .now + SourceCheck.patience)
            return SourceCheck(
                access.base,
                "takes the token; rules of the app: \(count.ours) of ours, \(count.others) of others",
                clockLead: server.pace.clockLead)
        } catch {
            return SourceCheck(access.base, failure: error, clockLead: server.pace.clockLead)
        }
    }

    private func checkBudget() -> SourceCheck {
        let subject = "budget"
        do {
            let now = Timestamp.now()
            let spent = try log.spent(on: name, slot: now).month
            let (left, limit) = budget.left(after: (0, spent))
            return SourceCheck(
                subject,
                "\(spent) posts paid for this month; \(left) left in a window, by the \(limit)",
                isWrong: left == 0)
        } catch {
            return SourceCheck(subject, "\(error)", isWrong: true)
        }
    }
}
