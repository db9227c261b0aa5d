import HTTP
import PropertySupport

/// What came out of a parser, in a form that can be compared.
struct ParserTrace: Equatable, CustomStringConvertible {
    var requests: [String] = []
    var error: HTTPParseError?
    /// The error at the end of the connection.
    var atEnd: HTTPParseError?
    /// Behind how many requests `100 Continue` was due. Depends on the cuts, and is not compared.
    var continues: [Int] = []
    /// Of the parser that takes over after each request.
    private let renewal: HTTPLimits?

    static func == (a: ParserTrace, b: ParserTrace) -> Bool {
        a.requests == b.requests && a.error == b.error && a.atEnd == b.atEnd
    }

    var description: String { "\(requests) error: \(String(describing: error)) end: \(String(describing: atEnd))" }

    /// Feeds `bytes`, cut at these places.
    ///
    /// - Parameter isRenewed: each request meets a parser that has read nothing before.
    init(_ bytes: [UInt8], cuts: [Int], limits: HTTPLimits = HTTPLimits(), isRenewed: Bool = false) {
        renewal = isRenewed ? limits : nil
        var parser = HTTPRequestParser(limits: limits)
        var start = 0
        for end in cuts + [bytes.count] where error == nil {
            let piece = Array(bytes[start..<end])
            start = end
            feed(piece, to: &parser)
        }
        atEnd = parser.end()
    }

    private mutating func feed(_ piece: [UInt8], to parser: inout HTTPRequestParser) {
        var cursor = 0
        // Once more at the end: a request may be complete without further bytes.
        while true {
            let before = cursor
            switch parser.feed(piece.span, &cursor) {
            case .needsMoreBytes:
                precondition(cursor == piece.count, "a parser that wants more has used up what it had")
                if parser.takeContinue() { continues.append(requests.count) }
                return
            case .message(let parsed):
                requests.append(Self.text(parsed))
                if let renewal { parser = HTTPRequestParser(limits: renewal) }
                precondition(cursor > before || piece.isEmpty, "no request out of nothing")
            case .failed(let error):
                self.error = error
                return
            }
        }
    }

    private static func text(_ parsed: ParsedRequest) -> String {
        let request = parsed.request
        let fields = request.headers.lines.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return "\(request.method.token) \(request.target) 1.\(parsed.minorVersion) \(parsed.keepsAlive) [\(fields)] "
            + String(decoding: request.body, as: UTF8.self)
    }
}
