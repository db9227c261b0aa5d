import HTTP
import Platform
import TLS
import Testing

/// Cases from RFC 9110 and RFC 9112 over live connections.
@Suite struct ConformanceTests {
    private static let shared = Result { try TestServer() }
    private static let secured = Result { try SecuredServer() }

    @Test(arguments: RequestLineRows.all) func requestLine(_ row: ConformanceRow) throws { try run(row) }
    @Test(arguments: FieldRows.all) func fields(_ row: ConformanceRow) throws { try run(row) }
    @Test(arguments: HostRows.all) func host(_ row: ConformanceRow) throws { try run(row) }
    @Test(arguments: LengthRows.all) func contentLength(_ row: ConformanceRow) throws { try run(row) }
    @Test(arguments: CodingRows.all) func transferEncoding(_ row: ConformanceRow) throws { try run(row) }
    @Test(arguments: ChunkRows.all) func chunks(_ row: ConformanceRow) throws { try run(row) }
    @Test(arguments: ConnectionRows.all) func connection(_ row: ConformanceRow) throws { try run(row) }

    /// The same bytes in two sends. `ParserTests` cuts at every byte; here the socket is in between.
    @Test(
        arguments: RequestLineRows.all + FieldRows.all + HostRows.all + LengthRows.all + CodingRows.all + ChunkRows.all)
    func sameWhenCut(_ row: ConformanceRow) throws { try run(row, cut: true) }

    /// Everything once more through TLS: it must not be noticed.
    @Test(
        arguments: RequestLineRows.all + FieldRows.all + HostRows.all + LengthRows.all + CodingRows.all + ChunkRows.all
            + ConnectionRows.all)
    func sameOverTLS(_ row: ConformanceRow) throws { try run(row, on: Self.secured.get().connect()) }

    @Test(
        arguments: RequestLineRows.all + FieldRows.all + HostRows.all + LengthRows.all + CodingRows.all + ChunkRows.all)
    func sameOverTLSWhenCut(_ row: ConformanceRow) throws {
        try run(row, on: Self.secured.get().connect(), cut: true)
    }

    private func run(_ row: ConformanceRow, cut: Bool = false) throws {
        try run(row, on: Self.shared.get().connect(), cut: cut)
    }

    private func run(_ row: ConformanceRow, on connection: RawConnection, cut: Bool = false) throws {
        if cut {
            let middle = row.sent.count / 2
            try connection.send(Array(row.sent[..<middle]))
            try connection.send(Array(row.sent[middle...]))
        } else {
            try connection.send(row.sent)
        }
        if row.endsSending { try connection.endSending() }
        for expected in row.answers {
            let answer = try connection.response(to: HTTPMethod(expected.method))
            #expect(answer.status == expected.status)
            #expect(answer.ending == .complete)
            #expect(answer.headers["date"] != nil)
            guard answer.status == 200 else { continue }
            #expect(expected.method == "GET" && row.answers.count > 1 || answer.headers["x-method"] == expected.method)
            if let target = expected.target { #expect(answer.headers["x-target"] == target) }
            if let host = expected.host { #expect(answer.headers["x-host"] == host) }
            if let value = expected.value { #expect(answer.headers["x-value"] == value) }
            if let body = expected.body { #expect(String(decoding: answer.body, as: UTF8.self) == body) }
        }
        if row.staysOpen {
            try connection.send("GET /probe HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try connection.response()
            #expect(answer.status == 200)
            #expect(answer.headers["x-target"] == "/probe")
        } else {
            #expect(try connection.end() == .closed)
            #expect(connection.unread.isEmpty)
        }
    }
}
