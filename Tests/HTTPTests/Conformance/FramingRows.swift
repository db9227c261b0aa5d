/// RFC 9110 §8.6, RFC 9112 §6: Content-Length.
enum LengthRows {
    static let all: [ConformanceRow] = [
        .accepts("body", post("Content-Length: 5", body: "hello"), method: "POST", body: "hello"),
        .accepts("length 0", post("Content-Length: 0", body: ""), method: "POST", body: ""),
        .accepts("no length is no body", post(body: ""), method: "POST", body: ""),
        .accepts("leading zeros", post("Content-Length: 005", body: "hello"), method: "POST", body: "hello"),
        .accepts("blanks around", post("Content-Length: \t5 ", body: "hello"), method: "POST", body: "hello"),
        .accepts("body of GET", get("Content-Length: 2") + "ab", body: "ab"),
        .accepts(
            "body of DELETE", "DELETE /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab", method: "DELETE",
            body: "ab"),
        .accepts(
            "body of HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab", method: "HEAD", body: ""),
        .accepts(
            "body of OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab", method: "OPTIONS",
            body: "ab"),
        .accepts("body like a request", post("Content-Length: 18", body: "GET / HTTP/1.1\r\n\r\n"), method: "POST"),
        .accepts(
            "body of 100,000 bytes", post("Content-Length: 100000", body: String(repeating: "x", count: 100_000)),
            method: "POST", body: String(repeating: "x", count: 100_000)),
        .refuses("twice, different", 400, post("Content-Length: 5", "Content-Length: 6", body: "hello")),
        .refuses("twice, the same", 400, post("Content-Length: 5", "Content-Length: 5", body: "hello")),
        .refuses("list of the same", 400, post("Content-Length: 5, 5", body: "hello")),
        .refuses("list without a blank", 400, post("Content-Length: 5,5", body: "hello")),
        .refuses("empty", 400, post("Content-Length:", body: "")),
        .refuses("sign", 400, post("Content-Length: +5", body: "hello")),
        .refuses("negative", 400, post("Content-Length: -1", body: "")),
        .refuses("hexadecimal", 400, post("Content-Length: 0x5", body: "hello")),
        .refuses("letters", 400, post("Content-Length: five", body: "hello")),
        .refuses("fraction", 400, post("Content-Length: 5.0", body: "hello")),
        .refuses("blank inside", 400, post("Content-Length: 1 0", body: "hello")),
        .refuses("exponent", 400, post("Content-Length: 1e1", body: "hello")),
        .refuses("one more than 64 bits", 400, post("Content-Length: 9223372036854775808", body: "")),
        .refuses("wraps around to 5", 400, post("Content-Length: 18446744073709551621", body: "hello")),
        .refuses("many digits", 400, post("Content-Length: " + String(repeating: "9", count: 400), body: "")),
        .refuses("the largest number", 413, post("Content-Length: 9223372036854775807", body: "")),
        .refuses("one over the limit", 413, post("Content-Length: 4194305", body: "")),
        .refuses("digits of another script", 400, post("Content-Length: \u{0665}", body: "hello")),
        .refuses("end before the end of the body", 400, post("Content-Length: 5", body: "hell")).thenEnds(),
    ]
}

/// RFC 9112 §6.1: Transfer-Encoding.
enum CodingRows {
    private static let wire = "5\r\nhello\r\n0\r\n\r\n"

    static let all: [ConformanceRow] = [
        .accepts("chunked", chunked(wire), method: "POST", body: "hello"),
        .accepts("in capitals", post("TRANSFER-ENCODING: CHUNKED", body: wire), method: "POST", body: "hello"),
        .accepts("blanks around", post("Transfer-Encoding:  chunked\t", body: wire), method: "POST", body: "hello"),
        .accepts(
            "empty list elements", post("Transfer-Encoding: , chunked,", body: wire), method: "POST", body: "hello"),
        .accepts("GET with chunks", get("Transfer-Encoding: chunked") + wire, body: "hello"),
        .accepts(
            "DELETE with chunks", "DELETE / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + wire,
            method: "DELETE", body: "hello"),
        .refuses(
            "with Content-Length behind", 400, post("Transfer-Encoding: chunked", "Content-Length: 5", body: wire)),
        .refuses(
            "with Content-Length before", 400, post("Content-Length: 5", "Transfer-Encoding: chunked", body: wire)),
        .refuses("with Content-Length 0", 400, post("Content-Length: 0", "Transfer-Encoding: chunked", body: wire)),
        .refuses("chunked twice in a list", 400, post("Transfer-Encoding: chunked, chunked", body: wire)),
        .refuses(
            "chunked twice in two lines", 400,
            post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body: wire)),
        .refuses("chunked is not the last", 400, post("Transfer-Encoding: chunked, gzip", body: wire)),
        .refuses("empty", 400, post("Transfer-Encoding:", body: "")),
        .refuses("only a comma", 400, post("Transfer-Encoding: ,", body: "")),
        .refuses("parameter", 400, post("Transfer-Encoding: chunked;q=1", body: wire)),
        .refuses("gzip alone", 501, post("Transfer-Encoding: gzip", body: "")),
        .refuses("gzip and chunked", 501, post("Transfer-Encoding: gzip, chunked", body: wire)),
        .refuses(
            "gzip and chunked in two lines", 501,
            post("Transfer-Encoding: gzip", "Transfer-Encoding: chunked", body: wire)),
        .refuses("identity", 501, post("Transfer-Encoding: identity", body: "")),
        .refuses("xchunked", 501, post("Transfer-Encoding: xchunked", body: wire)),
        .refuses("vertical tab before chunked", 400, post("Transfer-Encoding: \u{0B}chunked", body: wire)),
        .refuses("quoted", 501, post("Transfer-Encoding: \"chunked\"", body: wire)),
        .refuses("blank before the colon", 400, post("Transfer-Encoding : chunked", body: wire)),
        .refuses("in HTTP/1.0", 400, "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + wire),
    ]
}

