import JSON
import Testing

/// A document that must be refused, with the reason and the place.
struct RefusedRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var error: JSONError

    init(_ name: String, _ text: String, _ reason: JSONError.Reason, at offset: Int) {
        self.init(name, bytes: Array(text.utf8), reason, at: offset)
    }

    init(_ name: String, bytes: [UInt8], _ reason: JSONError.Reason, at offset: Int) {
        testDescription = name
        self.bytes = bytes
        error = JSONError(reason, at: offset)
    }

    /// A string with these bytes between its quotes, of which the first that is wrong is at `offset`.
    init(_ name: String, inString inside: [UInt8], _ reason: JSONError.Reason, at offset: Int) {
        self.init(name, bytes: [0x22] + inside + [0x22], reason, at: offset)
    }
}

@Suite struct RefusedTests {
    static let documents: [RefusedRow] = [  // RFC 8259 §2, §3, §8.1
        .init("empty", "", .emptyDocument, at: 0),
        .init("blanks only", " \r\n\t", .emptyDocument, at: 4),
        .init("byte order mark", "\u{FEFF}{}", .byteOrderMark, at: 0),
        .init("byte order mark alone", "\u{FEFF}", .byteOrderMark, at: 0),
        .init("byte order mark after a blank", " \u{FEFF}{}", .expected(.value), at: 1),
        .init("half a byte order mark", bytes: [0xEF, 0xBB], .expected(.value), at: 0),
        .init("UTF-16", bytes: [0xFF, 0xFE, 0x7B, 0x00], .expected(.value), at: 0),
        .init("UTF-16 without a mark", bytes: [0x7B, 0x00, 0x7D, 0x00], .expected(.memberNameOrEndOfObject), at: 1),
        .init("NUL", "\0", .expected(.value), at: 0),
        .init("NUL after the document", "{}\0", .expected(.endOfDocument), at: 2),
        .init("second document", "{}{}", .expected(.endOfDocument), at: 2),
        .init("second document after a line feed", "1\n2", .expected(.endOfDocument), at: 2),
        .init("comma after the document", "1,", .expected(.endOfDocument), at: 1),
        .init("closing brace alone", "}", .expected(.value), at: 0),
        .init("closing bracket alone", "]", .expected(.value), at: 0),
        .init("closing bracket too many", "[]]", .expected(.endOfDocument), at: 2),
        .init("colon alone", ":", .expected(.value), at: 0),
        .init("form feed as a blank", "[\u{C}]", .expected(.valueOrEndOfArray), at: 1),
        .init("vertical tab as a blank", "\u{B}1", .expected(.value), at: 0),
        .init("no-break space as a blank", "\u{A0}1", .expected(.value), at: 0),
        .init("comment", "/* */ 1", .expected(.value), at: 0),
        .init("comment to the end of the line", "1 // one", .expected(.endOfDocument), at: 2),
        .init("YAML", "amount: 1", .expected(.value), at: 0),
        .init("form", "amount=1", .expected(.value), at: 0),
        .init("XML", "<a/>", .expected(.value), at: 0),
    ]

    static let literals: [RefusedRow] = [
        .init("True", "True", .expected(.value), at: 0),
        .init("TRUE", "TRUE", .expected(.value), at: 0),
        .init("tru", "tru", .documentEnds(expected: .literalTrue), at: 3),
        .init("trua", "trua", .expected(.literalTrue), at: 3),
        .init("true and more", "truefalse", .expected(.endOfDocument), at: 4),
        .init("fals", "[fals]", .expected(.literalFalse), at: 5),
        .init("nul", "nul", .documentEnds(expected: .literalNull), at: 3),
        .init("nil", "nil", .expected(.literalNull), at: 1),
        .init("undefined", "undefined", .expected(.value), at: 0),
        .init("NaN", "NaN", .expected(.value), at: 0),
        .init("Infinity", "Infinity", .expected(.value), at: 0),
    ]

