extension JSONReader {
    /// Reads a number as its literal (RFC 8259 §6); the next byte is `-` or a digit.
    mutating func readNumber() throws(JSONError) -> String {
        let start = position
        try skipNumber()
        return try makeString(slice(start, position), isASCII: true, at: start)
    }

    /// Skips `[-] int [frac] [exp]`.
    mutating func skipNumber() throws(JSONError) {
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") {
            position += 1
            guard !isDigit else { throw JSONError(.leadingZero, at: position) }
        } else {
            try skipDigits(orElse: .digit)
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            try skipDigits(orElse: .digitAfterPoint)
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try skipDigits(orElse: .digitInExponent)
        }
    }

    private var isDigit: Bool { peek &- UInt8(ascii: "0") < 10 }

    /// Skips one digit or more.
    private mutating func skipDigits(orElse expectation: JSONError.Expectation) throws(JSONError) {
        guard isDigit else { throw failure(expectation) }
        repeat { position += 1 } while isDigit
    }
}
