import JSON
import Testing

struct MessageRow: CustomTestStringConvertible, Sendable {
    var testDescription: String { message }
    var text: String
    var message: String

    init(_ text: String, _ message: String) {
        self.text = text
        self.message = message
    }
}

@Suite struct ErrorTests {
    @Test(arguments: [
        MessageRow("", "expected a value, but the document is empty at byte 0"),
        MessageRow("\u{FEFF}1", "byte order mark before the document at byte 0"),
        MessageRow(#"{"merchantidentity" 1}"#, "expected ':' after member name at byte 20"),
        MessageRow(#"{"a":1"#, "expected ',' or '}' after member value, but the document ends at byte 6"),
        MessageRow("[1 2]", "expected ',' or ']' after array element at byte 3"),
        MessageRow("[01]", "expected no digit after a leading zero at byte 2"),
        MessageRow(#""\ud800""#, "expected both halves of a surrogate pair at byte 1"),
        MessageRow("\"\t\"", "expected control characters in strings to be escaped at byte 1"),
        MessageRow("{} {}", "expected the end of the document at byte 3"),
        MessageRow(
            String(repeating: "[", count: 65), "expected at most 64 nested arrays and objects at byte 64"),
    ])
    func message(_ row: MessageRow) throws {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: row.text) }
        #expect(error?.description == row.message)
    }

    /// Nothing of a document comes back in an error, however it is printed.
    @Test func errorsKeepNothingOfTheDocument() throws {
        let document = Array(#"{"qxzwv":"QXZWV9384756102","wvqz":[{"zqx":8347561029}]}"#.utf8)
        var refused = 0
        for place in document.indices {
            for byte in [0x00, 0x22, 0x2C, 0x5C, 0xFF] as [UInt8] {
                var changed = document
                changed[place] = byte
                do throws(JSONError) {
                    _ = try JSONValue(parsing: changed)
                } catch {
                    refused += 1
                    var dumped = ""
                    dump(error, to: &dumped)
                    for text in ["\(error)", String(reflecting: error), dumped] {
                        for secret in ["qxz", "QXZ", "wvq", "zqx", "938", "475", "834"] {
                            #expect(!text.contains(secret))
                        }
                    }
                }
            }
        }
        #expect(refused > document.count)
    }

    @Test func everyExpectationHasItsWords() {
        let words = JSONError.Expectation.allCases.map(\.description)
        #expect(Set(words).count == words.count)
        #expect(words.allSatisfy { !$0.isEmpty })
    }
}