    static let numbers: [RefusedRow] = [  // RFC 8259 §6
        .init("plus", "+1", .expected(.value), at: 0),
        .init("minus alone", "-", .documentEnds(expected: .digit), at: 1),
        .init("two minuses", "--1", .expected(.digit), at: 1),
        .init("minus and a letter", "-a", .expected(.digit), at: 1),
        .init("negative infinity", "-Infinity", .expected(.digit), at: 1),
        .init("leading zero", "01", .leadingZero, at: 1),
        .init("two zeros", "00", .leadingZero, at: 1),
        .init("negative leading zero", "[-012]", .leadingZero, at: 3),
        .init("nothing before the point", ".5", .expected(.value), at: 0),
        .init("minus before the point", "-.5", .expected(.digit), at: 1),
        .init("nothing after the point", "1.", .documentEnds(expected: .digitAfterPoint), at: 2),
        .init("bracket after the point", "[1.]", .expected(.digitAfterPoint), at: 3),
        .init("exponent after the point", "1.e5", .expected(.digitAfterPoint), at: 2),
        .init("two points", "1.2.3", .expected(.endOfDocument), at: 3),
        .init("empty exponent", "1e", .documentEnds(expected: .digitInExponent), at: 2),
        .init("sign without exponent", "1e+", .documentEnds(expected: .digitInExponent), at: 3),
        .init("letter in the exponent", "1eE2", .expected(.digitInExponent), at: 2),
        .init("fraction in the exponent", "1e2.5", .expected(.endOfDocument), at: 3),
        .init("hexadecimal", "0x10", .expected(.endOfDocument), at: 1),
        .init("group separator", "[1_000]", .expected(.commaOrEndOfArray), at: 2),
        .init("currency", "$1", .expected(.value), at: 0),
        .init("blank after minus", "- 1", .expected(.digit), at: 1),
        .init("digits beyond ASCII", "١", .expected(.value), at: 0),
    ]

