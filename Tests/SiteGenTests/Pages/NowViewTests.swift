import Archive
import Calendar
import Testing

@testable import SiteGen

struct NowViewTests {
    private static let unknown =
        "What is unusual can be told once the same hours have been recorded on 3 days within 4 weeks."

    @Test func `is about the newest slot, and names a source that missed it`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", "east", tags: ["A", "b"])
            try site.archive("2026-11-22T06", "west", tags: ["c"], status: .partial)
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(
                view.notices.map { [$0.source, $0.link.target, $0.reason] } == [
                    [
                        "east", "sources/east/",
                        "22 November 2026, 06:00–12:00 UTC was not recorded",
                    ]
                ])
            #expect(view.tide.map(\.isGap) == [false, false])
            #expect(view.tide[1].crowds.map(\.shortfall) == ["50.0% read"])
            // West had not begun when east alone was read.
            #expect(view.tide.map(\.missing) == [[], ["east"]])
            #expect(view.due.nextLabel == "12:00–18:00 UTC on 22 November 2026")
            #expect(view.due.lateTime == "2026-11-22T19:00:00Z")
            #expect(view.due.lateLabel == "19:00 UTC")
            #expect(
                view.headline?.bars?.finding
                    == "#c has 2.0 posts a person, the most")
            // East has the longer list, and nothing newer.
            #expect(view.headline?.tag?.text == "c")
            #expect(
                view.headline?.finding == "leads on west: 40 of 80 people wrote it. "
                    + Self.unknown)
            #expect(view.list?.popular.map(\.tag) == ["c"])
        }
    }

    @Test func `says of a slot without a hashtag that none was counted`() async throws {
        try await withSite { site in
            try site.archive("2026-11-22T12", tags: ["a"])
            try site.archive("2026-11-22T18", tags: [])
            let model = try site.site()
            let view = NowView(model, Linker(depth: 0))
            #expect(view.headline == nil && view.nothing == "No hashtag was counted")
            #expect(view.slotLabel == "22 November 2026, 18:00–24:00")
            #expect(view.list?.isEmpty == true && view.list?.usualness == Self.unknown)
            #expect(view.tide.map(\.isEmpty) == [false, true])
            #expect(view.due.lateLabel == "07:00 UTC")
            let day = DayView(try time("2026-11-22T00").date, model, Linker(depth: 3))
            #expect(day.slots.map(\.leaders) == [["#a"], ["no hashtag was counted"]])
            try site.build()
            #expect(try site.file("index.html").contains("No hashtag was counted."))
        }
    }

    @Test func `counts the sources that missed a slot where they are many`() async throws {
        try await withSite { site in
            var site = site
            site.settings.sources = ["east", "north", "south", "west"]
            let slot = try time("2026-11-22T00")
            try site.archive(
                ["east": ["a"], "north": ["a"], "south": ["a"], "west": ["a"]], at: slot)
            try site.archive(["east": ["a"]], at: slot + 21_600)
            try site.archive(["east": ["a"], "north": nil, "old": ["b"]], at: slot + 43_200)
            site.settings.sources.removeLast()
            try site.archive(["east": ["a"], "south": ["b"]], at: slot + 64_800)
            let tide = NowView(try site.site(), Linker(depth: 0)).tide
            // West and old are configured no longer.
            #expect(
                tide.map(\.missing)
                    == [[], ["north", "south"], ["north", "south"], ["north"]])
            site.settings.sources.append("west")
            #expect(
                NowView(try site.site(), Linker(depth: 0)).tide.map(\.missing)
                    == [[], ["3 sources"], ["3 sources"], ["north", "west"]])
        }
    }

    @Test func `keeps in the list what is always here and not told so`() async throws {
        try await withSite { site in
            let first = try time("2026-11-18T00")
            let tags = (0..<10).map { ("t\($0)", 100 - $0, 90.0 as Double?, 1.0) }
            for number in 0..<20 { try archive(site, first + number * 21_600, tags) }
            let list = try #require(NowView(try site.site(), Linker(depth: 0)).list)
            #expect(list.always.map(\.text) == (0..<8).map { "t\($0)" })
            #expect(list.popular.map { $0.rank + " " + $0.tag } == ["9 t8", "10 t9"])
        }
    }

    @Test func `says of what hardly anyone usually writes that it is popular`() async throws {
        try await withSite { site in
            try archive(site, try time("2026-11-22T00"), [("cop", 100, 0.1, 1)])
            let model = try site.site()
            let window = try #require(model.history.sources.first?.latestRead)
            #expect(
                BarsView(list: window, number: 1, model)?.finding
                    == "#cop is popular, and hardly anyone usually writes it")
        }
    }

    @Test(arguments: [
        ("nobody answers", ": nobody answers"), ("is it there?", " (is it there?)"),
    ])
    func `says why a slot was not recorded, with one mark at its end`(
        note: String, told: String
    ) async throws {
        try await withSite { site in
            try site.archive("2026-11-22T00", "east", tags: ["A"])
            try site.archive("2026-11-22T06", "east", tags: [], status: .missing, note: note)
            try site.archive("2026-11-22T06", "west", tags: ["c"])
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(
                view.notices.map(\.reason)
                    == ["22 November 2026, 06:00–12:00 UTC was not recorded\(told)"])
        }
    }

    @Test(
        "says of what came back no more than it looked at and was read",
        arguments: [
            (
                "2026-11-16T12", 81,
                "the most people in 7 days; none known in the 5 days before 22 Nov, 00:00–06:00"
            ),
            (
                "2026-11-16T12", 70,
                "most people 22 Nov, 00:00–06:00; none known in the 5 days before"
            ),
            // Before the first count nothing was read.
            ("2026-11-12T00", 81, "the most people in 7 days"),
        ])
    func comeback(read: String, people: Int, finding: String) async throws {
        try await withSite { site in
            try archive(site, try time(read), [("coffee", 300, 290, 1)])
            try archive(site, try time("2026-11-13T00"), [("quake", 300, 0.1, 99)])
            try archive(site, try time("2026-11-22T00"), [("quake", 80, 0.1, 99)])
            try archive(site, try time("2026-11-22T06"), [("quake", people, 0.1, 99)])
            let headline = NowView(try site.site(), Linker(depth: 0)).headline
            #expect(headline?.courseTitle == "#quake: " + finding)
        }
    }

    @Test(
        "draws what came lately from shortly before its first count on, and says so",
        arguments: [
            // In the last three of ten slots.
            (
                7, 4,
                "#quake: the most people in 2 days; "
                    + "none known in the 42 hours before 21 Nov, 18:00–24:00", "6"
            ),
            (
                4, 2,
                "#quake: the most people in 2 days; "
                    + "none known in the 24 hours before 21 Nov, 00:00–06:00", "8"
            ),
            (2, 0, "#quake: the most people in 2 days", "10"),
        ])
    func course(first: Int, start: Int, title: String, periods: String) async throws {
        try await withSite { site in
            let slot = try time("2026-11-20T00")
            for number in 0..<10 {
                let quake = ("quake", 80 + number, 0.1 as Double?, 99.0)
                try archive(
                    site, slot + number * 21_600,
                    [("coffee", 300, 290, 1)] + (number < first ? [] : [quake]))
            }
            let headline = try #require(NowView(try site.site(), Linker(depth: 0)).headline)
            #expect(headline.courseTitle == title)
            let course = try #require(headline.course)
            #expect(course.label.hasSuffix("in the last \(periods) periods"))
            #expect(course.width == String(2 * (10 - start)))
            #expect(course.line.hasPrefix("M\(2 * (first - start) + 1) "))
            #expect(course.usual == "hardly anyone")
            try site.build()
            let page = try site.file("index.html")
            #expect(page.contains("\"start\":\"\((slot + start * 21_600).description)\""))
            #expect(page.contains("\"points\":[[\(first - start),"))
        }
    }

    @Test func `leads with what is unusual, not with what most people write`() async throws {
        try await withSite { site in
            let slot = try time("2026-11-22T00")
            try archive(site, slot, [("coffee", 100, 90, 1), ("quake", 80, 8, 250)])
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(view.headline?.tag?.text == "quake")
            #expect(
                view.headline?.finding
                    == "80 people wrote it, 10 times as many as usual at this hour.")
            #expect(
                view.list?.unusual.map { [$0.rank, $0.tag, $0.note] } == [
                    ["10×", "quake", "80 people, usually 8 at this hour"]
                ])
            #expect(
                view.list?.popular.map { [$0.rank, $0.tag, $0.share] } == [
                    ["1", "coffee", "12.50%"]
                ])
            #expect(view.summary == "What people talk about. Now leading: #quake.")
        }
    }

    @Test func `says that the hour is a usual one, and sets apart what is always here`()
        async throws
    {
        try await withSite { site in
            let first = try time("2026-11-18T00")
            for number in 0..<20 {
                try archive(
                    site, first + number * 21_600,
                    [("coffee", 100, 90, 1), ("t\(number)", 10, 9, 1)])
            }
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(view.headline != nil && view.headline?.tag == nil)
            #expect(
                view.headline?.finding
                    == "No hashtag had many more people than usual. As so often, #coffee leads: "
                    + "100 of 800 people wrote it.")
            #expect(view.list?.always.map(\.text) == ["coffee"])
            #expect(view.list?.popular.map { $0.rank + " " + $0.tag } == ["2 t19"])
            #expect(view.list?.usualness == "Nothing: no hashtag had many more people than usual.")
        }
    }

    @Test(arguments: [
        (["one": 34], "leads: 34 of 800 people wrote it. "),
        (["one": 34, "two": 34, "three": 33], "leads with #two: 34 of 800 people wrote each. "),
        (["one": 1, "two": 1, "three": 1], "leads with 2 others: 1 of 800 people wrote each. "),
    ])
    func `the first of equals does not lead alone`(people: [String: Int], said: String) async throws
    {
        try await withSite { site in
            let slot = try time("2026-11-22T00")
            let order = ["one", "two", "three"]
            try archive(
                site, slot, order.compactMap { tag in people[tag].map { (tag, $0, nil, 1) } })
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(
                view.headline?.finding
                    == said + Self.unknown)
            #expect(view.headline?.bars?.finding == "Hardly anyone wrote one of them twice")
        }
    }

    @Test func `what leads once is not said to lead often`() async throws {
        try await withSite { site in
            try archive(site, try time("2026-11-22T00"), [("coffee", 100, 90, 1)])
            let view = NowView(try site.site(), Linker(depth: 0))
            #expect(
                view.headline?.finding
                    == "No hashtag had many more people than usual. #coffee leads: "
                    + "100 of 800 people wrote it.")
        }
    }

    @Test func `several sources are one list, by mean share of people`() async throws {
        try await withSite { site in
            var site = site
            site.settings.top = 3
            let slot = try time("2026-11-22T00")
            try site.archive(["east": ["a", "b", "c"], "west": ["b", "d", "e"]], at: slot)
            let list = try #require(NowView(try site.site(), Linker(depth: 0)).list)
            // What trends on one source or the other comes first, and stands there once.
            #expect(list.unusual.map(\.tag) == ["a", "c", "b", "e"])
            #expect(list.popular.map { "\($0.rank) \($0.tag) \($0.share)" } == ["3 d 7.90%"])
            #expect(
                list.unusual.map { $0.people.map { "\($0.count) \($0.source ?? "")" } }[2] == [
                    "79 east", "80 west",
                ])
        }
    }

    @Test func `bars show what a list is ranked by`() async throws {
        try await withSite { site in
            let slot = try time("2026-11-22T00")
            // What is least likely to be chance comes first, whatever people it has.
            try archive(
                site, slot,
                [
                    ("coffee", 300, 290, 1), ("rain", 200, 90, 100), ("tea", 150, 140, 1),
                    ("quake", 80, 8, 200),
                ])
            let model = try site.site()
            let list = try #require(NowView(model, Linker(depth: 0)).list)
            #expect(list.unusual.map { "\($0.tag) \($0.bar)" } == ["quake 100.0", "rain 50.0"])
            #expect(list.popular.map { "\($0.tag) \($0.bar)" } == ["coffee 100.0", "tea 50.0"])
            let window = try #require(model.history.sources[0].window(at: slot))
            let ranking = try #require(
                RankingView(trending: window, site: model, linker: Linker(depth: 0)))
            #expect(
                ranking.entries.map { "\($0.tag.text) \($0.bar)" } == [
                    "quake 100.0", "rain 50.0",
                ])
        }
    }

    /// A window of one source with these hashtags: people, how many are usual, and the score.
    private func archive(
        _ site: SiteFixture, _ slot: Timestamp, _ tags: [(String, Int, Double?, Double)]
    ) throws {
        let top = tags.enumerated().map { rank, tag in
            TopRow(
                slot: slot, source: "east", rank: rank + 1, tag: tag.0, spelling: tag.0,
                posts: tag.1, accounts: tag.1, expected: tag.2, score: tag.3, bounds: 0)
        }
        let trending = top.filter { Double($0.accounts) >= 2 * ($0.expected ?? .infinity) }
            .sorted { ($0.score ?? 0) > ($1.score ?? 0) }.enumerated().map { rank, row in
                var row = row
                row.rank = rank + 1
                return row
            }
        let window = WindowRow(
            slot: slot, source: "east", start: slot, end: slot + 21_600, status: .complete,
            coverage: 1, posts: 1000, tagged: 900, accounts: 800, tags: 9, version: "1")
        try ArchiveWriter(folder: site.archive).append(
            window, top: top, trending: trending, tail: [])
    }
}
