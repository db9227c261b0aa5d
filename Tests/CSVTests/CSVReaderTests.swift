import CSV
import Testing

@Suite struct CSVReaderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        /// Cells of the rows that can be used.
        let rows: [[String]]
        /// Line, column and reason of what cannot.
        let faults: [String]

        init(_ name: String, _ text: String, _ rows: [[String]], _ faults: [String] = []) {
            self.name = name
            self.text = text
            self.rows = rows
            self.faults = faults
        }

        var testDescription: String { name }
    }

    private func read(_ text: String, _ change: (inout CSVRules) -> Void = { _ in }) -> CSVTable {
        var rules = CSVRules(bytes: 1000, rows: 4, columns: 3, faults: 10)
        rules.goesOnAfterBadRows = true
        change(&rules)
        return CSVReader.read(Array(text.utf8), rules)
    }

    private func rows(_ table: CSVTable) -> [[String]] {
        table.rows.filter { $0.fault == nil }.map { row in table.cells(of: row).map { table.text($0) } }
    }

    private func faults(_ table: CSVTable) -> [String] {
        table.faults.map { "\($0.line):\($0.column) \($0.reason)" }
    }

    @Test(arguments: [
        Row("plain", "a,b\n1,2\n", [["1", "2"]]),
        Row("quoted", "\"a\",\"b\"\n\"1\",\"2, and 3\"\n", [["1", "2, and 3"]]),
        Row("doubled quotes", "a,b\n\"say \"\"hi\"\"\",2\n", [["say \"hi\"", "2"]]),
        Row("byte order mark and CRLF", "\u{FEFF}a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
        Row("blank lines", "a,b\n\n1,2\n\n", [["1", "2"]]),
        Row("empty cells", "a,b\n,\n", [["", ""]]),
        Row("too few cells", "a,b\n1\n2,3\n", [["2", "3"]], ["2:1 1 cells where the header has 2"]),
        Row("too many cells", "a,b\n1,2,3\n2,3\n", [["2", "3"]], ["2:1 3 cells where the header has 2"]),
        Row(
            "a quote inside", "a,b\n1,x\"y\n2,3\n", [["2", "3"]],
            ["2:4 a quote inside a cell that does not start with one"]),
        Row("text behind a quote", "a,b\n\"1\"x,2\n2,3\n", [["2", "3"]], ["2:4 text after the closing quote"]),
        Row("never closed", "a,b\n1,\"2\n2,3\n", [["2", "3"]], ["2:3 this quote is never closed"]),
    ])
    func rowsAndFaults(_ row: Row) {
        let table = read(row.text)
        #expect(rows(table) == row.rows)
        #expect(faults(table) == row.faults)
        #expect(!table.isCutShort)
        #expect(table.rows.count == row.rows.count + row.faults.count, "bad rows keep their place")
    }

    @Test(arguments: [
        Row("bytes", String(repeating: "x", count: 1001), [], ["1:1 the table has more than 1000 bytes"]),
        Row("rows", "a\n1\n2\n3\n4\n5\n", [["1"], ["2"], ["3"], ["4"]], ["6:1 more than 4 rows"]),
        Row("columns", "a,b,c,d\n", [], ["1:1 more than 3 columns"]),
        Row("a bad header", "a,\"b\nc\n", [], ["1:3 this quote is never closed"]),
    ])
    func limits(_ row: Row) {
        let table = read(row.text)
        #expect(rows(table) == row.rows)
        #expect(faults(table) == row.faults)
        #expect(table.isCutShort)
    }

    @Test func textThatIsNoUTF8() {
        let table = CSVReader.read(
            Array("a\r\nü".utf8) + [0xFF], CSVRules(bytes: 100, rows: 4, columns: 3, faults: 10))
        #expect(faults(table) == ["2:2 no UTF-8 text"])
        #expect(table.isCutShort)
    }

    /// Tables of scenarios: comments before the header, line breaks within quotes, and an end at the first bad row.
    @Test func theOtherRules() {
        let table = read("# about\na,b\n\"1\n2\",3\n4,\"5\n6,7\n") {
            $0.allowsComments = true
            $0.goesOnAfterBadRows = false
        }
        #expect(rows(table) == [["1\n2", "3"]])
        #expect(faults(table) == ["5:3 this quote is never closed"])
        #expect(table.isCutShort)
    }
}
