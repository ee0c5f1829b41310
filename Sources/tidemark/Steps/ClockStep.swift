import AWS
import Calendar
import Snapshot
import Sync
import Transport

/// The time, by more clocks than this machine's.
struct ClockStep {
    let context: RunContext

    /// The clock that a run begins by: `--now` is one that somebody answers for.
    ///
    /// - Throws: `ClockRefusal` if the machine's shows what cannot be.
    func begin() throws(ClockRefusal) -> OutsideClock {
        let now = context.now
        guard context.options.now != nil || now >= Release.date else { throw .past(now: now) }
        return OutsideClock(machine: now, isChosen: context.options.now != nil)
    }

    /// Asks the server of the bucket, or else that of the site, what time it is. One that does not answer tells
    /// nothing.
    func ask(_ settings: Settings, for clock: OutsideClock) async {
        let place = try? PublishPlace(settings, context)
        let bucket = try? place?.bucket()
        let certificates = place?.certificates ?? context.certificates
        guard let text = bucket?.address ?? settings.site.url, let address = try? Address(text),
            let client = try? HTTPClient(maxActive: 1, certificates: certificates)
        else { return }
        let request = Request(
            .head, address, silenceLimit: .seconds(10), timeLimit: .seconds(20))
        if let answer = try? await client.open(request) {
            clock.take(date: answer.headers["Date"], of: address.description)
        }
    }
}

extension ClockRefusal: ExitCoded {
    var exitCode: ExitCode { .refused }
}
