import Foundation
import HTTP
import PropertySupport
import Testing

/// However bytes are cut, the parser says the same.
@Suite struct ParserTests {
    private static let rows =
        RequestLineRows.all + FieldRows.all + HostRows.all + LengthRows.all + CodingRows.all + ChunkRows.all
        + ConnectionRows.all

    /// Rows of many kilobytes would take quadratic time.
    private static let shortRows = rows.filter { $0.sent.count <= 600 }

    @Test(arguments: shortRows) func everyCutInTwo(_ row: ConformanceRow) {
        let whole = ParserTrace(row.sent, cuts: [])
        for cut in 0...row.sent.count {
            #expect(ParserTrace(row.sent, cuts: [cut]) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: rows) func byteByByte(_ row: ConformanceRow) {
        #expect(ParserTrace(row.sent, cuts: Array(0..<row.sent.count)) == ParserTrace(row.sent, cuts: []))
    }

    /// A prefix of what is right is never wrong, it is only not complete; and what is said about a prefix stays true.
    @Test(arguments: shortRows) func everyPrefix(_ row: ConformanceRow) {
        let whole = ParserTrace(row.sent, cuts: [])
        for count in 0...row.sent.count {
            let prefix = ParserTrace(Array(row.sent[..<count]), cuts: [])
            #expect(prefix.requests == Array(whole.requests.prefix(prefix.requests.count)))
            if let error = prefix.error { #expect(error == whole.error) }
        }
    }

    @Test(arguments: PropertySeeds.few) func randomMessagesInRandomPieces(seed: UInt64) {
        var generator = TestRandom(seed: seed)
        for _ in 0..<200 {
            let (bytes, expected) = Self.randomPipeline(using: &generator)
            let cuts = Self.randomCuts(bytes.count, using: &generator)
            let trace = ParserTrace(bytes, cuts: cuts)
            #expect(trace.error == nil, "seed \(seed), cuts \(cuts)")
            #expect(trace.atEnd == nil)
            #expect(trace.requests == expected, "seed \(seed), cuts \(cuts)")
        }
    }

    /// Broken bytes: no crash, and the same verdict in pieces as at once.
    @Test(arguments: PropertySeeds.few) func randomDamage(seed: UInt64) {
        var generator = TestRandom(seed: seed)
        var limits = HTTPLimits()
        limits.headBytes = 300
        limits.requestLineBytes = 60
        limits.fieldCount = 5
        limits.bodyBytes = 40
        limits.chunkLineBytes = 20
        limits.chunkExtensionBytes = 30
        for _ in 0..<300 {
            var (bytes, _) = Self.randomPipeline(using: &generator)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1:
                    bytes.insert(
                        contentsOf: [13, 10, 32, 0, 58].randomElement(using: &generator).map { [$0] } ?? [], at: index)
                case 2: if bytes.count > 1 { bytes.remove(at: index) }
                default: bytes.removeSubrange(index...)
                }
                if bytes.isEmpty { bytes = [10] }
            }
            let cuts = Self.randomCuts(bytes.count, using: &generator)
            #expect(
                ParserTrace(bytes, cuts: cuts, limits: limits) == ParserTrace(bytes, cuts: [], limits: limits),
                "seed \(seed), cuts \(cuts), bytes \(bytes)")
        }
    }

    /// What was read before makes no difference: heads that come again, and heads that are almost the same.
    @Test(arguments: PropertySeeds.few) func headsThatComeAgain(seed: UInt64) {
        var generator = TestRandom(seed: seed)
        for _ in 0..<100 {
            let pool = (0..<3).map { _ in Self.randomPipeline(using: &generator).0 } + [Self.waiting]
            var bytes: [UInt8] = []
            for _ in 0..<12 {
                var next = pool.randomElement(using: &generator) ?? []
                if Int.random(in: 0..<8, using: &generator) == 0 {
                    let place = Int.random(in: 0..<next.count, using: &generator)
                    next[place] = UInt8.random(in: 32...126, using: &generator)
                }
                bytes += next
            }
            let cuts = Self.randomCuts(bytes.count, using: &generator)
            let trace = ParserTrace(bytes, cuts: cuts)
            let renewed = ParserTrace(bytes, cuts: cuts, isRenewed: true)
            #expect(trace == renewed, "seed \(seed), cuts \(cuts), bytes \(bytes)")
            #expect(trace.continues == renewed.continues, "seed \(seed), cuts \(cuts), bytes \(bytes)")
        }
    }

    /// A client that waits before it sends the body; and one that says the same without a body.
    private static let waiting = Array(
        ("PUT /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok"
            + "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n").utf8)

    @Test(arguments: [100, 1_100]) func aHeadThatComesAgain(bytes length: Int) {
        let filler = String(repeating: "v", count: length)
        let first = get("F: \(filler)")
        let trace = ParserTrace(Array((first + first + get("F: \(filler)x") + first).utf8), cuts: [])
        #expect(trace.error == nil)
        #expect(trace.requests.count == 4)
        #expect(trace.requests[1] == trace.requests[0])
        #expect(trace.requests[2].contains(filler + "x"))
        #expect(trace.requests[3] == trace.requests[0])
    }

    // MARK: Limits, at the limit and one past it

    @Test func requestLineLimit() {
        var limits = HTTPLimits()
        limits.requestLineBytes = 20
        let line = "GET /123456 HTTP/1.1"
        #expect(line.utf8.count == 20)
        #expect(error(line + "\r\nHost: a\r\n\r\n", limits) == nil)
        #expect(error("GET /1234567 HTTP/1.1\r\nHost: a\r\n\r\n", limits) == .requestLineTooLong)
        #expect(error(String(repeating: "A", count: 21), limits) == .requestLineTooLong)
    }

    @Test func headLimit() {
        let head = get("X-Value: abc")
        var limits = HTTPLimits()
        limits.headBytes = head.utf8.count
        #expect(error(head, limits) == nil)
        limits.headBytes -= 1
        #expect(error(head, limits) == .headTooLong)
    }

    @Test func fieldLimit() {
        var limits = HTTPLimits()
        limits.fieldCount = 2
        #expect(error(get("A: 1"), limits) == nil)
        #expect(error(get("A: 1", "B: 2"), limits) == .tooManyFields)
        #expect(error(chunked("0\r\nA: 1\r\nB: 1\r\n\r\n"), limits) == nil)
        #expect(error(chunked("0\r\nA: 1\r\nB: 1\r\nC: 1\r\n\r\n"), limits) == .tooManyFields)
    }

    @Test func bodyLimit() {
        var limits = HTTPLimits()
        limits.bodyBytes = 5
        #expect(error(post("Content-Length: 5", body: "hello"), limits) == nil)
        #expect(error(post("Content-Length: 6", body: ""), limits) == .bodyTooLong)
        #expect(error(chunked("5\r\nhello\r\n0\r\n\r\n"), limits) == nil)
        #expect(error(chunked("6\r\n"), limits) == .bodyTooLong)
        #expect(error(chunked("4\r\nhell\r\n2\r\n"), limits) == .bodyTooLong)
    }

    @Test func chunkLimits() {
        var limits = HTTPLimits()
        limits.chunkLineBytes = 5
        #expect(error(chunked("1;abc\r\nx\r\n0\r\n\r\n"), limits) == nil)
        #expect(error(chunked("1;abcd\r\nx\r\n0\r\n\r\n"), limits) == .chunkLineTooLong)
        limits.chunkExtensionBytes = 8
        #expect(error(chunked("1;abc\r\nx\r\n1;abc\r\nx\r\n0\r\n\r\n"), limits) == nil)
        #expect(error(chunked("1;abc\r\nx\r\n1;abc\r\nx\r\n0;a\r\n\r\n"), limits) == .chunkExtensionsTooLong)
    }

    @Test func trailerLimit() {
        var limits = HTTPLimits()
        limits.headBytes = 100
        let trailer = "A: " + String(repeating: "x", count: 93)
        #expect(trailer.utf8.count == 96)
        #expect(error(chunked("0\r\n\(trailer)\r\n\r\n"), limits) == nil)
        #expect(error(chunked("0\r\n\(trailer)xxx\r\n\r\n"), limits) == .headTooLong)
    }

    /// An announced body is not memory yet; a client that asks gets its `100 Continue` once.
    @Test func continueIsAskedForOnce() {
        var parser = HTTPRequestParser()
        let head = Array(post("Expect: 100-continue", "Content-Length: 2", body: "").utf8)
        var cursor = 0
        guard case .needsMoreBytes = parser.feed(head.span, &cursor) else { return #expect(Bool(false)) }
        #expect(parser.waiting == .body)
        let (first, second) = (parser.takeContinue(), parser.takeContinue())
        #expect(first)
        #expect(!second)
    }

    @Test func everyErrorHasWordsAndStatus() {
        for error in HTTPParseError.allCases {
            #expect(!error.text.isEmpty)
            #expect((400...505).contains(error.status))
        }
        #expect(Set(HTTPParseError.allCases.map(\.text)).count == HTTPParseError.allCases.count)
    }

    private func error(_ text: String, _ limits: HTTPLimits) -> HTTPParseError? {
        ParserTrace(Array(text.utf8), cuts: [], limits: limits).error
    }

    // MARK: Random messages

    private static func randomCuts(_ count: Int, using generator: inout TestRandom) -> [Int] {
        (0..<Int.random(in: 0...8, using: &generator)).map { _ in Int.random(in: 0...count, using: &generator) }
            .sorted()
    }

    private static func randomPipeline(using generator: inout TestRandom) -> ([UInt8], [String]) {
        var bytes: [UInt8] = []
        var expected: [String] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let method = ["GET", "POST", "DELETE", "X-1"].randomElement(using: &generator) ?? "GET"
            let target = ["/", "/a//b?c", "/%20"].randomElement(using: &generator) ?? "/"
            var fields = [("Host", "a")]
            for number in 0..<Int.random(in: 0...3, using: &generator) {
                let length = Int.random(in: 0...30, using: &generator)
                fields.append(("F\(number)", String(repeating: "v", count: length)))
            }
            let body = String(repeating: "b", count: Int.random(in: 0...40, using: &generator))
            var wire = ""
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where body.isEmpty: break
            case 0, 1:
                fields.append(("Content-Length", "\(body.utf8.count)"))
                wire = body
            default:
                fields.append(("Transfer-Encoding", "chunked"))
                var rest = Substring(body)
                while !rest.isEmpty {
                    let piece = rest.prefix(Int.random(in: 1...15, using: &generator))
                    rest = rest.dropFirst(piece.count)
                    wire += String(piece.utf8.count, radix: 16) + "\r\n" + piece + "\r\n"
                }
                wire += "0\r\n\r\n"
            }
            let head = fields.map { "\($0): \($1)\r\n" }.joined()
            bytes += Array("\(method) \(target) HTTP/1.1\r\n\(head)\r\n\(wire)".utf8)
            let list = fields.map { "\($0)=\($1)" }.joined(separator: "&")
            expected.append("\(method) \(target) 1.1 true [\(list)] \(body)")
        }
        return (bytes, expected)
    }
}
