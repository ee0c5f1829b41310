import Testing

@testable import Decode

@Suite("JSONValue")
struct JSONValueTests {
    /// One of each type; a value is asked for every type it is not.
    static let values = [
        "null", "true", "false", "0", "-1", "1.5", "18446744073709551615", "\"text\"", "\"\"", "[]",
        "[1,2]", "{}", "{\"a\":1}",
    ]

    /// Texts with a place for a value, and the way to it: names of members, numbers of elements.
    static let places: [(text: String, way: [String])] = [
        ("%", []), ("[%]", ["0"]), ("[0,%,0]", ["1"]), ("[[[%]]]", ["0", "0", "0"]),
        ("{\"k\":%}", ["k"]),
        ("{\"a\":%,\"k\":%,\"b\":%}", ["k"]), ("[%,{\"k\":[%,%]}]", ["1", "k", "1"]),
    ]

    @Test("is of one type, in every place", arguments: values, places)
    func types(value: String, place: (text: String, way: [String])) {
        withJSON(place.text.replacing("%", with: value)) { root in
            var found = root
            for step in place.way {
                if let number = Int(step) {
                    found = found?.elements.dropFirst(number).first { _ in true }
                } else {
                    found = found?["k"]
                }
            }
            #expect(found?.isTrue == (value == "true"))
            #expect(found?.isFalse == (value == "false"))
            #expect(found?.isArray == value.hasPrefix("["))
            #expect(found?.isObject == value.hasPrefix("{"))
            let text = value.hasPrefix("\"") ? String(value.dropFirst().dropLast()) : nil
            #expect(found?.text?.string == text)
            #expect(found?.number == UInt64(value))
            #expect(found?.elements.reduce(0) { sum, _ in sum + 1 } == (value == "[1,2]" ? 2 : 0))
            #expect(
                found?.members.reduce(0) { sum, _ in sum + 1 } == (value == "{\"a\":1}" ? 1 : 0))
            #expect(found?["nothing"]?.isTrue == nil)
            #expect(found?.elements(of: "a").first { _ in true }?.isTrue == nil)
        }
    }

    @Test(
        "keeps whole numbers of 64 bits whole",
        arguments: [
            "0", "1", "9007199254740993", "9223372036854775807", "9223372036854775808",
            "18446744073709551615",
        ])
    func wholeNumbers(text: String) {
        #expect(withJSON("{\"id\":\(text)}") { $0?["id"]?.number } == UInt64(text))
    }

    @Test(
        "takes no other number for a whole one",
        arguments: ["-1", "1.0", "1e3", "-0.0", "0.5", "1e300", "-9223372036854775808"])
    func otherNumbers(text: String) {
        #expect(withJSON("{\"id\":\(text)}") { $0?["id"]?.number } == UInt64?.none)
    }

    @Test(
        "takes a number beyond 64 bits or a double for none, and reads the rest",
        arguments: [
            "18446744073709551616", "-9223372036854775809", "1e400", "-1.5E+999",
            String(repeating: "9", count: 5000),
        ])
    func outsizeNumbers(number: String) {
        let text =
            #"{"n":\#(number),"m":[\#(number),-\#(number.drop { $0 == "-" })],"s":"\"1e999 \#(number) \ud83c","id":"7"}"#
        withJSON(text) { root in
            #expect(root?["n"]?.number == nil)
            #expect(root?["n"]?.isTrue == false)
            #expect(root?.elements(of: "m").reduce(0) { sum, _ in sum + 1 } == 2)
            #expect(root?["s"]?.text?.string == "\"1e999 \(number) \u{FFFD}")
            #expect(root?["id"]?.text?.string == "7")
        }
    }

    @Test("gives the last of several members of one name")
    func duplicateNames() {
        #expect(withJSON(#"{"a":1,"b":[{"a":9}],"a":{"x":0},"a":2}"#) { $0?["a"]?.number } == 2)
    }

    @Test("unescapes names and texts")
    func escapes() {
        let text = withJSON(#"{"\u0061":"\"\\\/\b\f\n\r\t\u0000\u00e9\ud83c\udf0a\""}"#) {
            $0?["a"]?.text?.string
        }
        #expect(text == "\"\\/\u{8}\u{C}\n\r\t\u{0}é🌊\"")
    }

    @Test("walks over members and elements of every kind")
    func walks() {
        let text =
            #"{"a":[],"b":{},"c":[1,[2,{"d":3}],"x",null,1.5,18446744073709551615],"e":true,"":{"y":[{}]}}"#
        withJSON(text) { root in
            #expect(root?.members.map { $0.key.string } == ["a", "b", "c", "e", ""])
            #expect(root?["c"]?.elements.reduce(0) { sum, _ in sum + 1 } == 6)
            #expect(root?.elements(of: "c").map { $0.number } == [1, nil, nil, nil, nil, .max])
        }
    }
}
