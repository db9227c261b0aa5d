import HTTP
import PropertySupport

/// What came out of a parser, in a form that can be compared.
struct ParserTrace: Equatable, CustomStringConvertible {
    var requests: [String] = []
    var error: HTTPParseError?
    /// The error at the end of the connection.
    var atEnd: HTTPParseError?

    var description: String { "\(requests) error: \(String(describing: error)) end: \(String(describing: atEnd))" }

    /// Feeds `bytes`, cut at these places.
    init(_ bytes: [UInt8], cuts: [Int], limits: HTTPLimits = HTTPLimits()) {
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
                return
            case .message(let parsed):
                requests.append(Self.text(parsed))
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
