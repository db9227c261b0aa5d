import HTTP
import Testing

@Suite struct MultipartTests {
    private static let type = "multipart/form-data; boundary=xYz"
    private static let good =
        "--xYz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
        + "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\nx\r\n--xY\r\n\r\n--xYz--\r\n"

    private static func check(_ parts: [MultipartPart]) {
        #expect(parts.map(\.name) == ["note", "file"])
        #expect(parts.map(\.fileName) == [nil, "a \"b\".csv"])
        #expect(parts.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", "x\r\n--xY\r\n"])
        #expect(parts.last?.headers["content-type"] == "text/csv")
    }

    @Test func wholeForm() throws {
        Self.check(try MultipartReader.read(Array(Self.good.utf8), contentType: Self.type))
        let quoted = "Multipart/Form-Data; charset=utf-8; boundary=\"xYz\""
        Self.check(try MultipartReader.read(Array(Self.good.utf8), contentType: quoted))
    }

    /// However the bytes are cut, they mean the same.
    @Test func everySplit() throws {
        let bytes = Array(Self.good.utf8)
        for place in 0...bytes.count {
            var reader = try MultipartReader(contentType: Self.type)
            try reader.feed(bytes[..<place])
            try reader.feed(bytes[place...])
            Self.check(try reader.finish())
        }
        var reader = try MultipartReader(contentType: Self.type)
        for place in bytes.indices { try reader.feed(bytes[place...place]) }
        Self.check(try reader.finish())
    }

    /// A form that is cut anywhere is no form.
    @Test func everyPrefix() throws {
        let bytes = Array(Self.good.utf8)
        for count in 0..<(bytes.count - 2) {
            #expect(throws: MultipartFault.cutShort, "\(count) bytes") {
                try MultipartReader.read(Array(bytes[..<count]), contentType: Self.type)
            }
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let name: String
        let body: String
        let type: String?
        let fault: MultipartFault

        init(_ name: String, _ body: String, type: String? = MultipartTests.type, _ fault: MultipartFault) {
            self.name = name
            self.body = body
            self.type = type
            self.fault = fault
        }

        var testDescription: String { name }
    }

    private static let head = "Content-Disposition: form-data; name=\"a\"\r\n\r\n"

    @Test(arguments: [
        Bad("no type", good, type: nil, .notMultipart),
        Bad("another type", good, type: "application/json", .notMultipart),
        Bad("no boundary", good, type: "multipart/form-data", .boundary),
        Bad("two boundaries", good, type: "multipart/form-data; boundary=xYz; boundary=xYz", .boundary),
        Bad("a boundary with a line end", good, type: "multipart/form-data; boundary=\"x\nz\"", .boundary),
        Bad(
            "a boundary of 71", good, type: "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
            .boundary),
        Bad("another boundary", "--other\r\n", .preamble),
        Bad("a preamble", "hello\r\n--xYz\r\n", .preamble),
        Bad("something behind a boundary", "--xYz \r\n", .boundaryLine),
        Bad("a bare line feed in the head", "--xYz\r\nContent-Disposition: form-data; name=\"a\"\n\n", .field),
        Bad("a field without colon", "--xYz\r\nhello\r\n\r\n", .field),
        Bad("a folded field", "--xYz\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n", .field),
        Bad("no disposition", "--xYz\r\nContent-Type: text/csv\r\n\r\n", .disposition),
        Bad("no name", "--xYz\r\nContent-Disposition: form-data\r\n\r\n", .disposition),
        Bad("two dispositions", "--xYz\r\n" + head.dropLast(2) + head, .disposition),
        Bad("a quote never closed", "--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", .disposition),
        Bad("an encoded part", "--xYz\r\nContent-Transfer-Encoding: base64\r\n" + head, .encoding),
        Bad("an epilogue", "--xYz\r\n" + head + "1\r\n--xYz--\r\nmore", .epilogue),
    ])
    func badForms(_ row: Bad) {
        #expect(throws: row.fault) { try MultipartReader.read(Array(row.body.utf8), contentType: row.type) }
    }

    @Test func limits() throws {
        var limits = MultipartLimits()
        limits.parts = 1
        limits.headBytes = Self.head.utf8.count
        limits.partBytes = 3
        func read(_ text: String) throws -> [MultipartPart] {
            try MultipartReader.read(Array(text.utf8), contentType: Self.type, limits: limits)
        }
        #expect(try read("--xYz\r\n\(Self.head)123\r\n--xYz--").count == 1)
        #expect(throws: MultipartFault.partTooLong(limit: 3)) { try read("--xYz\r\n\(Self.head)1234\r\n--xYz--") }
        #expect(throws: MultipartFault.headTooLong(limit: limits.headBytes)) {
            try read("--xYz\r\nA: b\r\n\(Self.head)")
        }
        #expect(throws: MultipartFault.headTooLong(limit: limits.headBytes)) {
            try read("--xYz\r\n" + String(repeating: "x", count: 100))
        }
        #expect(throws: MultipartFault.tooManyParts(limit: 1)) {
            try read("--xYz\r\n\(Self.head)1\r\n--xYz\r\n\(Self.head)2\r\n--xYz--")
        }
    }
}
