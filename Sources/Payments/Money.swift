/// An amount in the minor units of its currency: cents for USD. Never a binary floating-point number.
package struct Money: Hashable, Sendable {
    package var minorUnits: Int64
    package var currency: Currency

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    /// The same currency with another amount.
    package func with(minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }

    /// With the decimals of the currency, a point and no grouping: `12.95`, `-3.00`, `500` for JPY.
    package var decimalText: String {
        DecimalText.write(minorUnits, decimals: currency.decimals)
    }
}

/// An ISO 4217 currency. A few bytes, because every amount has one.
package struct Currency: Hashable, Sendable {
    /// The letters of the code, the first one lowest, and above them how many digits stand behind the point.
    private let packed: UInt32

    /// - Precondition: `code` has three letters of ASCII, and there are at most 255 decimals.
    package init(code: String, decimals: Int = 2) {
        let letters = Array(code.utf8)
        precondition(
            letters.count == 3 && letters.allSatisfy { $0 < 0x80 } && (0...255).contains(decimals), "three letters")
        packed =
            UInt32(letters[0]) | UInt32(letters[1]) << 8 | UInt32(letters[2]) << 16
            | UInt32(truncatingIfNeeded: decimals) << 24
    }

    /// Three capital letters.
    package var code: String {
        withUnsafeBytes(of: packed.littleEndian) { String(decoding: $0.prefix(3), as: UTF8.self) }
    }

    /// How many digits stand behind the point.
    package var decimals: Int { Int(packed >> 24) }

    package static let usd = Currency(code: "USD")
}

/// Reading and writing of decimal amounts, exactly.
package enum DecimalText {
    /// Why a text is no amount.
    package enum Fault: Error, Hashable, Sendable {
        case empty, notADecimal, tooManyDecimals, tooLarge
    }

    /// Reads `12.34`, `-5`, `.50` or `7.` as minor units. A missing point means whole major units.
    ///
    /// No exponent, no grouping, no plus sign, no blank, no negative zero; at most `decimals` digits behind the point.
    package static func majorUnits(_ text: String, decimals: Int) throws(Fault) -> Int64 {
        try read(text, decimals: decimals, pointlessIsMinor: false)
    }

    /// Reads an amount in which a missing point means minor units: `1000` is 10.00, `10.00` is 10.00.
    package static func impliedMinorUnits(_ text: String, decimals: Int) throws(Fault) -> Int64 {
        try read(text, decimals: decimals, pointlessIsMinor: true)
    }

    private static func read(_ text: String, decimals: Int, pointlessIsMinor: Bool) throws(Fault) -> Int64 {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(Fault) in try read(bytes, decimals: decimals, pointlessIsMinor: pointlessIsMinor) }
        }
        return try result.get()
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, decimals: Int, pointlessIsMinor: Bool
    ) throws(Fault) -> Int64 {
        guard !bytes.isEmpty else { throw .empty }
        var value: Int64 = 0
        var digits = 0
        var behindPoint: Int?
        let isNegative = bytes[0] == UInt8(ascii: "-")
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            if Digits.isDigit(byte) {
                digits += 1
                if let seen = behindPoint {
                    guard seen < decimals else { throw .tooManyDecimals }
                    behindPoint = seen + 1
                }
                value = try shift(value, adding: Int64(byte - UInt8(ascii: "0")))
            } else {
                guard byte == UInt8(ascii: "."), behindPoint == nil else { throw .notADecimal }
                behindPoint = 0
            }
        }
        guard digits > 0 else { throw .notADecimal }
        let missing = behindPoint.map { decimals - $0 } ?? (pointlessIsMinor ? 0 : decimals)
        for _ in 0..<missing { value = try shift(value, adding: 0) }
        guard !(isNegative && value == 0) else { throw .notADecimal }
        return isNegative ? -value : value
    }

    private static func shift(_ value: Int64, adding digit: Int64) throws(Fault) -> Int64 {
        let (tenfold, overflowed) = value.multipliedReportingOverflow(by: 10)
        guard !overflowed else { throw .tooLarge }
        let (sum, carried) = tenfold.addingReportingOverflow(digit)
        guard !carried else { throw .tooLarge }
        return sum
    }

    /// Writes minor units with the given number of decimals.
    package static func write(_ minorUnits: Int64, decimals: Int) -> String {
        var digits = max(1, decimals + 1)
        var bound = minorUnits.magnitude
        for _ in 0..<digits { bound /= 10 }
        while bound > 0 {
            bound /= 10
            digits += 1
        }
        let length = digits + (decimals > 0 ? 1 : 0) + (minorUnits < 0 ? 1 : 0)
        // Exactly as long as it becomes: short texts need no memory of their own then.
        return String(unsafeUninitializedCapacity: length) { bytes in
            var position = length
            var rest = minorUnits.magnitude
            for digit in 0..<digits {
                if digit == decimals, digit > 0 {
                    position -= 1
                    bytes[position] = UInt8(ascii: ".")
                }
                position -= 1
                bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            if minorUnits < 0 { bytes[0] = UInt8(ascii: "-") }
            return length
        }
    }
}
