import JSON
import Payments
import Processor

/// Whether a member has its type, its form, and one of its values.
struct MemberForm {
    let member: ApplicationMember
    let settings: BoardingSettings

    func hasKind(_ value: JSONValue) -> Bool {
        switch member.kind {
        case .object: value.object != nil
        case .array: value.array != nil
        case .boolean: value.boolValue != nil || ["true", "false"].contains(value.text?.lowercased() ?? "")
        case .number, .integer: value.text.map { $0.isEmpty || Self.isNumber($0) } ?? false
        case .string: value.text != nil || value.boolValue != nil
        }
    }

    func isListed(_ text: String) -> Bool {
        switch member.values {
        case nil: true
        case .codes(let codes): codes.contains(text)
        case .list(let name): settings.lookups.contains { $0.list == name && $0.code == text }
        }
    }

    /// What follows "… is invalid."; nil when the text has its form. The two blanks are the service's.
    func complaint(_ text: String) -> String? {
        switch member.form {
        case .any: nil
        case .phone: Self.fits(text, "###-###-####") ? nil : "  Please use XXX-XXX-XXXX format."
        case .date: Self.fits(text, "##/##/####") ? nil : "  Please use MM/DD/YYYY format."
        case .ssn: Self.fits(text, "###-##-####") ? nil : "  Please use XXX-XX-XXXX format."
        case .taxId: Self.fits(text, "#########") ? nil : "  Please use 9 digits."
        case .percent: Int(text).map { (0...100).contains($0) } ?? false ? nil : ""
        case .state, .country: Self.areCapitals(text, count: 2) ? nil : ""
        case .business: Self.isBusinessName(text) ? nil : "  Special characters are limited to & and -."
        case .person: Self.isPersonName(text) ? nil : "  Please use first and last name only."
        }
    }

    /// Digits, perhaps with a sign and a point.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(Digits.isDigit) }
    }

    private static func fits(_ text: String, _ pattern: String) -> Bool {
        text.utf8.count == pattern.utf8.count
            && zip(text.utf8, pattern.utf8).allSatisfy { byte, wanted in
                wanted == UInt8(ascii: "#") ? Digits.isDigit(byte) : byte == wanted
            }
    }

    private static func areCapitals(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func isBusinessName(_ text: String) -> Bool {
        text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "&" || $0 == "-" }
    }

    /// A given and a family name; the latter may have one hyphen or one apostrophe.
    private static func isPersonName(_ text: String) -> Bool {
        let names = text.split(separator: " ")
        guard names.count == 2, let family = names.last else { return false }
        let marks = family.filter { !$0.isLetter }
        return names[0].allSatisfy(\.isLetter) && marks.count <= 1 && marks.allSatisfy { $0 == "-" || $0 == "'" }
    }
}
