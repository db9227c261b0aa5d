import Testing

@Suite struct CardNumberTests {
    /// In two parts, because no allow list should know it.
    private static let unlisted = "401288" + "8888881881"

    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let digits: [String]
        var testDescription: String { text }
        init(_ text: String, _ digits: [String]) {
            self.text = text
            self.digits = digits
        }
    }

    @Test(arguments: [
        Row("4111111111111111", ["4111111111111111"]),
        Row("%B4111111111111111^A", ["4111111111111111"]),
        Row("4111 1111 1111 1111", ["4111111111111111"]),
        Row("4111-1111-1111-1111", ["4111111111111111"]),
        Row("4111_1111_1111_1111", ["4111111111111111"]),
        Row("3782" + " 822463" + " 10005", ["3782" + "82246310005"]),
        Row("4111-1111 1111-1111", []),
        Row("4111111111111112", []),
        Row("0000000000000000", []),
        Row("41111111111111114111", []),
        Row("400000000006", []),
        Row("400000000000" + "6", ["400000000000" + "6"]),
        Row("8df2a-4111-1111-1111-1111", []),
        Row("2030-01-02 1000", []),
    ])
    func found(_ row: Row) throws {
        #expect(try CardNumbers.found(in: "x\n\(row.text)\n").map(\.digits) == row.digits)
        #expect(try CardNumbers.found(in: "x\n\(row.text)\n").allSatisfy { $0.line == 2 })
    }

    @Test func sourcesHoldNone() throws {
        let token = "9" + "418594164541111"
        let files = [
            SourceFile(path: "Sources/A/A.swift", text: "// \(token)\n"),
            SourceFile(path: "Tests/ATests/A.swift", text: "\(token)\n"),
        ]
        #expect(try CardNumbers.inSources(files).map(\.description.first) == ["S"])
    }

    @Test func unknownNumbers() throws {
        let file = SourceFile(path: "docs/a.md", text: "ok\n\(Self.unlisted)\n9418594164541111\n")
        #expect(try CardNumbers.unknown(in: [file], allowed: []).map(\.line) == [2])
        #expect(try CardNumbers.unknown(in: [file], allowed: [Self.unlisted]) == [])
    }

    @Test func tablesAllowTheirNumbers() throws {
        let table = SourceFile(path: "scenarios/uat/cards.csv", text: "number\n\(Self.unlisted)\n")
        let other = SourceFile(path: "scenarios/uat/other.csv", text: "number\n4111111111111111\n")
        #expect(try AllowedNumbers.allAllowed(in: [table, other], list: AllowedNumbers("")) == [Self.unlisted])
    }

    @Test func allowList() throws {
        let list = AllowedNumbers("# comment\n\n4111111111111111 reason\n")
        #expect(list.numbers == ["4111111111111111"] && list.findings == [])
        let file = SourceFile(path: "docs/a.md", text: "4111111111111111\n")
        #expect(try list.unused(in: [file]) == [])
        #expect(try list.unused(in: []).count == 1)

        let bad = AllowedNumbers("4111111111111111\n1234 short\n\(Self.unlisted) a\n\(Self.unlisted) b\n")
        #expect(bad.findings.map(\.line) == [1, 2, 4])
    }
}
