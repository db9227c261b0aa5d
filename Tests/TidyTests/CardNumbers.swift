/// Numbers that could be a card's: 13 to 19 digits that pass the Luhn check, plain or grouped as printed on a card.
///
/// A number that begins with 0 is none: no issuer has that range, and padding looks like it.
enum CardNumbers {
    private static let plain = #"(?<!\d)([1-9]\d{12,18})(?!\d)"#
    private static let grouped =
        #"(?<![\w-])([1-9]\d{3}([ _-])(?:\d{4}\2\d{4}\2\d{1,4}(?:\2\d{1,3})?|\d{6}\2\d{4,5}))(?![\w-])"#

    static func found(in text: String) throws -> [(line: Int, digits: String)] {
        let matches = try LinePattern(plain).matches(in: text) + LinePattern(grouped).matches(in: text)
        return matches.map { (line: $0.line, digits: $0.match.filter(\.isNumber)) }
            .filter { (13...19).contains($0.digits.count) && passesLuhn($0.digits) }
            .sorted { $0.line < $1.line }
    }

    /// ISO/IEC 7812-1, annex B.
    static func passesLuhn(_ digits: String) -> Bool {
        var sum = 0
        for (index, character) in digits.reversed().enumerated() {
            guard let digit = character.wholeNumberValue else { return false }
            let doubled = index.isMultiple(of: 2) ? digit : digit * 2
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum.isMultiple(of: 10)
    }

    /// In code there is no such number at all, not even a token: numbers are facts.
    static func inSources(_ files: [SourceFile]) throws -> [Finding] {
        try files.filter { $0.isBelow("Sources") }.flatMap { file in
            try found(in: file.text).map {
                Finding(file.path, line: $0.line, "\($0.digits) (a constant? write it in hex)")
            }
        }
    }

    /// Elsewhere: published test numbers, which the scenarios' tables list, tokens, which begin with 9, and those that
    /// the allow list gives a reason for.
    static func unknown(in files: [SourceFile], allowed: Set<String>) throws -> [Finding] {
        try files.filter { $0.path != AllowedNumbers.path }.flatMap { file in
            try found(in: file.text)
                .filter { !$0.digits.hasPrefix("9") && !allowed.contains($0.digits) }
                .map { Finding(file.path, line: $0.line, "\($0.digits) is no published test number") }
        }
    }
}

/// `allowed-numbers.txt`: one number per line and the reason why it is there.
struct AllowedNumbers {
    static let path = "Tests/TidyTests/allowed-numbers.txt"
    static let tables = ["scenarios/uat/cards.csv", "scenarios/uat/known-tokens.csv", "scenarios/fluidpay/cards.csv"]

    private(set) var numbers: Set<String> = []
    private(set) var findings: [Finding] = []

    init(_ text: String) {
        for (index, line) in lines(of: text).enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            let number = String(parts.first ?? "")
            if !(13...19).contains(number.count) || !CardNumbers.passesLuhn(number) {
                findings.append(Finding(Self.path, line: index + 1, "'\(number)' is not card-like: it needs no entry"))
            } else if parts.count < 2 {
                findings.append(Finding(Self.path, line: index + 1, "\(number) has no reason"))
            } else if !numbers.insert(number).inserted {
                findings.append(Finding(Self.path, line: index + 1, "\(number) is there twice"))
            }
        }
    }

    /// Entries that no other file uses.
    func unused(in files: [SourceFile]) throws -> [Finding] {
        let used = try Set(
            files.filter { $0.path != Self.path }.flatMap { try CardNumbers.found(in: $0.text).map(\.digits) })
        return numbers.subtracting(used).sorted().map { Finding(Self.path, "\($0) is used nowhere: remove it") }
    }

    /// The numbers of the list and of the scenarios' tables.
    static func allAllowed(in files: [SourceFile], list: AllowedNumbers) throws -> Set<String> {
        try files.filter { tables.contains($0.path) }
            .reduce(into: list.numbers) { $0.formUnion(try CardNumbers.found(in: $1.text).map(\.digits)) }
    }
}
