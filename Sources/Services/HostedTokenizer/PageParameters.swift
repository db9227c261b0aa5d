import JSON
import Payments

/// What the address of the page may say (reference §9, 39 parameters). Others are ignored.
package struct PageParameters: Sendable {
    package enum Kind: Sendable {
        case flag
        case integer(ClosedRange<Int>)
        /// Up to three decimals.
        case decimal
        case text(longest: Int)
        case word([String])
        /// Letters and digits only: the name of a member.
        case name(longest: Int)
    }

    package struct Parameter: Sendable {
        package let name: String
        package let kind: Kind
        package let standard: String

        init(_ name: String, _ kind: Kind, _ standard: String) {
            self.name = name
            self.kind = kind
            self.standard = standard
        }
    }

    package static let all: [Parameter] = flags + numbers + texts

    private static let flags = [
        "autofocus", "cardnumbernumericonly", "cvvnumericonly", "enhancedresponse", "fullmobilekeyboard",
        "invalidcreditcardevent", "invalidcvvevent", "invalidexpiryevent", "invalidinputevent", "sendcardtypingevent",
        "sendcssloadedevent", "swipeonly", "tokenizewheninactive", "unique", "usemonthnames", "usecvv", "useexpiry",
        "useexpiryfield", "formatinput", "maskfirsttwo",
    ].map { Parameter($0, .flag, "false") }

    private static let numbers = [
        Parameter("cardinputmaxlength", .integer(1...2000), "2000"),
        Parameter("inactivityto", .integer(0...600_000), "500"),
        Parameter("selectinputdelay", .integer(0...1000), "0"),
        Parameter("swiperate", .decimal, "0.2"),
    ]

    private static let texts = [
        Parameter("orientation", .word(["default", "horizontal", "vertical", "custom"]), "default"),
        Parameter("tokenpropname", .name(longest: 30), "message"),
        Parameter("placeholder", .text(longest: 60), ""),
        Parameter("placeholdercvv", .text(longest: 60), ""),
        Parameter("placeholdermonth", .text(longest: 60), ""),
        Parameter("placeholderyear", .text(longest: 60), ""),
        Parameter(
            "monthnames", .text(longest: 300),
            "January-February-March-April-May-June-July-August-September-October-November-December"),
        Parameter("cardlabel", .text(longest: 200), "Card Number"),
        Parameter("cardtitle", .text(longest: 200), "Credit Card Number"),
        Parameter("cvvlabel", .text(longest: 200), "CVV"),
        Parameter("cvvtitle", .text(longest: 200), "Card Verification Value"),
        Parameter("expirylabel", .text(longest: 200), "Expiration Date"),
        Parameter("expirymonthtitle", .text(longest: 200), "Expiration Month"),
        Parameter("expiryyeartitle", .text(longest: 200), "Expiration Year"),
        Parameter("css", .text(longest: 8000), ""),
    ]

    private let values: [String: String]

    /// A value that a parameter cannot have counts as left out.
    package init(_ pairs: [(name: String, value: String)]) {
        var values: [String: String] = [:]
        for parameter in Self.all {
            guard let sent = pairs.first(where: { $0.name == parameter.name })?.value else { continue }
            if let value = parameter.kind.value(sent) { values[parameter.name] = value }
        }
        self.values = values
    }

    package subscript(name: String) -> String {
        values[name] ?? Self.all.first { $0.name == name }?.standard ?? ""
    }

    package func isOn(_ name: String) -> Bool { self[name] == "true" }

    /// What the script of the page gets: everything but the style sheet.
    var settings: [(String, JSONValue)] {
        Self.all.filter { $0.name != "css" }.map { parameter in
            switch parameter.kind {
            case .flag: (parameter.name, .bool(isOn(parameter.name)))
            case .integer, .decimal: (parameter.name, .number(self[parameter.name]))
            case .text, .word, .name: (parameter.name, .string(self[parameter.name]))
            }
        }
    }
}

extension PageParameters.Kind {
    /// The value as the page uses it; nil when it is none of this kind.
    func value(_ text: String) -> String? {
        switch self {
        case .flag: text.lowercased() == "true" ? "true" : text.lowercased() == "false" ? "false" : nil
        case .integer(let bounds): Int(text).flatMap { bounds.contains($0) ? String($0) : nil }
        case .decimal: Self.isDecimal(text) ? Self.number(text) : nil
        case .text(let longest): String(text.unicodeScalars.prefix(longest))
        case .word(let words): words.first { $0 == text.lowercased() }
        case .name(let longest):
            !text.isEmpty && text.utf8.count <= longest && text.utf8.allSatisfy(Self.isWordByte) ? text : nil
        }
    }

    /// One to four digits, and perhaps a point and one to three more.
    private static func isDecimal(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, (1...4).contains(parts[0].count), parts.count == 1 || (1...3).contains(parts[1].count)
        else { return false }
        return parts.allSatisfy { $0.allSatisfy(Digits.isDigit) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        Digits.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// JSON has no leading zeros.
    private static func number(_ text: String) -> String {
        var rest = Substring(text)
        while rest.utf8.count > 1, rest.hasPrefix("0"), !rest.hasPrefix("0.") { rest.removeFirst() }
        return String(rest)
    }
}
