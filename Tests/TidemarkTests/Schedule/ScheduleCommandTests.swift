import Foundation
import Support
import Testing

@testable import tidemark

/// `tidemark schedule`, by what a cron and a timer would make of its lines.
@Suite("tidemark schedule")
struct ScheduleCommandTests {
    private static let live =
        "sources: { wire: { kind: socket, address: \"127.0.0.1:1\", format: v1 } }"
    private static let whole = "sources: { sky: { kind: bluesky } }"
    private static let slow = "sources: { sky: { kind: bluesky, settle: 95m } }"
    private static let both = """
        sources:
          sky: { kind: bluesky }
          wire: { kind: socket, address: "127.0.0.1:1", format: v1 }
        """

    /// Every window of six hours, with what may pass after its beginning (live) or end (whole) until a run begins, in minutes.
    @Test(
        "a run begins when a window does, or is over, whatever the zone, and on the days its clocks change",
        arguments: [
            (live, 0), ("window: { mode: live }\n\(whole)", 0), (whole, 1), (slow, 95), (both, 15),
            ("window: { length: 6h }\n\(live)", 0),
        ],
        [
            "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu",
            "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham",
        ])
    func times(configured: (yaml: String, delay: Int), zone: String) async throws {
        try await withTemporaryFolder { folder in
            try write(configured.yaml + "\n", to: "\(folder)/tidemark.yaml")
            let run = try await ProgramRun.tidemark(
                "schedule", "--now", "2026-10-01T12:00:00Z", in: folder, environment: ["TZ": zone])
            #expect(run.code == 0 && run.errors == "")
            let line = try #require(
                run.output.split(separator: "\n").first {
                    $0.hasSuffix("/Scripts/publish --config \(folder)/tidemark.yaml")
                })
            let fields = line.split(separator: " ").prefix(5).map(String.init)
            #expect(fields.dropFirst() == ["*", "*", "*", "*"])
            let minutes =
                fields[0] == "*"
                ? Set(0..<60) : Set(fields[0].split(separator: ",").compactMap { Int($0) })
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = try #require(TimeZone(identifier: zone))
            // Both changes of a year in the north and the south, and some days around each.
            for start in [1_792_713_600, 1_775_001_600, 1_774_396_800, 1_793_318_400] {
                for window in stride(from: start, to: start + 8 * 86_400, by: 6 * 3600) {
                    let due = window + (configured.delay == 95 ? 95 * 60 : 0)
                    let wait = (0..<360).first { minute in
                        let time = Date(timeIntervalSince1970: Double(due + minute * 60))
                        return minutes.contains(calendar.component(.minute, from: time))
                    }
                    let most = configured.delay == 95 ? 0 : configured.delay
                    #expect(try #require(wait) <= most, "\(zone) \(window)")
                }
            }
            // A live window loses nothing: a run begins with it, or each minute.
            let timer = try #require(
                run.output.firstMatch(of: #/OnCalendar=\*-\*-\* \*:(\S+):00 UTC/#))
            #expect(
                timer.1
                    == ["0": "00", "1": "01", "35": "35", "0,15,30,45": "00,15,30,45", "*": "*"][
                        RunTimes.text(try RunTimes(settings(folder)).minutes)])
        }
    }

    private func settings(_ folder: String) throws -> Settings {
        try SettingsLoader(file: "\(folder)/tidemark.yaml", flags: [], environment: [:]).load()
    }

    @Test(
        "an hour has no more runs than the configuration needs",
        arguments: [(live, 1), (whole, 1), (both, 4)])
    func count(yaml: String, runs: Int) throws {
        let keys = try SettingsFile(yaml: yaml, name: "t").settings
        var given = SettingKeys(GivenSettings(keys, folder: ""))
        #expect(try RunTimes(Settings(&given, file: "t")).minutes.count == runs)
    }

    @Test(
        "a path of any letters reaches the program as it is, through cron and its shell",
        arguments: ["plain", "a b", "50%", "it's", "$HOME", "a\"b", "`x`", "ä", "-x;y&z"])
    func quoting(name: String) async throws {
        try await withTemporaryFolder { folder in
            let program = "\(folder)/\(name)/bin/tidemark"
            try write("#!/bin/sh\nprintf '%s\\n' \"$@\"\n", to: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let file = "\(folder)/\(name)/t.yaml"
            try write("", to: file)
            let command = ScheduledCommand(
                program: program, file: file, flags: ["--site.title", "100 % \(name)"])
            // cron(8) ends the command at a % that has no backslash before it.
            let line = try #require(command.cron)
            #expect(!line.replacing("\\%", with: "").contains("%"))
            let run = try await ProgramRun.program(
                "/bin/sh", ["-c", line.replacing("\\%", with: "%")], in: "/")
            #expect(run.errors == "" && run.code == 0)
            #expect(
                run.output.split(separator: "\n").map(String.init) == [
                    "publish", "--config", file, "--site.title", "100 % \(name)",
                ])
        }
    }

    @Test("quotes for systemd, where % and $ mean something else")
    func systemd() {
        let command = ScheduledCommand(
            program: "/opt/a b/$x/50%/tidemark", file: nil,
            flags: ["--site.title", "1 $ = \"90\" %"])
        #expect(
            command.systemd
                == "\"/opt/a b/$x/50%%/tidemark\" publish --site.title \"1 $$ = \\\"90\\\" %%\"")
        #expect(command.systemdFolder == FileManager.default.currentDirectoryPath)
    }

    @Test("names the variables that a scheduler has to be given, and shows no value of theirs")
    func variables() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.whole + "\n", to: "\(folder)/tidemark.yaml")
            let run = try await ProgramRun.tidemark(
                "schedule", "--window.top", "5", in: folder,
                environment: [
                    "TIDEMARK_SITE_TITLE": "hunter2", "AWS_SECRET_ACCESS_KEY": "hunter3",
                    "PAGER": "x",
                ])
            #expect(
                run.code == 0 && !run.output.contains("hunter") && !run.output.contains("PAGER"))
            #expect(run.output.contains("\n#AWS_SECRET_ACCESS_KEY=…\n#TIDEMARK_SITE_TITLE=…\n"))
            #expect(run.output.contains("\nEnvironmentFile=/etc/tidemark.env\n"))
            #expect(run.output.contains(" --window.top 5\n"))
            let cron = try await ProgramRun.tidemark("schedule", "--cron", in: folder)
            #expect(cron.output.hasSuffix("tidemark.yaml\n") && !cron.output.contains("[Unit]"))
        }
    }

    @Test("a run that meets another one is silent while a run can last, and not any longer")
    func meeting() async throws {
        try await withTemporaryFolder { path in
            let folder = try OperatorFolder(path)
            try FileManager.default.createDirectory(
                atPath: "\(path)/archive", withIntermediateDirectories: true)
            let lock = try FileLockHeld("\(path)/archive/.lock")
            for command in ["publish", "snapshot"] {
                lock.say("process 1 since 2026-11-22T00:00:00Z")
                #expect(
                    try await folder.tidemark(command)
                        == ProgramRun(code: 75, output: "", errors: ""))
                #expect(
                    try await folder.tidemark(command, "--verbose").errors.contains(
                        "another run holds the lock"))
                lock.say("process 1 since 2026-11-21T22:59:59Z")
                let long = try await folder.tidemark(command)
                #expect(long.code == 75 && long.errors.contains("for longer than a run takes"))
            }
        }
    }
}

/// The lock of another process.
private final class FileLockHeld {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT, 0o644)
        try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    }

    func say(_ line: String) {
        ftruncate(descriptor, 0)
        pwrite(descriptor, line + "\n", line.utf8.count + 1, 0)
    }

    deinit { close(descriptor) }
}
