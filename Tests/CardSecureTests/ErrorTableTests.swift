import Emulator
import Foundation
import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import TestSupport
import Testing

/// Every row of the table of errors (reference §5): its text, and that a client can get it.
@Suite("Errors of the tokenizer")
struct ErrorTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: Int
        let text: String
        let legacyText: String?
        var testDescription: String { "\(code) \(text)" }
    }

    private static let everyError = """
        understudy: scenario/1
        name: every-error
        extends: uat-plain
        include: [uat/cardsecure-triggers]
        """

    private static var errors: TokenizerErrors {
        get throws { try Session("uat-plain").behavior.tokenizerErrors }
    }

    /// The project's own table.
    static let rows: [Row] = {
        do {
            let errors = try errors
            return errors.codes.compactMap { errors[$0] }.map {
                Row(code: $0.code, text: $0.text, legacyText: $0.legacyText)
            }
        } catch {
            return []
        }
    }()

    @Test func size() { #expect(Self.rows.count == 50 && Self.rows.first?.code == 0) }

    @Test(arguments: rows.filter { $0.code != 0 })
    func byTrigger(_ row: Row) throws {
        let tokenizer = try Tokenizer(.inline(Self.everyError))
        let source = JSONValue.string("error-\(row.code)")
        for (path, body) in [
            (Tokenizer.path, ["account": .string(Tokenizer.visa), "source": source] as JSONValue),
            ("/cardsecure/api/v1/echo", ["message": "x", "source": source]),
            ("/cardsecure/api/v1/ccn/detokenize", ["site": "fts", "token": "9418594164541111", "source": source]),
        ] {
            let answer = try tokenizer.session.send(.post, path, json: body)
            #expect(answer.raw.text == #"{"message":"\#(row.text)","errorcode":\#(row.code)}"#, "\(path)")
            #expect(answer.status == tokenizer.session.behavior.tokenizerErrors[row.code]?.status)
        }
        let legacy = try tokenizer.session.send(
            .get, "/cardsecure/cs?action=CE&type=json&data=\(Tokenizer.visa)&source=error-\(row.code)")
        let code = String(String(10_000 + row.code).dropFirst())
        #expect(
            legacy.raw.text
                == #"processToken( { "action" : "ER", "data" : "\#(code)::\#(row.legacyText ?? row.text)" } )"#)
        #expect(legacy.status == 200)
        #expect(try tokenizer.token(Tokenizer.visa) == "9418594164541111", "the next request is an ordinary one")
    }

    /// A prescribed error lets nothing happen, unless the rule says otherwise.
    @Test func strikes() throws {
        let rule = "rules: [{ when: { operation: tokenization, attempt: 1 }, then: { tokenizerError: 43"
        let head = "understudy: scenario/1\nname: x\nextends: uat-plain\n"
        for (strikes, isKept) in [("", false), (", strikes: afterProcessing", true)] {
            let tokenizer = try Tokenizer(.inline("\(head)\(rule)\(strikes) } }]\n"))
            let answer = try tokenizer.post(["account": "5454545454545454", "expiry": "1231"])
            #expect(answer["errorcode"] == "43" && answer["token"] == nil)
            let vault = tokenizer.session.emulator.worlds.main.snapshot.books.vault
            #expect((vault.count == 1) == isKept)
        }
    }

    /// Each fault that code can find has a code in the shipped scenario, and the code is in the table.
    @Test(arguments: TokenizerFault.allCases)
    func fault(_ fault: TokenizerFault) throws {
        let errors = try Self.errors
        let code = try #require(errors.faults[fault]).code
        #expect(errors[code] != nil && errors.row(for: .fault(fault)).code == code)
    }

    /// Against the table of the reference, where it lies beside the project.
    @Test func reference() throws {
        guard let table = ReferenceTable("cardsecure-errors.csv") else { return }
        let errors = try Self.errors
        #expect(table.rows.count == errors.codes.count)
        for row in table.rows {
            let code = try #require(row["errorcode"].flatMap { Int($0) })
            #expect(errors[code]?.text == row["doc_text"], "\(code)")
            #expect(errors[code]?.legacyText ?? "" == row["live_text_seen"], "\(code)")
            #expect(String(String(10_000 + code).dropFirst()) == row["wire_code4"])
        }
    }
}

/// A table of the reference: facts collected independently of the scenarios. Not part of the project, so that it may be
/// missing.
struct ReferenceTable {
    let rows: [[String: String]]

    init?(_ name: String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "../shared/reference/tables/\(name)")
        guard FileManager.default.fileExists(atPath: file.path()),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return nil }
        var lines = text.split(whereSeparator: \.isNewline).map { Self.cells(String($0)) }
        let header = lines.removeFirst()
        rows = lines.map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// Cells of one line; the tables have no line breaks inside of cells.
    private static func cells(_ line: String) -> [String] {
        var cells: [String] = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
