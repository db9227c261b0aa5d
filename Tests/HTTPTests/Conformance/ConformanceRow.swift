import Testing

/// Bytes sent over a live connection, and what must come back.
struct ConformanceRow: CustomTestStringConvertible, Sendable {
    /// One expected answer.
    struct Answer: Sendable {
        var status: Int
        var method: String
        var target: String?
        var host: String?
        var value: String?
        var body: String?
    }

    var name: String
    var sent: [UInt8]
    var answers: [Answer]
    /// Whether another request is answered afterwards; else the connection must end, without further bytes.
    var staysOpen: Bool
    /// Ends the client's direction (FIN) after the bytes.
    var endsSending = false

    var testDescription: String { name }

    /// Accepted: one answer 200, and the connection stays open unless said otherwise.
    static func accepts(
        _ name: String, _ text: String, method: String = "GET", target: String? = nil, host: String? = nil,
        value: String? = nil, body: String? = nil, staysOpen: Bool = true
    ) -> ConformanceRow {
        ConformanceRow(
            name: name, sent: Array(text.utf8),
            answers: [
                Answer(status: 200, method: method, target: target, host: host, value: value, body: body)
            ], staysOpen: staysOpen)
    }

    /// Refused: one answer with this status, then the end.
    static func refuses(_ name: String, _ status: Int, _ text: String) -> ConformanceRow {
        refuses(name, status, Array(text.utf8))
    }

    static func refuses(_ name: String, _ status: Int, _ bytes: [UInt8]) -> ConformanceRow {
        ConformanceRow(
            name: name, sent: bytes, answers: [Answer(status: status, method: "GET")], staysOpen: false)
    }

    /// Several requests in one go; the statuses of their answers in order.
    static func pipeline(
        _ name: String, _ text: String, _ statuses: [Int], bodies: [String]? = nil, staysOpen: Bool = true
    ) -> ConformanceRow {
        let answers = statuses.enumerated().map { index, status in
            Answer(status: status, method: "GET", body: bodies?[index])
        }
        return ConformanceRow(name: name, sent: Array(text.utf8), answers: answers, staysOpen: staysOpen)
    }

    /// The same, and then the client says that it will send no more.
    func thenEnds() -> ConformanceRow {
        var row = self
        row.endsSending = true
        row.staysOpen = false
        return row
    }
}

/// `GET / HTTP/1.1`, `Host: a`, then these lines.
func get(_ lines: String...) -> String {
    "GET / HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
}

/// `POST / HTTP/1.1`, `Host: a`, then these lines, then the body.
func post(_ lines: String..., body: String) -> String {
    "POST / HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
}

/// A chunked POST with this body on the wire.
func chunked(_ wire: String) -> String { post("Transfer-Encoding: chunked", body: wire) }