/// RFC 9112 §7.1: chunks.
enum ChunkRows {
    static let all: [ConformanceRow] = [
        .accepts("no data", chunked("0\r\n\r\n"), method: "POST", body: ""),
        .accepts("two chunks", chunked("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"), method: "POST", body: "hello world"),
        .accepts(
            "hexadecimal in both cases", chunked("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"), method: "POST"),
        .accepts("leading zeros", chunked("0005\r\nhello\r\n000\r\n\r\n"), method: "POST", body: "hello"),
        .accepts("data with CRLF", chunked("2\r\n\r\n\r\n0\r\n\r\n"), method: "POST", body: "\r\n"),
        .accepts("extension", chunked("5;a\r\nhello\r\n0\r\n\r\n"), method: "POST", body: "hello"),
        .accepts("extension with a value", chunked("5;a=b;c=\"d \\\" e\"\r\nhello\r\n0;x=y\r\n\r\n"), method: "POST"),
        .accepts(
            "blanks in an extension", chunked("5 ; a = b ; c\r\nhello\r\n0\r\n\r\n"), method: "POST", body: "hello"),
        .accepts("trailers are dropped", chunked("0\r\nX-Value: no\r\nB: c\r\n\r\n"), method: "POST", body: ""),
        .refuses("no size", 400, chunked("\r\nhello\r\n0\r\n\r\n")),
        .refuses("letters for a size", 400, chunked("xyz\r\n")),
        .refuses("prefix 0x", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")),
        .refuses("sign", 400, chunked("+5\r\nhello\r\n0\r\n\r\n")),
        .refuses("negative", 400, chunked("-5\r\nhello\r\n0\r\n\r\n")),
        .refuses("blank before the size", 400, chunked(" 5\r\nhello\r\n0\r\n\r\n")),
        .refuses("blank behind the size", 400, chunked("5 \r\nhello\r\n0\r\n\r\n")),
        .refuses("comma behind the size", 400, chunked("5,5\r\nhello\r\n0\r\n\r\n")),
        .refuses("size wraps around to 5", 400, chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")),
        .refuses("size of 100 digits", 400, chunked(String(repeating: "f", count: 100) + "\r\n")),
        .refuses("size over the limit", 413, chunked("400001\r\n")),
        .refuses("the largest size", 413, chunked("7fffffffffffffff\r\n")),
        .refuses("sum over the limit", 413, chunked("1\r\na\r\n400000\r\n")),
        .refuses("data too long", 400, chunked("5\r\nhello!\r\n0\r\n\r\n")),
        .refuses("data too short", 400, chunked("6\r\nhello\r\n0\r\n\r\n")),
        .refuses("bare LF behind the size", 400, chunked("5\nhello\r\n0\r\n\r\n")),
        .refuses("bare CR behind the size", 400, chunked("5\rhello\r\n0\r\n\r\n")),
        .refuses("bare LF behind the data", 400, chunked("5\r\nhello\n0\r\n\r\n")),
        .refuses("bare CR behind the data", 400, chunked("5\r\nhello\r0\r\n\r\n")),
        .refuses("extension without a name", 400, chunked("5;\r\nhello\r\n0\r\n\r\n")),
        .refuses("extension without a value", 400, chunked("5;a=\r\nhello\r\n0\r\n\r\n")),
        .refuses("extension with an open quotation", 400, chunked("5;a=\"b\r\nhello\r\n0\r\n\r\n")),
        .refuses("extension with NUL", 400, chunked("5;a=\"\0\"\r\nhello\r\n0\r\n\r\n")),
        .refuses("extension with bare LF", 400, chunked("5;a\nb\r\nhello\r\n0\r\n\r\n")),
        .refuses("extension over the limit", 400, chunked("5;a=" + String(repeating: "b", count: 2_000) + "\r\n")),
        .refuses(
            "extensions over the limit of the body", 400,
            chunked(String(repeating: "1;" + String(repeating: "a", count: 1_000) + "\r\nx\r\n", count: 20))),
        .refuses("trailer without a colon", 400, chunked("0\r\nX\r\n\r\n")),
        .refuses("folded trailer", 400, chunked("0\r\nX: a\r\n b\r\n\r\n")),
        .refuses("blank before the colon of a trailer", 400, chunked("0\r\nX : a\r\n\r\n")),
        .refuses("bare LF in the trailers", 400, chunked("0\r\nX: a\n\r\n")),
        .refuses("trailers over the limit", 431, chunked("0\r\nX: " + String(repeating: "a", count: 33_000))),
        .refuses("too many trailers", 431, chunked("0\r\n" + String(repeating: "X: a\r\n", count: 101))),
        .refuses("end before the last chunk", 400, chunked("5\r\nhello\r\n")).thenEnds(),
    ]
}
