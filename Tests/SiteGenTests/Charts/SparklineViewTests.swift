import Testing

@testable import SiteGen

struct SparklineViewTests {
    @Test func `breaks the line where a count is unknown and shades what was not recorded`() {
        let view = SparklineView(
            [10, 20, nil, nil, 5], isRead: [true, true, false, true, true],
            isUnusual: [false, true, false, false, false])
        #expect(view.line == "M2 12L6 2M18 17h0")
        #expect(view.end == "M18 17h0")
        #expect(view.gaps == "M8 0h4v24h-4z")
        #expect(view.width == "20")
        #expect(
            view.title
                == "The last 5 periods: known in 3, 5 to 20 people, unusual in 1, 1 not recorded")
        #expect(view.events == "M6 2h0")
    }

    @Test func `draws nothing of nothing`() {
        let view = SparklineView(
            [nil, nil], isRead: [true, true], isUnusual: [false, true])
        #expect((view.line, view.end, view.gaps, view.events) == ("", nil, nil, nil))
        #expect(view.title == "The last 2 periods: known in 0")
    }

    @Test func `says one number once`() {
        #expect(
            SparklineView([7], isRead: [true], isUnusual: [false]).title
                == "The last 1 period: known in 1, 7 people")
        #expect(
            SparklineView([1], isRead: [true], isUnusual: [false]).title
                == "The last 1 period: known in 1, 1 person")
    }
}
