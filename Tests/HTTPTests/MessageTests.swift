import Foundation
import HTTP
import PropertySupport
import Testing

@Suite struct MessageTests {
    @Test func fieldsAreFoundWithoutRegardToCase() {
        var fields: HTTPFields = ["Accept": "a", "X-One": "1"]
        fields.append("accept", "b")
        #expect(fields["ACCEPT"] == "a")
        #expect(fields.all("Accept") == ["a", "b"])
        #expect(fields["Accep"] == nil)
        #expect(fields["x_one"] == nil)
        #expect(fields.lines == [HTTPField("Accept", "a"), HTTPField("X-One", "1"), HTTPField("accept", "b")])
        #expect(fields.count == 3)
        #expect(HTTPFields().isEmpty)
        #expect(HTTPFields(fields.lines).lines == fields.lines)
    }

    /// `@` and `` ` `` differ in the same bit as letters of two cases.
    @Test func onlyLettersHaveACase() {
        let fields = HTTPFields([HTTPField("X^", "1")])
        #expect(fields["x~"] == nil)
        #expect(fields["x^"] == "1")
    }

    @Test func pathAndQuery() {
        let request = HTTPRequest(method: .get, target: "/a%3Fb?c?d")
        #expect(request.path == "/a%3Fb")
        #expect(request.query == "c?d")
        #expect(HTTPRequest(method: .get, target: "/a").query == nil)
    }

    struct DateRow: CustomTestStringConvertible, Sendable {
        let seconds: Int64
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        DateRow(seconds: 0, text: "Thu, 01 Jan 1970 00:00:00 GMT"),
        DateRow(seconds: 784_111_777, text: "Sun, 06 Nov 1994 08:49:37 GMT"),
        DateRow(seconds: 951_782_400, text: "Tue, 29 Feb 2000 00:00:00 GMT"),
        DateRow(seconds: 4_107_542_399, text: "Sun, 28 Feb 2100 23:59:59 GMT"),
        DateRow(seconds: 4_107_542_400, text: "Mon, 01 Mar 2100 00:00:00 GMT"),
        DateRow(seconds: -1, text: "Wed, 31 Dec 1969 23:59:59 GMT"),
        DateRow(seconds: 253_402_300_799, text: "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func dates(_ row: DateRow) {
        #expect(String(decoding: HTTPDate.format(row.seconds), as: UTF8.self) == row.text)
    }

    @Test(arguments: PropertySeeds.few) func datesAgreeWithFoundation(seed: UInt64) {
        var generator = TestRandom(seed: seed)
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        for _ in 0..<300 {
            let seconds = Int64.random(in: -2_000_000_000...100_000_000_000, using: &generator)
            let wanted = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
            #expect(String(decoding: HTTPDate.format(seconds), as: UTF8.self) == wanted, "seed \(seed)")
        }
    }

    @Test func endpointsFromURLs() {
        let (endpoint, path) =
            HTTPEndpoint.parse("http://localhost:8080/base/x?y") ?? (HTTPEndpoint(host: "", port: 0), "")
        #expect(endpoint == HTTPEndpoint(host: "localhost", port: 8080))
        #expect(path == "/base/x?y")
        #expect(HTTPEndpoint.parse("HTTP://a")?.endpoint == HTTPEndpoint(host: "a", port: 80))
        #expect(HTTPEndpoint.parse("http://a/")?.path == "")
        #expect(HTTPEndpoint.parse("http://[::1]:81/")?.endpoint == HTTPEndpoint(host: "::1", port: 81))
        #expect(HTTPEndpoint.parse("http://[::1]")?.endpoint.description == "[::1]:80")
        let secure = HTTPEndpoint(host: "a", port: 443, isSecure: true)
        #expect(HTTPEndpoint.parse("HTTPS://a/b")?.endpoint == secure)
        #expect(HTTPEndpoint.parse("https://a:80")?.endpoint == HTTPEndpoint(host: "a", port: 80, isSecure: true))
        for wrong in [
            "https://", "https:/a", "a:80", "http://", "http://:80", "http://a:x", "http://a:70000", "http://u@a",
            "ftp://a",
        ] {
            #expect(HTTPEndpoint.parse(wrong) == nil, "\(wrong)")
        }
    }
}
