import Testing

@Suite struct SwiftTextTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let source: String
        /// Without the blanks.
        let code: String
        let comments: String
    }

    @Test(arguments: [
        Row(testDescription: "line comment", source: "a // b", code: "a", comments: "//b"),
        Row(testDescription: "nested comment", source: "a /* b /* c */ d */ e", code: "ae", comments: "/*b/*c*/d*/"),
        Row(testDescription: "open comment", source: "a /* b", code: "a", comments: "/*b"),
        Row(testDescription: "string", source: "a \"b // c\" d", code: "ad", comments: ""),
        Row(testDescription: "escaped quote", source: #"a "b\"c" d // e"#, code: "ad", comments: "//e"),
        Row(testDescription: "interpolation", source: #"a "b\(c(d) + "e")f" g"#, code: "ac(d)+g", comments: ""),
        Row(testDescription: "raw string", source: ##"a #"b"c\(d)\#(e)"# f"##, code: "aef", comments: ""),
        Row(
            testDescription: "multiline", source: "a \"\"\"\nb \"c\" // d\n\"\"\" e", code: "a\n\ne", comments: "\n\n"),
        Row(testDescription: "open string ends with its line", source: "a \"b\nc", code: "a\nc", comments: "\n"),
        Row(testDescription: "extended regex", source: ##"a #/"//b/# c"##, code: "ac", comments: ""),
        Row(testDescription: "quote in a comment", source: "// it's \"so\na", code: "\na", comments: "//it's\"so\n"),
    ])
    func separatesCodeFromComments(_ row: Row) {
        let text = SwiftText(row.source)
        #expect(text.code.filter { $0 != " " } == row.code)
        #expect(text.comments.filter { $0 != " " } == row.comments)
    }

    @Test func linesKeepTheirNumbers() {
        for file in SourceTree.swiftFiles {
            #expect(lines(of: file.code).count == lines(of: file.text).count, "\(file.path)")
            #expect(lines(of: file.comments).count == lines(of: file.text).count, "\(file.path)")
        }
    }
}
