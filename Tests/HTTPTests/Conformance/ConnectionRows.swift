/// RFC 9112 §9, RFC 9110 §7.6.1 and §10.1.1: keeping and ending connections, pipelines, expectations.
enum ConnectionRows {
    private static let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"

    static let all: [ConformanceRow] = [
        .accepts("stays open", get()),
        .accepts("close", get("Connection: close"), staysOpen: false),
        .accepts("close in capitals", get("Connection: CLOSE"), staysOpen: false),
        .accepts("close in a list", get("Connection: x, close ,y"), staysOpen: false),
        .accepts("close in a second line", get("Connection: x", "Connection: close"), staysOpen: false),
        .accepts("close wins over keep-alive", get("Connection: keep-alive, close"), staysOpen: false),
        .accepts("closed is not close", get("Connection: closed")),
        .accepts("other option", get("Connection: upgrade", "Upgrade: h2c")),
        .accepts("HTTP/1.0 closes", "GET / HTTP/1.0\r\n\r\n", staysOpen: false),
        .accepts("HTTP/1.0 with keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
        .accepts("HTTP/1.0 with keep-alive in capitals", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"),
        .accepts("HTTP/1.0 with close", "GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n", staysOpen: false),
        .accepts(
            "HTTP/1.0 with a body", "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nab", method: "POST", body: "ab",
            staysOpen: false),
        .accepts("FIN behind the request is answered", one).thenEnds(),
        .refuses("FIN inside of the request line", 400, "GET / HT").thenEnds(),
        .refuses("FIN inside of the head", 400, "GET / HTTP/1.1\r\nHost: a\r\n").thenEnds(),
        ConformanceRow(name: "FIN instead of a request", sent: [], answers: [], staysOpen: false).thenEnds(),
        ConformanceRow(name: "FIN behind an empty line", sent: [13, 10], answers: [], staysOpen: false).thenEnds(),
        .pipeline("two requests", one + one, [200, 200]),
        .pipeline("two requests with an empty line between", one + "\r\n" + one, [200, 200]),
        .pipeline("sixteen requests", String(repeating: one, count: 16), [Int](repeating: 200, count: 16)),
        .pipeline("two hundred requests", String(repeating: one, count: 200), [Int](repeating: 200, count: 200)),
        .pipeline(
            "bodies of all kinds",
            post("Content-Length: 1", body: "a") + chunked("1\r\nb\r\n0\r\n\r\n") + one
                + post("Content-Length: 2", body: "cd"), [200, 200, 200, 200], bodies: ["a", "b", "", "cd"]),
        .pipeline("nothing behind close is answered", get("Connection: close") + one, [200], staysOpen: false),
        .pipeline("good, then bad", one + "BAD\r\n\r\n" + one, [200, 400], staysOpen: false),
        .pipeline("bytes behind the body are a request", post("Content-Length: 1", body: "ab"), [200]).thenBad(),
        .pipeline("pipeline, then FIN", one + one, [200, 200]).thenEnds(),
        .accepts(
            "expectation, body already sent", post("Expect: 100-continue", "Content-Length: 2", body: "ab"),
            method: "POST", body: "ab"),
        .accepts("expectation without a body", get("Expect: 100-continue")),
        .accepts(
            "expectation in HTTP/1.0 is ignored", "GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n", staysOpen: false),
        .accepts("unknown expectation in HTTP/1.0", "GET / HTTP/1.0\r\nExpect: magic\r\n\r\n", staysOpen: false),
        .refuses("unknown expectation", 417, get("Expect: magic")),
        .refuses("unknown expectation beside a known one", 417, get("Expect: 100-continue", "Expect: magic")),
        .refuses("list of expectations", 417, get("Expect: 100-continue, magic")),
    ]
}

extension ConformanceRow {
    /// The bytes that are left begin a bad request once another line comes.
    func thenBad() -> ConformanceRow {
        var row = self
        row.sent += Array("\0\r\n\r\n".utf8)
        row.answers.append(Answer(status: 400, method: "GET"))
        row.staysOpen = false
        return row
    }
}
