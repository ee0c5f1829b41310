import Foundation
import Support
import Testing
import Transport

/// Publishers that are killed, or sleep, while they close a slot in a bucket.
@Suite struct CollectFaultTests {
    /// Gives orders to `Tests/Peers/faults.py`.
    private struct Bucket: Sendable {
        struct Report: Decodable {
            var log: [[String]]
            var objects: [String: [String]]
        }

        let port: String

        @discardableResult
        func ask(_ what: String, _ body: String = "") async throws -> Report {
            let address = try Address("http://127.0.0.1:\(port)/-/\(what)")
            let answer = try await HTTPClient().send(
                Request(.post, address, body: bytes(body), silenceLimit: .seconds(600)))
            return try JSONDecoder().decode(Report.self, from: Data(answer.body))
        }

        /// What is there stays, and so does who waits; nobody has been heard of for this long.
        func goOn(after seconds: Int) async throws {
            try await ask("older", "{\"seconds\":\(seconds)}")
            try await ask("reset", #"{"fault":null,"at":0,"keeps":true}"#)
        }
    }

    /// A slot of three shares, and a bucket that can have it back.
    private func withShore(
        _ body: @Sendable (CollectShore, Bucket) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { path in
            try await withPeer("faults.py") { port in
                let peer =
                    #"{"endpoint":"http://127.0.0.1:\#(port)","keys":{"publisher":["ID","KEY"]}}"#
                let shore = try CollectShore(
                    path, JSONDecoder().decode(S3Peer.self, from: Data(peer.utf8)))
                for name in ["a", "b", "c"] {
                    let made = try await shore.map(name)
                    #expect(made.code == 0, "\(made.errors)")
                }
                let bucket = Bucket(port: port)
                try await bucket.ask("save")
                try await bucket.ask("reset")
                try await body(shore, bucket)
            }
        }
    }

    private func archived(_ folder: OperatorFolder) -> Bool {
        FileManager.default.fileExists(atPath: folder.path + "/archive/windows")
    }

    @Test
    func
        `A publisher that is killed before any request, and goes on or is followed by another, leaves the slot once`()
        async throws
    {
        try await withShore { shore, bucket in
            let whole = try shore.publisher("undisturbed")
            #expect(try await shore.close(whole).code == 0)
            let expected = try shore.archive(whole)
            let log = try await bucket.ask("report").log
            #expect(log.count > 15)
            for place in 1...log.count {
                let (one, other) = (
                    try shore.publisher("one-\(place)"), try shore.publisher("other-\(place)")
                )
                try await bucket.ask("reset", #"{"fault":"hang","at":\#(place)}"#)
                let killed = try RunningProgram(
                    ["snapshot", "--now", CollectShore.closing], in: one)
                try await bucket.ask("met")
                killed.send(SIGKILL)
                #expect(await killed.finish().code == 128 + SIGKILL)

                // Another one waits until nobody has been heard of for a while.
                let isOther = place % 2 == 0
                try await bucket.goOn(after: isOther ? 1000 : 0)
                for folder in isOther ? [other, one] : [one, other] {
                    let run = try await shore.close(folder)
                    #expect(run.code == 0, "\(place), \(log[place - 1]): \(run.errors)")
                }
                let rows = try [one, other].filter(archived).map(shore.archive)
                #expect(
                    !rows.isEmpty && rows.allSatisfy { $0 == expected },
                    "\(place), \(log[place - 1])")
                // Where one archived the slot and could not say so, only who follows it does so again.
                #expect(rows.count == 1 || isOther)
                let left = try await bucket.ask("report").objects.keys.sorted()
                #expect(
                    left == [
                        "private/.private", "private/.sky.span", "private/20261120T12Z.closed",
                    ], "\(place), \(log[place - 1])")
            }
            #expect(shore.left == [])
        }
    }

    @Test
    func `Who follows a publisher that archived a slot and could not say so archives the same row`()
        async throws
    {
        try await withShore { shore, bucket in
            let whole = try shore.publisher("undisturbed")
            #expect(try await shore.close(whole).code == 0)
            let expected = try shore.archive(whole)
            try await bucket.ask(
                "reset", #"{"fault":"hang","at":1,"of":["PUT","private/20261120T12Z.closed"]}"#)
            let (one, other) = (try shore.publisher("one"), try shore.publisher("other"))
            let killed = try RunningProgram(["snapshot", "--now", CollectShore.closing], in: one)
            try await bucket.ask("met")
            killed.send(SIGKILL)
            #expect(await killed.finish().code == 128 + SIGKILL)
            try await bucket.goOn(after: 1000)

            // Others' posts of the slot come meanwhile, and some of the next, so that it went on to its end.
            let posts = text("\(shore.path)/whole").replacing(":example:", with: ":other:")
            try write(
                posts + posts.replacing("\"time_us\":1795176", with: "\"time_us\":1795200"),
                to: shore.path + "/d")
            let late = try await shore.map("d")
            #expect(late.code == 0 && late.output.split(separator: "\n").count == 2)
            for folder in [other, one] {
                let run = try await shore.close(folder)
                #expect(run.code == 0, "\(run.errors)")
                #expect(try shore.archive(folder) == expected)
            }
            let left = try await bucket.ask("report").objects.keys.sorted()
            #expect(
                left == [
                    "private/.private", "private/.sky.span", "private/20261120T12Z.closed",
                    "private/20261120T18Z/d.part",
                ])
        }
    }

    @Test func `A publisher that slept while another took its place over archives nothing`()
        async throws
    {
        try await withShore { shore, bucket in
            // It asks for the right when it begins, and again before it archives.
            try await bucket.ask(
                "reset", #"{"fault":"hang","at":2,"of":["PUT","private/.publisher"]}"#)
            let (one, other) = (try shore.publisher("one"), try shore.publisher("other"))
            let asleep = try RunningProgram(
                ["snapshot", "--now", CollectShore.closing], in: one)
            try await bucket.ask("met")
            asleep.send(SIGSTOP)
            let begun = try await bucket.ask("report").log
            try await bucket.goOn(after: 1000)
            #expect(try await shore.close(other).code == 0)
            let ended = try await bucket.ask("report").log
            #expect(archived(other), "\(begun)\n\(ended)")
            asleep.send(SIGCONT)
            let run = await asleep.finish()
            #expect(
                run.code == 1 && run.errors.contains("another publisher has taken it over"),
                "\(run.errors)")
            #expect(!archived(one))
            let again = try await shore.close(one)
            #expect(again.code == 0 && !archived(one), "\(again.errors)")
        }
    }
}
