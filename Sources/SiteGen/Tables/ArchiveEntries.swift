import Archive

// The archive in flat arrays of plain values: read from a file and written to one as they are. Texts
// are numbers of a `TextTable`, other entries are places in their arrays, and -1 is none.

/// A row of the windows, and where its lists are.
struct WindowEntry: BitwiseCopyable, Sendable {
    var slot: Int64
    var start: Int64
    var end: Int64
    var coverage: Double
    var posts: Int64
    var tagged: Int64
    var accounts: Int64
    var tags: Int64
    var duplicates: Int64
    var dropped: Int64
    var reconnects: Int64
    /// -1 for none, as `rows`.
    var held: Int64
    var rows: Int64
    /// A text, as wide as what is before it: an odd number of narrow ones would leave bytes that nobody sets.
    var rules: Int64
    var source: Int32
    /// A place in `WindowStatus.allCases`.
    var status: Int32
    var version: Int32
    var reasons: Int32
    var note: Int32
    /// The first row of its popular list, which its trending list follows.
    var firstRow: Int32
    var popularCount: Int32
    /// -1 if there were too few days to expect anything by.
    var trendingCount: Int32
    /// The window of the source before it that was read, and that with a trending list.
    var readBefore: Int32
    var trendingBefore: Int32
    /// How many sources and texts there were before it.
    var sourceCount: Int32
    var textCount: Int32

    var wasRead: Bool { WindowStatus.allCases[Int(status)] != .missing }
}

/// A row of a list. The chains lead from each row to earlier ones.
struct RowEntry: BitwiseCopyable, Sendable {
    var posts: Int64
    var accounts: Int64
    /// NaN for none.
    var expected: Double
    var score: Double
    var window: Int32
    var tag: Int32
    var track: Int32
    var rank: Int32
    var spelling: Int32
    /// The row before it of the same hashtag, in whatever list; and in the same kind of list of the same source.
    var beforeOfTag: Int32
    var beforeOfTrack: Int32
    /// Lists in a row that its hashtag is in, this one included.
    var streak: Int32
    /// Slots in which its hashtag was listed up to here.
    var slotCount: Int32
    /// -1 for none.
    var bounds: Int32
}

/// A hashtag: its key, its first and its last row, and the first of its tracks.
struct TagEntry: BitwiseCopyable, Sendable {
    var key: Int32
    var firstRow: Int32
    var lastRow: Int32
    var firstTrack: Int32
}

/// A hashtag in one kind of list of one source.
struct TrackEntry: BitwiseCopyable, Sendable {
    var source: Int32
    /// 1 for trending lists, 0 for popular ones.
    var isTrending: Int32
    var lastRow: Int32
    /// The next track of the same hashtag.
    var next: Int32
}

/// A source: its name, its last window that was read, and its last with a trending list.
struct SourceEntry: BitwiseCopyable, Sendable {
    var name: Int32
    var lastRead: Int32
    var lastTrending: Int32
}
