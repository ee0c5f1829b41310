import Foundation
import Logging
import Testing

@testable import tidemark

@Suite("Console")
struct ConsoleTests {
    /// What a console of this verbosity writes when it is no terminal.
    private func written(
        _ verbosity: Console.Verbosity, _ body: (Console) -> Void
    ) -> String {
        let pipe = Pipe()
        body(Console(verbosity: verbosity, descriptor: pipe.fileHandleForWriting.fileDescriptor))
        pipe.fileHandleForWriting.closeFile()
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    private func everything(_ console: Console) {
        console.progress("10 %")
        console.note("a note")
        console.say("a saying")
        console.warn("a warning")
        console.fail("a failure")
    }

    @Test(
        "from cron success is silent, and there is neither progress nor colour",
        arguments: [
            (Console.Verbosity.quiet, "tidemark: a failure\n"),
            (.normal, "a saying\ntidemark: warning: a warning\ntidemark: a failure\n"),
            (.verbose, "a note\na saying\ntidemark: warning: a warning\ntidemark: a failure\n"),
        ])
    func verbosity(verbosity: Console.Verbosity, expected: String) {
        #expect(written(verbosity, everything) == expected)
    }

    @Test("JSON has an object for each sentence, whatever is in it")
    func json() throws {
        let pipe = Pipe()
        let console = Console(
            form: .json, descriptor: pipe.fileHandleForWriting.fileDescriptor)
        console.warn("a \"warning\"\nof \u{1B}[2J two lines")
        console.fail("a failure")
        pipe.fileHandleForWriting.closeFile()
        let lines = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self
        ).split(separator: "\n")
        let objects = try lines.map {
            try #require(
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
        }
        #expect(objects.map { $0["level"] } == ["warning", "error"])
        #expect(objects.first?["message"] == "a \"warning\"\nof \u{1B}[2J two lines")
        #expect(objects.allSatisfy { $0["time"]?.hasSuffix("Z") ?? false })
    }

    @Test("the journal gets a priority before each line, and nothing else does")
    func journal() throws {
        let pipe = Pipe()
        var status = stat()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        #expect(fstat(descriptor, &status) == 0)
        for inode in [status.st_ino, status.st_ino + 1] {
            let console = Console(
                verbosity: .verbose, descriptor: descriptor,
                environment: ["JOURNAL_STREAM": "\(status.st_dev):\(inode)"])
            console.fail("one\ntwo")
            console.note("three")
        }
        pipe.fileHandleForWriting.closeFile()
        #expect(
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                == "<3>tidemark: one\n<3>two\n<6>three\ntidemark: one\ntwo\nthree\n")
    }

    @Test("text from outside is escaped, our own line breaks stay")
    func hostile() {
        #expect(
            written(.normal) { $0.fail("bad \u{1B}]0;title\u{7}\r name\nnext line") }
                == "tidemark: bad \\u{1b}]0;title\\u{7}\\u{d} name\nnext line\n")
    }

    @Test("log messages are sentences with fields, ordered, quoted where they must be")
    func logging() {
        let text = written(.normal) { console in
            var logger = Logger(label: "test") { _ in ConsoleLogHandler(console: console) }
            logger[metadataKey: "host"] = "a.example"
            logger.info("Not shown")
            logger.warning(
                "Lost the connection", metadata: ["attempt": "2", "why": "end of\nfile"])
        }
        #expect(
            text
                == "tidemark: warning: Lost the connection attempt=2 host=a.example why=\"end of\\u{a}file\"\n"
        )
    }
}