    static let strings: [RefusedRow] = [  // RFC 8259 §7
        .init("no closing quote", #""abc"#, .documentEnds(expected: .restOfString), at: 4),
        .init("quote alone", "\"", .documentEnds(expected: .restOfString), at: 1),
        .init("closing quote escaped", #""abc\""#, .documentEnds(expected: .restOfString), at: 6),
        .init("single quotes", "'abc'", .expected(.value), at: 0),
        .init("unquoted", "abc", .expected(.value), at: 0),
        .init("line feed", "\"a\nb\"", .controlCharacter, at: 2),
        .init("tab", "\"a\tb\"", .controlCharacter, at: 2),
        .init("NUL in a string", "\"\0\"", .controlCharacter, at: 1),
        .init("unit separator", "\"12345678\u{1F}\"", .controlCharacter, at: 9),
        .init("unknown escape", #""\a""#, .expected(.escape), at: 2),
        .init("escape in upper case", #""\N""#, .expected(.escape), at: 2),
        .init("escape of C", #""\x41""#, .expected(.escape), at: 2),
        .init("escaped apostrophe", #""\'""#, .expected(.escape), at: 2),
        .init("escaped line feed", "\"\\\n\"", .expected(.escape), at: 2),
        .init("escape of two characters", #""\é""#, .expected(.escape), at: 2),
        .init("backslash at the end", "\"\\", .documentEnds(expected: .escape), at: 2),
        .init("three digits", #""\u004""#, .expected(.hexadecimalDigit), at: 6),
        .init("no digit", #""\u""#, .expected(.hexadecimalDigit), at: 3),
        .init("letter beyond f", #""\u00g0""#, .expected(.hexadecimalDigit), at: 5),
        .init("sign among the digits", #""\u+041""#, .expected(.hexadecimalDigit), at: 3),
        .init("braces", #""\u{41}""#, .expected(.hexadecimalDigit), at: 3),
        .init("upper-case U", #""\U0041""#, .expected(.escape), at: 2),
        .init("digits end with the document", "\"\\u00", .documentEnds(expected: .hexadecimalDigit), at: 5),
        .init("high surrogate alone", #""\uD800""#, .loneSurrogate, at: 1),
        .init("low surrogate alone", #""\uDC00""#, .loneSurrogate, at: 1),
        .init("high surrogate and a letter", #""ab\uD83Dx""#, .loneSurrogate, at: 3),
        .init("high surrogate and another escape", #""\uD83D\n""#, .loneSurrogate, at: 1),
        .init("two high surrogates", #""\uD83D\uD83D""#, .loneSurrogate, at: 1),
        .init("high surrogate and a character", #""\uDBFF\u0041""#, .loneSurrogate, at: 1),
        .init("high surrogate and just below the low ones", #""\uD83D\uDBFF""#, .loneSurrogate, at: 1),
        .init("high surrogate and just above the low ones", #""\uD83D\uE000""#, .loneSurrogate, at: 1),
        .init("surrogates in the wrong order", #""\uDE00\uD83D""#, .loneSurrogate, at: 1),
        .init("second of two pairs incomplete", #""\uD83D\uDE00\uD83D""#, .loneSurrogate, at: 13),
    ]

    static let utf8: [RefusedRow] = [  // RFC 3629 §3, §4
        .init("continuation alone", inString: [0x80], .invalidUTF8, at: 1),
        .init("last continuation alone", inString: [0x61, 0xBF], .invalidUTF8, at: 2),
        .init("Latin-1", inString: [0x61, 0xE9, 0x62, 0x63], .invalidUTF8, at: 2),
        .init("overlong NUL", inString: [0xC0, 0x80], .invalidUTF8, at: 1),
        .init("overlong slash in two bytes", inString: [0xC0, 0xAF], .invalidUTF8, at: 1),
        .init("highest overlong form in two bytes", inString: [0xC1, 0xBF], .invalidUTF8, at: 1),
        .init("overlong slash in three bytes", inString: [0xE0, 0x80, 0xAF], .invalidUTF8, at: 1),
        .init("highest overlong form in three bytes", inString: [0xE0, 0x9F, 0xBF], .invalidUTF8, at: 1),
        .init("overlong slash in four bytes", inString: [0xF0, 0x80, 0x80, 0xAF], .invalidUTF8, at: 1),
        .init("highest overlong form in four bytes", inString: [0xF0, 0x8F, 0xBF, 0xBF], .invalidUTF8, at: 1),
        .init("lowest surrogate", inString: [0xED, 0xA0, 0x80], .invalidUTF8, at: 1),
        .init("highest surrogate", inString: [0xED, 0xBF, 0xBF], .invalidUTF8, at: 1),
        .init(
            "surrogate pair as two characters", inString: [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], .invalidUTF8, at: 1),
        .init("above U+10FFFF", inString: [0xF4, 0x90, 0x80, 0x80], .invalidUTF8, at: 1),
        .init("five bytes", inString: [0xF8, 0x88, 0x80, 0x80, 0x80], .invalidUTF8, at: 1),
        .init("F5", inString: [0xF5, 0x80, 0x80, 0x80], .invalidUTF8, at: 1),
        .init("FE", inString: [0xFE], .invalidUTF8, at: 1),
        .init("FF", inString: [0xFF], .invalidUTF8, at: 1),
        .init("one of two bytes", inString: [0x61, 0xC3], .invalidUTF8, at: 2),
        .init("two of three bytes", inString: [0xE2, 0x82], .invalidUTF8, at: 1),
        .init("three of four bytes", inString: [0xF0, 0x9F, 0x98], .invalidUTF8, at: 1),
        .init("letter instead of the third byte", inString: [0xE2, 0x82, 0x61, 0x61], .invalidUTF8, at: 1),
        .init("letter instead of the fourth byte", inString: [0xF0, 0x9F, 0x98, 0x61], .invalidUTF8, at: 1),
        .init("after eight good bytes", inString: Array("12345678".utf8) + [0xFF], .invalidUTF8, at: 9),
        .init("after a good character", inString: Array("é".utf8) + [0xC3], .invalidUTF8, at: 3),
        .init("after an escape", inString: Array(#"\n"#.utf8) + [0xC0], .invalidUTF8, at: 3),
        .init(
            "cut off by the end of the document", bytes: [0x22, 0xE2, 0x82],
            .documentEnds(expected: .restOfString), at: 3),
        .init("in a name", bytes: Array("{\"a".utf8) + [0xFF], .invalidUTF8, at: 3),
        .init("outside a string", bytes: Array("[1".utf8) + [0xC3, 0xA9], .expected(.commaOrEndOfArray), at: 2),
    ]

    static let containers: [RefusedRow] = [  // RFC 8259 §4, §5
        .init("array not closed", "[", .documentEnds(expected: .valueOrEndOfArray), at: 1),
        .init("array not closed after an element", "[1", .documentEnds(expected: .commaOrEndOfArray), at: 2),
        .init("array not closed after a comma", "[1,", .documentEnds(expected: .value), at: 3),
        .init("comma before the end of an array", "[1,]", .expected(.value), at: 3),
        .init("comma first in an array", "[,1]", .expected(.valueOrEndOfArray), at: 1),
        .init("two commas in an array", "[1,,2]", .expected(.value), at: 3),
        .init("no comma in an array", "[1 2]", .expected(.commaOrEndOfArray), at: 3),
        .init("colon in an array", #"["a":1]"#, .expected(.commaOrEndOfArray), at: 4),
        .init("array closed by a brace", "[1}", .expected(.commaOrEndOfArray), at: 2),
        .init("object not closed", "{", .documentEnds(expected: .memberNameOrEndOfObject), at: 1),
        .init("object not closed after a name", #"{"a""#, .documentEnds(expected: .colon), at: 4),
        .init("object not closed after a colon", #"{"a":"#, .documentEnds(expected: .value), at: 5),
        .init("object not closed after a value", #"{"a":1"#, .documentEnds(expected: .commaOrEndOfObject), at: 6),
        .init("object not closed after a comma", #"{"a":1,"#, .documentEnds(expected: .memberName), at: 7),
        .init("comma before the end of an object", #"{"a":1,}"#, .expected(.memberName), at: 7),
        .init("comma first in an object", #"{,"a":1}"#, .expected(.memberNameOrEndOfObject), at: 1),
        .init("two commas in an object", #"{"a":1,,"b":2}"#, .expected(.memberName), at: 7),
        .init("no comma in an object", #"{"a":1 "b":2}"#, .expected(.commaOrEndOfObject), at: 7),
        .init("no colon", #"{"a" 1}"#, .expected(.colon), at: 5),
        .init("equals sign for a colon", #"{"merchant" = "1"}"#, .expected(.colon), at: 12),
        .init("two colons", #"{"a"::1}"#, .expected(.value), at: 5),
        .init("no value", #"{"a":}"#, .expected(.value), at: 5),
        .init("no value and a comma", #"{"a":,"b":1}"#, .expected(.value), at: 5),
        .init("no name", "{:1}", .expected(.memberNameOrEndOfObject), at: 1),
        .init("name without quotes", "{a:1}", .expected(.memberNameOrEndOfObject), at: 1),
        .init("second name without quotes", #"{"a":1,b:2}"#, .expected(.memberName), at: 7),
        .init("number as a name", "{1:1}", .expected(.memberNameOrEndOfObject), at: 1),
        .init("name in single quotes", "{'a':1}", .expected(.memberNameOrEndOfObject), at: 1),
        .init("set", #"{"a"}"#, .expected(.colon), at: 4),
        .init("object closed by a bracket", #"{"a":1]"#, .expected(.commaOrEndOfObject), at: 6),
        .init("error deep inside", #"{"a":[{"b":[1,{"c":tru}]}]}"#, .expected(.literalTrue), at: 22),
    ]

    @Test(arguments: documents + literals + numbers + strings + utf8 + containers)
    func isRefused(_ row: RefusedRow) {
        #expect(throws: row.error) { try JSONValue(parsing: row.bytes) }
        #expect(throws: row.error) { try JSONValue(parsing: row.bytes.span) }
    }

    /// The same error when the buffer goes on after the document, which must not be looked at.
    @Test(arguments: documents + literals + numbers + strings + utf8 + containers)
    func isRefusedInALargerBuffer(_ row: RefusedRow) {
        for padding in ["\"", "0", "e", "\u{AF}"] {
            let larger = row.bytes + Array(padding.utf8)
            #expect(throws: row.error) { try JSONValue(parsing: larger[..<row.bytes.count]) }
        }
    }

    @Test func namesAreUnique() {
        let rows = AcceptedTests.scalars + AcceptedTests.numbers + AcceptedTests.strings + AcceptedTests.containers
        let refused =
            RefusedTests.documents + RefusedTests.literals + RefusedTests.numbers + RefusedTests.strings
            + RefusedTests.utf8 + RefusedTests.containers
        #expect(Set(rows.map(\.testDescription)).count == rows.count)
        #expect(Set(refused.map(\.testDescription)).count == refused.count)
        #expect(rows.count + refused.count >= 120)
    }
}
