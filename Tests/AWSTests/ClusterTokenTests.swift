import Calendar
import Foundation
import Testing
import Text

@testable import AWS

@Suite("ClusterToken")
struct ClusterTokenTests {
    @Test func `is an address signed for a quarter of an hour, in base64 for addresses`() throws {
        let time = try #require(Timestamp("2026-11-22T06:00:00Z"))
        let token = ClusterToken(
            credentials: Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"),
                sessionToken: Secret("a/token+=")),
            region: "eu-west-1", at: time)
        let base64 = token.text.revealed.replacing("-", with: "+").replacing("_", with: "/")
        let padded = base64 + String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        let address = String(
            decoding: try #require(Data(base64Encoded: padded)), as: UTF8.self)
        let signature = try #require(address.firstMatch(of: #/X-Amz-Signature=([0-9a-f]{64})&/#)).1
        #expect(
            address
                == "https://kafka.eu-west-1.amazonaws.com/?Action=kafka-cluster%3AConnect"
                + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIDEXAMPLE%2F20261122%2Feu-west-1%2Fkafka-cluster%2Faws4_request"
                + "&X-Amz-Date=20261122T060000Z&X-Amz-Expires=900"
                + "&X-Amz-Security-Token=a%2Ftoken%2B%3D&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=\(signature)&User-Agent=tidemark")
        #expect(token.end == time + 900)
    }
}
