import JSON
import Payments
import Processor

/// Addresses of requests. Reference §4.3.
enum AddressReading {
    /// The names of the street lines: vault records have shorter ones.
    enum Lines { case payment, vault }

    static func read(_ fields: WireFields?, _ lines: Lines = .payment) throws(CallFault) -> PostalAddress {
        guard let fields else { return PostalAddress() }
        var address = PostalAddress()
        address.firstName = try fields.text("first_name", atMost: 50) ?? ""
        address.lastName = try fields.text("last_name", atMost: 50) ?? ""
        address.company = try fields.text("company", atMost: 100) ?? ""
        address.line1 = try line("address_line_1", "line_1", fields, lines)
        address.line2 = try line("address_line_2", "line_2", fields, lines)
        address.city = try fields.text("city", atMost: 50) ?? ""
        address.state = try fields.text("state", atMost: 50) ?? ""
        address.postalCode = try fields.text("postal_code") ?? ""
        address.country = try fields.text("country") ?? ""
        address.phone = try fields.text("phone") ?? ""
        address.fax = try fields.text("fax") ?? ""
        address.email = try fields.text("email", atMost: 254) ?? ""
        try check(address, fields)
        return address
    }

    private static func line(
        _ name: MemberName, _ short: MemberName, _ fields: WireFields, _ lines: Lines
    ) throws(CallFault) -> String {
        let long = try fields.text(name, atMost: 100)
        switch lines {
        case .payment: return long ?? ""
        case .vault: return try fields.text(short, atMost: 100) ?? long ?? ""
        }
    }

    private static func check(_ address: PostalAddress, _ fields: WireFields) throws(CallFault) {
        if !address.country.isEmpty, !isCountry(address.country) { throw fields.invalid("country") }
        if !isPostalCode(address.postalCode, country: address.country) { throw .invalid("invalid Postal Code") }
        if !address.phone.isEmpty, !isPhone(address.phone) { throw fields.invalid("phone") }
        if !address.fax.isEmpty, !isPhone(address.fax) { throw fields.invalid("fax") }
        if !address.email.isEmpty, !isEmail(address.email) { throw fields.invalid("email") }
    }

    private static func isCountry(_ text: String) -> Bool {
        text.utf8.count == 2
            && text.utf8.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
    }

    /// In the United States five or nine digits, with or without hyphen; elsewhere at most ten letters and digits.
    private static func isPostalCode(_ text: String, country: String) -> Bool {
        guard !text.isEmpty else { return true }
        if country.isEmpty || country.isSameWord("US") {
            let digits = text.filter { $0 != "-" }
            return Digits.areAll(digits) && (digits.utf8.count == 5 || digits.utf8.count == 9)
        }
        return text.utf8.count <= 10
            && text.utf8.allSatisfy { byte in
                Digits.isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                    || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
            }
    }

    static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.filter { Digits.isDigit($0) }.count
        return (1...20).contains(digits)
            && text.utf8.allSatisfy { Digits.isDigit($0) || " -+().".utf8.contains($0) }
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].utf8.contains(UInt8(ascii: "."))
            && parts[1].utf8.first != UInt8(ascii: ".") && parts[1].utf8.last != UInt8(ascii: ".")
            && !text.utf8.contains(UInt8(ascii: " "))
    }
}
