import Emulator
import HTTP
import JSON
import Processor
import ServiceKit
import TestSupport
import Testing

/// A file of ten thousand payments: every row is looked at, the good ones are paid, whatever stands between them.
@Suite struct FileBatchTests {
    private static let header = ["transaction_type", "cc_number", "cc_expiration", "amount", "order_id"]

    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        var lineEnd = "\n"
        var mark = ""
        var quotes = true
        var rows = 1_000

        var testDescription: String { name }

        /// Every 100th row is bad.
        var file: String {
            func line(_ cells: [String]) -> String {
                (quotes ? cells.map { "\"\($0)\"" } : cells).joined(separator: ",") + lineEnd
            }
            var text = mark + line(header)
            for number in 1...rows {
                let card = number % 100 == 0 ? "4111111111111112" : "4111111111111111"
                text += line(["sale", card, "12/35", "\(100 + number % 7)", "o-\(number)"])
            }
            return text
        }
    }

    private static let authorization: HTTPFields = ["Authorization": "api_Understudy00000000000000000"]

    private func upload(_ text: String, to session: Session) throws -> Session.Answer {
        let body =
            "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"many.csv\"\r\n\r\n"
            + "\(text)\r\n--limit--\r\n"
        var headers = Self.authorization
        headers.append("Content-Type", "multipart/form-data; boundary=limit")
        return try session.send(.post, "/api/filebatch", body: Array(body.utf8), headers: headers)
    }

    @Test(arguments: [
        Form(name: "ten thousand, quoted, LF", rows: 10_000),
        Form(name: "quoted, CRLF and byte order mark", lineEnd: "\r\n", mark: "\u{FEFF}"),
        Form(name: "without quotes", quotes: false),
    ])
    func manyRows(_ form: Form) throws {
        let session = try Session()
        let uploaded = try upload(form.file, to: session)
        let id = try #require(uploaded.json["data"]?["id"]?.text)
        #expect(uploaded.json["data"]?["num_lines"]?.integer == form.rows)
        let steps = form.rows / 500
        for step in 0...steps {
            let state = try session.send(.get, "/api/filebatch/\(id)", headers: Self.authorization)
            #expect(state.json["data"]?["processed_lines"]?.integer == step * 500)
            #expect(
                state.json["data"]?["status"]?.text == ["queued", "completed"][step / steps]
                    || (1..<steps).contains(step))
            try session.advance(by: .seconds(5))
        }
        let results = try session.send(.get, "/api/filebatch/\(id)/download", headers: Self.authorization).raw.text
        let lines = results.split(separator: "\n").dropFirst()
        #expect(lines.count == form.rows)
        for (number, line) in zip(1..., lines) {
            if number % 100 == 0 {
                #expect(line.hasSuffix("\"row \(number): invalid card number\""), "row \(number)")
            } else {
                #expect(line.contains("\"approved\",\"100\",\"\(100 + number % 7)\",\"o-\(number)\""), "row \(number)")
            }
        }
        let found = try session.send(
            .post, "/api/transaction/search",
            json: ["transaction_source": ["operator": "=", "value": "batch"], "limit": 1], headers: Self.authorization)
        #expect(found.json["total_count"]?.integer == form.rows - form.rows / 100)
    }

    /// What the journal keeps of a file has no card number in it.
    @Test func nothingOfACardIsKept() throws {
        let session = try Session()
        _ = try upload(
            "transaction_type,cc_number,cc_expiration,cc_cvc,amount\nsale,4111111111111111,12/35,9137,100\n",
            to: session)
        try session.advance(by: .seconds(5))
        let world = session.emulator.worlds.main.snapshot
        for sequence in 1...world.lastSequence {
            let words = String(describing: world.journal.entry(sequence))
            #expect(!words.contains("4111111111111111"))
            #expect(!words.contains("9137"))
        }
    }

    @Test func partsOfAForm() throws {
        let session = try Session(
            "understudy: scenario/1\nname: small\nextends: uat-plain\nlimits: { requestParts: 2, requestPartHeadBytes: 100 }\n"
        )
        func send(parts: Int, headBytes: Int) throws -> Session.Answer {
            let name = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nX: "
            let head = name + String(repeating: "x", count: headBytes - name.utf8.count - 4)
            let others = (1..<parts).map { "--limit\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\nx\r\n" }
            let body = others.joined() + "--limit\r\n\(head)\r\n\r\ntransaction_type,amount\nsale,1\n\r\n--limit--\r\n"
            var headers = Self.authorization
            headers.append("Content-Type", "multipart/form-data; boundary=limit")
            return try session.send(.post, "/api/filebatch", body: Array(body.utf8), headers: headers)
        }
        #expect(try send(parts: 2, headBytes: 100).status == 200)
        #expect(try send(parts: 3, headBytes: 100)["msg"] == "bad request error: the form has more than 2 parts")
        let refused = try send(parts: 2, headBytes: 101)
        #expect(refused["msg"] == "bad request error: the fields of a part have more than 100 bytes")
    }

    @Test func uploadsThatFindNoRoomAreRefused() throws {
        let session = try Session(
            "understudy: scenario/1\nname: small\nextends: uat-plain\nlimits: { uploadedRows: 5 }\n")
        let two = "transaction_type,amount\nsale,1\nsale,2\n"
        #expect(try upload(two, to: session).status == 200)
        let refused = try upload(two, to: session)
        #expect(refused.status == 400)
        #expect(refused["msg"] == "bad request error: too many rows are waiting: upload the file again later")
        try session.advance(by: .seconds(5))
        #expect(try upload(two, to: session).status == 200, "what is done makes room")
    }
}
