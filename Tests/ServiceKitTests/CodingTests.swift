import Foundation
import HTTP
import Payments
import Processor
import PropertySupport
import ServiceKit
import Testing

@Suite struct CodingTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let decoded: String
        var testDescription: String { "'\(text)'" }

        init(_ text: String, _ decoded: String) {
            self.text = text
            self.decoded = decoded
        }
    }

    @Test(arguments: [
        Row("", ""), Row("plain", "plain"), Row("%41", "A"), Row("a%20b", "a b"), Row("%c3%A9", "é"),
        Row("%E2%82%AC", "€"), Row("a+b", "a+b"), Row("%2B", "+"), Row("%2525", "%25"), Row("%", "%"), Row("%4", "%4"),
        Row("100%", "100%"), Row("%zz", "%zz"), Row("%4g", "%4g"), Row("%%41", "%A"), Row("%41%", "A%"),
        Row("%00", "\0"), Row("%FF", "\u{FFFD}"), Row("%C3", "\u{FFFD}"), Row("%2f", "/"), Row("é", "é"),
        Row("%F0%9F%92%B3", "💳"), Row("%-1", "%-1"), Row("%+1", "%+1"),
    ])
    func percentDecoding(_ row: Row) { #expect(PercentCoding.decode(row.text) == row.decoded) }

    @Test(arguments: PropertySeeds.few)
    func whatFoundationEncodesIsDecoded(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FFFF, using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let encoded = try #require(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            #expect(PercentCoding.decode(encoded).utf8.elementsEqual(text.utf8), "seed \(seed)")
            let pairs = FormCoding.pairs("\(encoded)x=\(encoded)")
            #expect(pairs.count == 1 && pairs[0].value.utf8.elementsEqual(text.utf8), "seed \(seed)")
        }
    }

    struct FormRow: CustomTestStringConvertible, Sendable {
        let text: String
        let pairs: [[String]]
        var testDescription: String { "'\(text)'" }

        init(_ text: String, _ pairs: [[String]]) {
            self.text = text
            self.pairs = pairs
        }
    }

    @Test(arguments: [
        FormRow("", []), FormRow("a=1", [["a", "1"]]), FormRow("a=1&b=2", [["a", "1"], ["b", "2"]]),
        FormRow("a=1&a=2", [["a", "1"], ["a", "2"]]), FormRow("a", [["a", ""]]), FormRow("a=", [["a", ""]]),
        FormRow("=1", [["", "1"]]), FormRow("&&a=1&", [["a", "1"]]), FormRow("a=b=c", [["a", "b=c"]]),
        FormRow("a+b=c+d", [["a b", "c d"]]), FormRow("a=%2B%26%3D", [["a", "+&="]]),
        FormRow("a%3Db=1", [["a=b", "1"]]),
        FormRow("a=1;b=2", [["a", "1;b=2"]]), FormRow("a=%", [["a", "%"]]),
    ])
    func forms(_ row: FormRow) { #expect(FormCoding.pairs(row.text).map { [$0.name, $0.value] } == row.pairs) }

    // MARK: - Requests

    private func request(_ target: String, _ headers: [HTTPField] = []) -> ServiceRequest {
        let http = HTTPRequest(method: .get, target: target, headers: HTTPFields(headers))
        let registry = TestWorlds.registry()
        return ServiceRequest(
            http: http, path: http.path, query: http.query, scope: TestWorlds.scope, world: registry.main,
            behavior: registry.main.behavior)
    }

    struct SegmentRow: CustomTestStringConvertible, Sendable {
        let path: String
        let segments: [String]?
        var testDescription: String { path }

        init(_ path: String, _ segments: [String]?) {
            self.path = path
            self.segments = segments
        }
    }

    @Test(arguments: [
        SegmentRow("/base", []), SegmentRow("/base/", [""]), SegmentRow("/base/a", ["a"]),
        SegmentRow("/base/a/b", ["a", "b"]), SegmentRow("/base/a//b", ["a", "", "b"]),
        SegmentRow("/base/a/", ["a", ""]),
        SegmentRow("/base/a%2Fb", ["a/b"]), SegmentRow("/base/a%20b/c", ["a b", "c"]), SegmentRow("/bases", nil),
        SegmentRow("/bas", nil), SegmentRow("/BASE/a", nil), SegmentRow("/", nil), SegmentRow("/base?x=/y", []),
    ])
    func segments(_ row: SegmentRow) { #expect(request(row.path).segments(behind: "/base") == row.segments) }

    @Test func queries() {
        let request = request("/base/a?x=1&y=a+b&x=2&%7A=%26")
        #expect(request.queryItems.map(\.name) == ["x", "y", "x", "z"])
        #expect(request.queryValue("x") == "1" && request.queryValue("y") == "a b" && request.queryValue("z") == "&")
        #expect(request.queryValue("none") == nil)
        #expect(self.request("/base").queryItems.isEmpty && self.request("/base?").queryItems.isEmpty)
    }

    struct BasicRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let header: String?
        let user: String?
        let password: String?

        init(_ name: String, _ header: String?, _ user: String, _ password: String) {
            testDescription = name
            self.header = header
            self.user = user
            self.password = password
        }

        init(refused name: String, _ header: String?) {
            testDescription = name
            self.header = header
            user = nil
            password = nil
        }

        static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    }

    /// RFC 7617.
    @Test(arguments: [
        BasicRow("the example of the RFC", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame"),
        BasicRow("the scheme in small letters", "basic " + BasicRow.base64("u:p"), "u", "p"),
        BasicRow("the scheme in capitals", "BASIC " + BasicRow.base64("u:p"), "u", "p"),
        BasicRow("a colon in the password", "Basic " + BasicRow.base64("u:p:q:"), "u", "p:q:"),
        BasicRow("no password", "Basic " + BasicRow.base64("u:"), "u", ""),
        BasicRow("no user", "Basic " + BasicRow.base64(":p"), "", "p"),
        BasicRow("neither", "Basic " + BasicRow.base64(":"), "", ""),
        BasicRow("UTF-8, the second example of the RFC", "Basic dGVzdDoxMjPCow==", "test", "123£"),
        BasicRow("blanks around", "Basic   " + BasicRow.base64("u:p") + " ", "u", "p"),
        BasicRow(refused: "no header", nil), BasicRow(refused: "an empty header", ""),
        BasicRow(refused: "only the scheme", "Basic"), BasicRow(refused: "only the scheme and a blank", "Basic "),
        BasicRow(refused: "another scheme", "Bearer " + BasicRow.base64("u:p")),
        BasicRow(refused: "a longer scheme", "Basics " + BasicRow.base64("u:p")),
        BasicRow(refused: "no blank", "Basic" + BasicRow.base64("u:p")),
        BasicRow(refused: "no colon", "Basic " + BasicRow.base64("user")),
        BasicRow(refused: "no base 64", "Basic u:p"), BasicRow(refused: "missing padding", "Basic dTpwcA"),
        BasicRow(refused: "bytes behind the padding", "Basic dTpw====x"),
        BasicRow(refused: "ISO 8859-1", "Basic dGVzdDoxMjOj"), BasicRow(refused: "a blank inside", "Basic dT pw"),
    ])
    func basicCredentials(_ row: BasicRow) {
        let found = request("/", row.header.map { [HTTPField("Authorization", $0)] } ?? []).basicCredentials
        #expect(found?.user == row.user)
        #expect(found?.password == row.password)
    }
}
