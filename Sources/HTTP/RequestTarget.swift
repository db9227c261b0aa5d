/// The four forms of a request target (RFC 9112 §3.2).
struct RequestTarget {
    /// Origin-form, `*`, or for CONNECT `host:port`.
    var text: String
    /// Where the authority of an absolute-form target lies: it takes the place of the Host field (RFC 9112 §3.2.2).
    var authority: Range<Int>?

    private init(text: String, authority: Range<Int>? = nil) {
        self.text = text
        self.authority = authority
    }

    init(_ bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPMethod) throws(HTTPParseError) {
        for index in range where !ASCII.isTarget(bytes[index]) { throw .target }
        let first = bytes[range.lowerBound]
        if method == .connect {
            guard HostSyntax.isValid(bytes, range, portRequired: true) else { throw .authorityTarget }
            self.init(text: bytes.string(range))
        } else if first == ASCII.slash {
            self.init(text: bytes.asciiString(range))
        } else if first == UInt8(ascii: "*"), range.count == 1 {
            guard method == .options else { throw .asteriskTarget }
            self.init(text: "*")
        } else {
            try self.init(absolute: bytes, range, method: method)
        }
    }

    /// `http://host:port/path?query`; user information is refused (RFC 9110 §4.2.4).
    private init(absolute bytes: Span<UInt8>, _ range: Range<Int>, method: HTTPMethod) throws(HTTPParseError) {
        guard let schemeEnd = range.first(where: { bytes[$0] == ASCII.colon }) else { throw .target }
        let scheme = range.lowerBound..<schemeEnd
        guard bytes.matches(scheme, "http") || bytes.matches(scheme, "https") else {
            // `example.com:443` without CONNECT looks like a scheme of that name.
            throw HostSyntax.isValid(bytes, range, portRequired: true) ? .authorityTarget : .absoluteTarget
        }
        let start = schemeEnd + 3
        guard start <= range.upperBound, bytes.equals(schemeEnd..<start, "://") else { throw .absoluteTarget }
        let end =
            (start..<range.upperBound).first { bytes[$0] == ASCII.slash || bytes[$0] == UInt8(ascii: "?") }
            ?? range.upperBound
        let authority = start..<end
        guard !authority.isEmpty, bytes[start] != ASCII.colon, HostSyntax.isValid(bytes, authority, portRequired: false)
        else { throw .absoluteTarget }
        let rest = bytes.string(end..<range.upperBound)
        if rest.isEmpty {
            // OPTIONS without a path is the asterisk-form on its way through a proxy (RFC 9112 §3.2.4).
            self.init(text: method == .options ? "*" : "/", authority: authority)
        } else {
            self.init(text: bytes[end] == ASCII.slash ? rest : "/" + rest, authority: authority)
        }
    }
}

/// `host[:port]` (RFC 3986 §3.2.2, without user information).
enum HostSyntax {
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>, portRequired: Bool) -> Bool {
        var end = range.lowerBound
        if end < range.upperBound, bytes[end] == UInt8(ascii: "[") {
            guard let close = range.first(where: { bytes[$0] == UInt8(ascii: "]") }), close > end + 1 else {
                return false
            }
            for index in end + 1..<close where !isInLiteral(bytes[index]) { return false }
            end = close + 1
        } else {
            while end < range.upperBound, isRegisteredName(bytes[end]) { end += 1 }
        }
        if portRequired, end == range.lowerBound { return false }
        guard end < range.upperBound else { return !portRequired }
        guard bytes[end] == ASCII.colon else { return false }
        return isPort(bytes, end + 1..<range.upperBound, required: portRequired)
    }

    /// Digits up to 65535; nothing at all is allowed where the port is optional (RFC 3986 §3.2.3).
    private static func isPort(_ bytes: Span<UInt8>, _ range: Range<Int>, required: Bool) -> Bool {
        var number = 0
        for index in range {
            guard ASCII.isDigit(bytes[index]) else { return false }
            number = number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            guard number <= 65_535 else { return false }
        }
        return !required || !range.isEmpty
    }

    /// Hexadecimal digits, colons, dots, and what a zone or a future literal may hold.
    private static func isInLiteral(_ byte: UInt8) -> Bool {
        byte == ASCII.colon || isRegisteredName(byte)
    }

    /// `unreserved`, `sub-delims` or `%` of RFC 3986. A comma is a sub-delimiter, but two Host fields that a proxy
    /// joined look just so: it is refused.
    private static func isRegisteredName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
