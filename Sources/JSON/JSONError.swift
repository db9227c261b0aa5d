/// Why a document was refused, and where.
///
/// An error holds nothing of the document: it may be logged although documents hold card numbers.
package struct JSONError: Error, Hashable, Sendable {
    /// What the grammar of RFC 8259 wants at the offset.
    package enum Expectation: Hashable, Sendable, CaseIterable {
        case value, endOfDocument
        case memberNameOrEndOfObject, memberName, colon, commaOrEndOfObject
        case valueOrEndOfArray, commaOrEndOfArray
        case literalTrue, literalFalse, literalNull
        case digit, digitAfterPoint, digitInExponent
        case restOfString, escape, hexadecimalDigit
    }

    package enum Reason: Hashable, Sendable {
        /// Nothing, or nothing but blanks.
        case emptyDocument
        /// The bytes EF BB BF come first (RFC 8259 §8.1 forbids to add them).
        case byteOrderMark
        case expected(Expectation)
        /// The document ends where something was still expected.
        case documentEnds(expected: Expectation)
        /// A digit after a leading zero (RFC 8259 §6).
        case leadingZero
        /// A byte below 0x20 that is not escaped (RFC 8259 §7).
        case controlCharacter
        /// Half of a surrogate pair without the other half: no character (RFC 8259 §8.2).
        case loneSurrogate
        /// Bytes that are no UTF-8 of RFC 3629 §4.
        case invalidUTF8
        case duplicateMember
        case tooManyBytes(limit: Int)
        case tooDeep(limit: Int)
        case stringTooLong(limit: Int)
        case tooManyMembers(limit: Int)
        case tooManyElements(limit: Int)
    }

    package var reason: Reason
    /// Bytes before the place where the document goes wrong; the document's length when it ends too early.
    package var offset: Int

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// For example `expected ':' after member name at byte 17`.
    package var description: String {
        switch reason {
        case .documentEnds(let expectation): "expected \(expectation), but the document ends at byte \(offset)"
        case let reason: "\(reason) at byte \(offset)"
        }
    }
}

extension JSONError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .emptyDocument: "expected a value, but the document is empty"
        case .byteOrderMark: "byte order mark before the document"
        case .expected(let expectation): "expected \(expectation)"
        case .documentEnds(let expectation): "expected \(expectation), but the document ends"
        case .leadingZero: "expected no digit after a leading zero"
        case .controlCharacter: "expected control characters in strings to be escaped"
        case .loneSurrogate: "expected both halves of a surrogate pair"
        case .invalidUTF8: "expected valid UTF-8"
        case .duplicateMember: "expected each member name only once"
        case .tooManyBytes(let limit): "expected at most \(limit) bytes"
        case .tooDeep(let limit): "expected at most \(limit) nested arrays and objects"
        case .stringTooLong(let limit): "expected a string or number of at most \(limit) bytes"
        case .tooManyMembers(let limit): "expected at most \(limit) members in an object"
        case .tooManyElements(let limit): "expected at most \(limit) elements in an array"
        }
    }
}

extension JSONError.Expectation: CustomStringConvertible {
    package var description: String {
        switch self {
        case .value: "a value"
        case .endOfDocument: "the end of the document"
        case .memberNameOrEndOfObject: "a member name or '}'"
        case .memberName: "a member name after ','"
        case .colon: "':' after member name"
        case .commaOrEndOfObject: "',' or '}' after member value"
        case .valueOrEndOfArray: "a value or ']'"
        case .commaOrEndOfArray: "',' or ']' after array element"
        case .literalTrue: "'true'"
        case .literalFalse: "'false'"
        case .literalNull: "'null'"
        case .digit: "a digit"
        case .digitAfterPoint: "a digit after '.'"
        case .digitInExponent: "a digit in the exponent"
        case .restOfString: "the rest of a string"
        case .escape: "an escape of RFC 8259 after '\\'"
        case .hexadecimalDigit: "four hexadecimal digits after '\\u'"
        }
    }
}
