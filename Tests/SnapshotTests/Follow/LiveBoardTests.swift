import Synchronization
import Testing

@testable import Snapshot

@Suite("sources that are behind") struct LiveBoardTests {
    @Test(arguments: [
        // From the slot's start, faster than the clock.
        ([7200, 3000, 900, 40, 50], [true, true, true, false, false]),
        // A slow machine comes nearer by half a minute at a look.
        ([7200, 7160, 7120, 110], [true, true, true, false]),
        // As it goes, and after the connection was lost.
        ([5, 3, 900, 300, 2], [false, false, false, true, false]),
        // A server that is always late is told of as it is.
        ([600, 590, 595], [true, false, false]), ([90], [false]),
    ])
    func `are not told of while they catch up`(seconds: [Int], expected: [Bool]) {
        var arrears = Arrears()
        let found = seconds.map { seconds in
            arrears.take(seconds, of: "sky")
            return arrears.sources == ["sky"]
        }
        #expect(found == expected)
    }
}

@Suite("sources that fall silent") struct FollowFaultsTests {
    @Test func `are told of once, through breaks and slots, until they bring something again`() {
        let told = Mutex<[String]>([])
        let faults = FollowFaults { notice in told.withLock { $0.append("\(notice)") } }
        let looks: [(silent: Set<String>, heard: Set<String>)] = [
            ([], ["sky"]), (["town"], ["sky"]), ([], []), ([], ["sky"]), (["town"], []),
            ([], ["town", "sky"]), ([], ["town"]), (["town"], []),
        ]
        for look in looks { faults.notice(look.silent, heard: look.heard, of: ["sky", "town"]) }
        let silent = "town: nothing new has come for ten minutes; it is tried again and again"
        #expect(told.withLock { $0 } == [silent, "town: posts come again", silent])
    }
}
