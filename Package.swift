// swift-tools-version: 6.2
import Glibc
import PackageDescription

// Targets stand in the order of the data's way: libraries of the system, texts, transport, archive,
// the two halves that share it, the bucket, the command.

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// For modules that hand over an event at a time, two million a second: what crosses from one to the
/// next is specialised and inlined as within one module.
let inlined: [SwiftSetting] = [
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))
]

/// Debian 13 and others have simdjson as an archive too: the program then needs no library of that very version.
let simdjsonArchives: [String] = [
    "/usr/lib/x86_64-linux-gnu/libsimdjson_static.a",
    "/usr/lib/aarch64-linux-gnu/libsimdjson_static.a",
    "/usr/lib/x86_64-linux-gnu/libsimdjson.a",
    "/usr/lib/aarch64-linux-gnu/libsimdjson.a",
]
let simdjsonArchive: String? = simdjsonArchives.first { access($0, R_OK) == 0 }
let simdjson: LinkerSetting =
    simdjsonArchive.map { .unsafeFlags([$0]) } ?? .linkedLibrary("simdjson")

let command: [Target.Dependency] = [
    "Calendar", "CLinux", "Text", "Digest", "Files", "Folding", "Tasks", "Transport", "Kafka",
    "AWS",
    "Hashtags", "Links", "Archive", "Export", "Decode", "Tally", "Output", "Snapshot", "SiteGen",
    "Sync",
    .product(name: "ArgumentParser", package: "swift-argument-parser"),
    .product(name: "FlyingFox", package: "FlyingFox"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "Subprocess", package: "swift-subprocess"),
    .product(name: "Yams", package: "Yams"),
]

