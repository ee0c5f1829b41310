import Archive
import Calendar
import Files
import Glibc
import Output
import Support
import Testing
import Text

@testable import SiteGen

/// A build that goes on from the last one must leave the very site that a whole build makes.
struct PartialBuildTests {
    @Test(arguments: 1...5)
    func `ends as a whole build does, whatever came to the archive`(seed: UInt64) async throws {
        try await withSite { site in
            var random = SeededRandom(seed)
            var site = site
            site.settings.url = "https://trends.example/now"
            site.hasContext = true
            site.basedFrom = seed.isMultiple(of: 2) ? nil : 0
            // Over the end of a year, so that every kind of page gets a next one.
            var slot = try time("2026-12-29T00") - Int.random(in: 0..<40, using: &random) * 21_600
            for _ in 0..<10 {
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    try site.archive(any(of: &random), at: slot)
                    slot = slot + 21_600 * (Int.random(in: 0..<8, using: &random) == 0 ? 9 : 1)
                }
                if Int.random(in: 0..<4, using: &random) == 0 {
                    try site.archive(any(of: &random), at: slot - 5 * 21_600)
                }
                try site.build()
                try site.build(into: site.folder + "/whole", isWhole: true)
                let differences = try site.differences(from: site.folder + "/whole")
                #expect(differences == [])
                if Int.random(in: 0..<5, using: &random) == 0 { try site.withdraw("t3") }
            }
        }
    }

    @Test func `looks at the files of a large site in turns if told so`() async throws {
        try await withSite { site in
            var slot = try time("2026-11-01T00")
            func next() throws -> BuildReport {
                try site.archive(["east": ["lasting2", "lasting"]], at: slot)
                slot = slot + 21_600
                return try site.build(lookingAt: 60)
            }
            for _ in 0..<9 { #expect(try next().written > 0) }
            let assets = site.output + "/" + SiteLayout.assets
            let file = try assets + "/" + #require(Folder.files(below: assets).first)
            try WholeFile.write([1], to: file)
            var builds = 0
            while builds < 30, try WholeFile.read(file) == [1] {
                _ = try next()
                builds += 1
            }
            #expect(builds < 30)
            try site.build(into: site.folder + "/whole", isWhole: true)
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test func `renders and writes only what a new window changes`() async throws {
        try await withSite { site in
            for hour in 0..<40 {
                try site.archive(
                    ["east": ["t\(hour)", "lasting"]],
                    at: try time("2026-11-01T00") + hour * 21_600)
            }
            let before = try site.build()
            #expect(before.written == before.files)
            try site.archive(["east": ["new", "lasting"]], at: try time("2026-11-11T00"))
            let report = try site.build()
            // The new window, day with its files, hashtag and its series are new; entrances, calendars, letters and neighbours change.
            #expect(report.files == before.files + 8)
            #expect(report.written < 35)
            #expect(report.removed == 0)
        }
    }

    @Test func `renders no more than that when a year begins`() async throws {
        try await withSite { site in
            for hour in 0..<40 {
                try site.archive(
                    ["east": ["t\(hour)", "lasting"]],
                    at: try time("2026-12-22T00") + hour * 21_600)
            }
            let before = try site.build()
            try site.archive(["east": ["new", "lasting"]], at: try time("2027-01-01T00"))
            let report = try site.build()
            // The year and its month, sitemap and data too.
            #expect(report.files > before.files + 6)
            #expect(report.written < 40)
            try site.build(into: site.folder + "/whole", isWhole: true)
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test func `has nothing to do the second time, and touches nothing`() async throws {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            let before = try site.identities()
            let report = try site.build()
            #expect(report.written == 0 && report.unchanged == report.files)
            #expect(try site.identities() == before)
        }
    }

    @Test(arguments: ["tags/a/index.html", "index.html", "data/latest.json"])
    func `makes again what someone took away or changed`(path: String) async throws {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            try site.build(into: site.folder + "/whole")
            for damage in [nil, "damaged"] {
                try FilePlace.remove(site.output + "/" + path)
                if let damage { try write(damage, to: site.output + "/" + path) }
                try site.build()
                #expect(try site.differences(from: site.folder + "/whole") == [])
            }
        }
    }

    @Test func `sees a change of the archive that keeps size and time of a file`() async throws {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-21T00"))
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            let file = site.archive + "/top/2026/2026-11-21.csv"
            var status = stat()
            try #require(stat(file, &status) == 0)
            let text = try WholeFile.read(file)
            try write(text.map { $0 == UInt8(ascii: "b") ? UInt8(ascii: "c") : $0 }, to: file)
            let times = [status.st_atim, status.st_mtim]
            #expect(utimensat(AT_FDCWD, file, times, 0) == 0)
            try site.build()
            #expect(try site.file("2026/11/21/00/index.html").contains("tags/c/"))
        }
    }

    @Test(arguments: ArchiveLayout.lists)
    func `sees what a hand writes into a file of the year before`(list: String) async throws {
        try await withSite { site in
            var site = site
            site.hasContext = true
            for slot in ["2025-12-20T00", "2025-12-21T00", "2026-01-02T00"] {
                try site.archive(["east": ["a", "b", "c"]], at: try time(slot))
            }
            try site.build()
            let file = "\(site.archive)/\(list)/2025/2025-12-20.csv"
            let bytes = try WholeFile.read(file)
            let place = try #require(bytes.lastIndex { $0.isASCIIDigit })
            let descriptor = open(file, O_WRONLY)
            #expect(pwrite(descriptor, [bytes[place] ^ 1], 1, off_t(place)) == 1)
            close(descriptor)
            let report = try site.build()
            #expect(report.written > 0 && !report.isWhole)
            try site.build(into: site.folder + "/whole")
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test func `goes file by file into a folder that cannot be exchanged, such as a mount point`()
        async throws
    {
        try await withSite { site in
            try site.archive(["east": ["a", "c"]], at: try time("2026-11-22T00"))
            try site.build()
            try write("theirs", to: site.output + "/theirs.txt")
            try write("*", to: site.output + "/.gitignore")
            let inode = try FileStatus(of: site.output)?.inode
            try site.archive(["east": ["b", "c"]], at: try time("2026-11-22T06"))
            // Other settings, so everything is rendered.
            try site.withdraw("a")
            let output = OutputFolder(site.output).path
            let report = try FileFaults.$plan.withValue({ call, path in
                call == .rename && path == output ? EBUSY : nil
            }) { try site.build() }
            #expect(report.removed > 0 && report.unchanged > 0)
            #expect(try FileStatus(of: site.output)?.inode == inode)
            #expect(try site.file("theirs.txt") == "theirs")
            try FilePlace.remove(site.output + "/theirs.txt")
            try FilePlace.remove(site.output + "/.gitignore")
            try site.build(into: site.folder + "/whole", isWhole: true)
            #expect(try site.differences(from: site.folder + "/whole") == [])
            // The next one goes on from it.
            #expect(try site.build().written == 0)
        }
    }

    @Test
    func `leaves alone what someone put there, and a whole build that is asked for takes it away`()
        async throws
    {
        try await withSite { site in
            try site.archive(["east": ["a"]], at: try time("2026-11-22T00"))
            try site.build()
            try write("theirs", to: site.output + "/theirs.txt")
            try site.archive(["east": ["a"]], at: try time("2026-11-22T06"))
            try site.build()
            #expect(try site.file("theirs.txt") == "theirs")
            #expect(try site.build(isWhole: true).removed == 1)
            #expect(try FilePlace.kind(of: site.output + "/theirs.txt") != .file)
        }
    }

    @Test func `takes away what the archive has no more`() async throws {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-21T00"))
            try site.archive(["east": ["a", "c"]], at: try time("2026-11-22T00"))
            try site.build()
            try FilePlace.remove(site.archive + "/trending/2026/2026-11-22.csv")
            try site.build()
            #expect(
                try site.file("data/trending/2026/2026-11-22.csv").split(separator: "\n").count == 1
            )
            try FilePlace.remove(site.archive + "/top/2026/2026-11-22.csv")
            try site.build()
            #expect(try FilePlace.kind(of: site.output + "/tags/c/index.html") != .file)
            try site.build(into: site.folder + "/whole")
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test func `does not trust a record that is damaged, cut or of other settings`() async throws {
        try await withSite { site in
            var site = site
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            try site.build(into: site.folder + "/whole")
            let file = OutputFolder(site.output).companion + "/record"
            let record = try WholeFile.read(file)
            for damaged in [
                [], Array(record.dropLast()), record + [0], Array(record.prefix(100)),
                record.enumerated().map { $0 == 300 ? $1 ^ 1 : $1 },
            ] {
                try write(damaged, to: file)
                try site.build()
                #expect(try site.differences(from: site.folder + "/whole") == [])
            }
            site.settings.title = "Other"
            try site.build()
            #expect(try site.file("tags/a/index.html").contains("Other</title>"))
        }
    }

    /// Those of a build's record that end so, or all.
    private func record(of site: SiteFixture, _ start: String = "") throws -> [String] {
        try (Folder.entries(of: OutputFolder(site.output).companion) ?? []).map(\.name)
            .filter { $0.hasPrefix(start) }
    }

    @Test func `writes its record over one that stays as it is until much is otherwise`()
        async throws
    {
        try await withSite { site in
            var (site, slot) = (site, try time("2026-11-01T00"))
            site.basedFrom = 0
            func next(_ tag: String) throws {
                try site.archive(["east": [tag, "lasting"]], at: slot)
                slot = slot + 21_600
                try site.build()
            }
            for hour in 0..<160 {
                try site.archive(["east": ["t\(hour)", "lasting"]], at: slot + hour * 21_600)
            }
            slot = slot + 160 * 21_600
            try site.build()
            let first = try record(of: site)
            #expect(first.count == 4)
            try next("t1")
            #expect(try record(of: site) == first)
            for hour in 0..<12 { try next("n\(hour)") }
            let later = try record(of: site)
            #expect(later.count == 4)
            #expect(Set(later).intersection(first).sorted() == ["files", "record"])
            try site.build(into: site.folder + "/whole", isWhole: true)
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test(arguments: ["files-", "record-"], [true, false])
    func `does not trust a record whose base is another or gone`(
        kind: String, isGone: Bool
    ) async throws {
        try await withSite { site in
            var site = site
            site.basedFrom = 0
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            let base =
                try OutputFolder(site.output).companion + "/" + #require(
                    record(of: site, kind).first)
            let bytes = try WholeFile.read(base)
            if isGone {
                try FilePlace.remove(base)
            } else {
                try write(bytes.enumerated().map { $0 == 90 ? $1 ^ 1 : $1 }, to: base)
            }
            try site.archive(["east": ["a", "c"]], at: try time("2026-11-22T06"))
            try site.build()
            try site.build(into: site.folder + "/whole", isWhole: true)
            #expect(try site.differences(from: site.folder + "/whole") == [])
            #expect(try record(of: site).count == 4)
            #expect(try site.build().written == 0)
        }
    }

    @Test(arguments: [nil, 0])
    func `ends right after a kill at any step of the way into place`(
        basedFrom: Int?
    ) async throws {
        try await withSite { site in
            var site = site
            site.basedFrom = basedFrom
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            try site.archive(["east": ["a", "c"]], at: try time("2026-11-22T06"))
            try site.build(into: site.folder + "/whole")
            // A folder where a new page belongs stops the build behind the start of its moves.
            let obstacle = site.output + "/tags/c/index.html"
            try Folder.make(obstacle)
            #expect(throws: SiteError.self) { try site.build() }
            try FilePlace.remove(obstacle)
            #expect(try FilePlace.kind(of: site.output + "/" + OutputFolder.marker) != .file)
            let companion = OutputFolder(site.output).companion
            let journal = String(
                decoding: try WholeFile.read(companion + "/journal"), as: UTF8.self
            )
            .split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
            #expect(journal.count > 15)
            for copy in [site.output, companion] {
                try await ProgramRun.copy(copy, to: copy + ".kept")
            }
            for step in 0...journal.count {
                for copy in [site.output, companion] {
                    try FilePlace.remove(copy)
                    try await ProgramRun.copy(copy + ".kept", to: copy)
                }
                for line in journal.prefix(step) {
                    let staged = "\(companion)/patch/\(line[0])"
                    guard try FilePlace.kind(of: staged) == .file else { continue }
                    try FilePlace.move(staged, to: "\(site.output)/\(line[1])")
                }
                try site.build()
                #expect(try site.differences(from: site.folder + "/whole") == [], "step \(step)")
                #expect(try record(of: site).count == (basedFrom == nil ? 2 : 4))
            }
        }
    }

    @Test func `makes all pages that a letter's page is split into, not those alone that changed`()
        async throws
    {
        try await withSite { site in
            let first = try time("2026-11-10T00")
            for place in 0..<30 {
                let letter = Unicode.Scalar(UInt8(ascii: "a") + UInt8(place % 10))
                let tags = (0..<10).map { "d\(letter)\(place)x\($0)" }
                try site.archive(["east": tags], at: first + place * 21_600)
            }
            try site.build()
            #expect(try FilePlace.kind(of: site.output + "/letters/dc") == nil)
            try site.archive(["east": ["da99", "db99"]], at: first + 30 * 21_600)
            try site.build()
            #expect(try FilePlace.kind(of: site.output + "/letters/dc") == .folder)
            try site.build(into: site.folder + "/whole", isWhole: true)
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test func `goes on where a run broke off between the last page and the mark`() async throws {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            try site.archive(["east": ["a", "c"]], at: try time("2026-11-22T06"))
            try site.build(into: site.folder + "/whole")
            #expect(throws: SiteError.self) {
                try FileFaults.$plan.withValue({ call, path in
                    call == .rename && path.hasSuffix("/" + OutputFolder.marker) ? EIO : nil
                }) { try site.build() }
            }
            try site.build()
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    @Test func `clears away what a run killed before its moves had staged`() async throws {
        try await withSite { site in
            try site.archive(["east": ["a", "b"]], at: try time("2026-11-22T00"))
            try site.build()
            try site.build(into: site.folder + "/whole")
            let companion = OutputFolder(site.output).companion
            try write("half", to: companion + "/patch/0")
            try write("1\n0 index.html\n", to: companion + "/patch/journal")
            try site.build()
            #expect(try site.differences(from: site.folder + "/whole") == [])
        }
    }

    /// For each source, if it has a window, its hashtags; nil for a gap.
    private func any(of random: inout SeededRandom) -> [String: [String]?] {
        var sources: [String: [String]?] = [:]
        for source in ["east", "west"] where Int.random(in: 0..<4, using: &random) > 0 {
            let isGap = Int.random(in: 0..<6, using: &random) == 0
            sources[source] =
                isGap
                ? .some(nil)
                : (0..<5).map { _ in "t\(Int.random(in: 0..<25, using: &random))" }
        }
        return sources
    }
}

extension ProgramRun {
    /// A folder with all that is in it, its times too.
    fileprivate static func copy(_ folder: String, to target: String) async throws {
        let run = try await program("/bin/cp", ["-a", folder, target], in: "/")
        #expect(run.code == 0)
    }
}
