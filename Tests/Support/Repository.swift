import Foundation
import Testing

/// Places in and beside the repository, for tests.
public enum Repository {
    /// The repository's own folder.
    public static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The captures and conformance suites that may lie beside the repository; nil if they do not.
    public static let sharedData: String? = {
        let path = folder + "/../shared/data"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// A condition of tests that need them. `Scripts/test` adds up the cases that it leaves out.
    public static func needsSharedData(cases: Int = 1) -> ConditionTrait {
        .enabled(if: sharedData != nil, "\(cases) of the cases that need ../shared/data")
    }

    /// The Python of the test set-up (`make test` makes it); nil if it was not made.
    public static let python: String? = {
        let path = folder + "/.venv/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// The Python of the engines (`make test-engines` makes it).
    public static let enginePython = folder + "/.venv-engines/bin/python"

    /// A file that the build made, such as `tidemark`.
    public static func product(_ name: String) -> String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent(name).path
    }
}