let package = Package(
    name: "tidemark",
    products: [.executable(name: "tidemark", targets: ["tidemark"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .systemLibrary(name: "CArchive"),
        .systemLibrary(name: "CBzip2"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CDeflate"),
        .systemLibrary(name: "CISAL"),
        .systemLibrary(name: "CKafka"),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CLZ4"),
        .systemLibrary(name: "CLZMA"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CZstd"),
        .target(
            name: "CSIMDJSON",
            cxxSettings: [.unsafeFlags(["-O3"])],
            linkerSettings: [simdjson]),

        .target(name: "Folding", swiftSettings: strict),
        .target(
            name: "Tasks",
            dependencies: [.product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: strict),
        .target(name: "Files", dependencies: ["CLinux"], swiftSettings: strict),
        // Bytes and scalars: what stands for what in which place, and which texts are the same.
        .target(name: "Text", swiftSettings: strict),
        .target(name: "Calendar", dependencies: ["Text"], swiftSettings: strict),
        // What is told of bytes without them, by OpenSSL.
        .target(name: "Digest", dependencies: ["Text", "COpenSSL"], swiftSettings: strict),
        .target(name: "Transport", dependencies: ["Text", "CCurl"], swiftSettings: strict),
        // Topics, by librdkafka: partitions read from chosen offsets, and messages written.
        .target(name: "Kafka", dependencies: ["Text", "CKafka"], swiftSettings: strict),
        .target(
            name: "AWS",
            dependencies: [
                "Calendar", "Files", "Text", "Digest", "Tasks", "Transport", "CLibXML2",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),
        .target(name: "Hashtags", dependencies: ["Folding"], swiftSettings: strict + inlined),
        // Addresses of the web that posts give: which count, and when two are one.
        .target(name: "Links", dependencies: ["Folding", "Text"], swiftSettings: strict + inlined),
        .target(
            name: "Archive",
            dependencies: ["Calendar", "Text", "Digest", "Files", "Hashtags", "Links"],
            swiftSettings: strict),
        // The archive as one file of SQLite.
        .target(
            name: "Export",
            dependencies: ["Calendar", "Text", "Files", "Links", "Archive", "CSQLite"],
            swiftSettings: strict),
        .target(
            name: "Decode",
            dependencies: [
                "Calendar", "Files", "Text", "Folding", "Hashtags", "Links", "Archive", "CArchive",
                "CBzip2", "CISAL", "CLZ4", "CLZMA", "CSIMDJSON", "CZstd",
            ],
            swiftSettings: strict + inlined),
        .target(
            name: "Tally",
            dependencies: [
                "Calendar", "Files", "Text", "Digest", "Tasks", "Hashtags", "Links", "Archive",
                "Decode", "CZstd",
            ],
            swiftSettings: strict + inlined),
        .target(
            name: "Snapshot",
            dependencies: [
                "Calendar", "Files", "Text", "Digest", "Tasks", "Transport", "AWS", "Kafka",
                "Hashtags", "Links",
                "Archive", "Decode", "Tally",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict + inlined),
        .target(
            name: "Output", dependencies: ["Files", "Text", "Digest", "Tasks", "CDeflate"],
            swiftSettings: strict),
        .target(
            name: "SiteGen",
            dependencies: [
                "Calendar", "Text", "Digest", "Files", "Folding", "Tasks", "Links", "Archive",
                "Output", "CLibXML2",
            ],
            swiftSettings: strict),
        .target(
            name: "Sync",
            dependencies: [
                "Calendar", "Files", "Text", "Digest", "Tasks", "AWS", "Archive", "Output",
                "CLinux",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "tidemark", dependencies: command, swiftSettings: strict),

        .target(
            name: "Support",
            dependencies: ["CArchive", .product(name: "Subprocess", package: "swift-subprocess")],
            path: "Tests/Support", swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
        .testTarget(name: "DigestTests", dependencies: ["Digest"], swiftSettings: strict),
        .testTarget(name: "SourcesTests", dependencies: ["Support"], swiftSettings: strict),
        .testTarget(
            name: "CalendarTests", dependencies: ["Calendar", "Support"], swiftSettings: strict),
        .testTarget(name: "TasksTests", dependencies: ["Tasks"], swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["Files", "Support"], swiftSettings: strict),
        .testTarget(
            name: "FoldingTests", dependencies: ["Folding", "Support"], swiftSettings: strict),
        .testTarget(
            name: "HashtagsTests", dependencies: ["Hashtags", "Folding", "Support"],
            swiftSettings: strict),
        .testTarget(name: "LinksTests", dependencies: ["Links"], swiftSettings: strict),
        .testTarget(
            name: "ArchiveTests",
            dependencies: ["Calendar", "Text", "Links", "Archive", "Files", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "TransportTests", dependencies: ["Transport", "Support"], swiftSettings: strict),
        .testTarget(
            name: "AWSTests",
            dependencies: ["Calendar", "Text", "Digest", "AWS", "Tasks", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "DecodeTests",
            dependencies: ["Calendar", "Text", "Folding", "Links", "Decode", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "TallyTests",
            dependencies: ["Calendar", "Links", "Tally", "Snapshot", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "SnapshotTests",
            dependencies: [
                "Calendar", "Digest", "Folding", "Snapshot", "Tasks", "Archive", "AWS", "Transport",
                "Kafka",
                "Support",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SiteGenTests",
            dependencies: [
                "Calendar", "Text", "Digest", "SiteGen", "Archive", "Output", "Files", "Support",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SyncTests",
            dependencies: ["Text", "Digest", "Files", "Output", "Sync", "Tasks", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "OutputTests", dependencies: ["Text", "Digest", "Files", "Output", "Support"],
            swiftSettings: strict),
        .testTarget(
            name: "TidemarkTests",
            dependencies: ["Calendar", "tidemark", "Files", "Tasks", "Transport", "Support"],
            swiftSettings: strict),
    ]
)

// `make fuzz` builds the folder Fuzzing as a program for libFuzzer, which has a main of its own;
// `make test` as tests that replay its corpus.
let fuzzed: [Target.Dependency] = [
    "Calendar", "Text", "Digest", "Folding", "Transport", "Hashtags", "Links", "Decode", "Tally",
    "Snapshot", "Archive", "AWS", "Sync", "tidemark",
]
if Context.environment["TIDEMARK_FUZZING"] != nil {
    package.products = []
    package.targets.removeAll { $0.name == "tidemark" }
    package.targets += [
        .target(
            name: "tidemark", dependencies: command, exclude: ["Main.swift"], swiftSettings: strict),
        .executableTarget(
            name: "Fuzz", dependencies: fuzzed, path: "Fuzzing",
            exclude: [
                "Corpus", "CorpusTests.swift", "Mutation.swift", "SeededRandom.swift",
                "tidemark.dict",
            ],
            swiftSettings: strict),
    ]
} else {
    package.targets.append(
        .testTarget(
            name: "FuzzingTests", dependencies: fuzzed + ["Support"], path: "Fuzzing",
            exclude: ["Corpus", "Fuzz.swift", "tidemark.dict"], swiftSettings: strict))
}
