import AWS
import Testing

@Suite struct SigningTimeTests {
    @Test(arguments: [
        (0, "19700101T000000Z"), (951_782_400, "20000229T000000Z"),
        (1_440_938_160, "20150830T123600Z"),
        (1_709_251_199, "20240229T235959Z"), (4_107_542_400, "21000301T000000Z"),
        (-1, "19691231T235959Z"),
    ])
    func `A stamp and a second are each other's`(_ seconds: Int, stamp: String) {
        #expect(SigningTime(secondsSinceEpoch: seconds).stamp == stamp)
        #expect(SigningTime(stamp: stamp) == SigningTime(secondsSinceEpoch: seconds))
    }

    @Test func `A Date header is read`() {
        #expect(
            SigningTime(httpDate: "Sun, 06 Nov 1994 08:49:37 GMT")
                == SigningTime(secondsSinceEpoch: 784_111_777))
    }

    @Test(arguments: [
        "1994-11-06T08:49:37Z", "1994-11-06T08:49:37.216239Z", "1994-11-06T08:49:37+00:00",
        "1994-11-06T08:49:37z", "1994-11-06t08:49:37Z", "1994-11-06T10:49:37+02:00",
        "1994-11-06T09:49:37+01", "1994-11-06T05:19:37-0330", "1994-11-07T00:49:37.5+1600",
        "1994-11-06T08:49:37,25-00:00", "1994-11-06 08:49:37Z", "1994-11-06T08:49:37+0000",
    ])
    func `A time of an answer is read, its fraction dropped`(_ text: String) {
        #expect(SigningTime(iso8601: text) == SigningTime(secondsSinceEpoch: 784_111_777))
    }

    @Test(arguments: [
        "", "1994-11-06T08:49:37", "1994-11-06T08:49:37+2:00", "1994-11-06T08:49:37.Z",
        "1994-11-06T08:49:37+25:00", "1994-11-06T08:49:37 Z", "1994-11-06T08:49:37+0:000",
        "1994-11-06T08:49:37ZZ",
        "1994-13-06T08:49:37Z", "1994-11-06T08:49:\u{301}7Z", "Sun, 06 Nov 1994 08:49:37 GMT",
    ])
    func `Another text is no time of an answer`(_ text: String) {
        #expect(SigningTime(iso8601: text) == nil)
    }

    @Test(arguments: [
        "", "now", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 99 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
    ])
    func `Anything else is not`(_ text: String) {
        #expect(SigningTime(httpDate: text) == nil)
    }
}
