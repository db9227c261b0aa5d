/// Month and year of a card's end, in one of the forms that clients send.
package struct CardExpiry: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 12, or what the client sent; gateways store dates that do not exist.
    package let month: Int
    /// Four digits.
    package let year: Int

    package init(month: Int, year: Int) {
        self.month = month
        self.year = year
    }

    /// Reads `MMYY`, `YYYYM`, `YYYYMM`, `YYYYMMDD` and, with a slash, `M/YYYY`, `MM/YY`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard Digits.areAll(parts[0]), Digits.areAll(parts[1]), parts[0].utf8.count <= 2 else { return nil }
            guard let month = Int(parts[0]), let year = Self.year(parts[1]) else { return nil }
            self.init(checkedMonth: month, year: year)
            return
        }
        guard Digits.areAll(text) else { return nil }
        switch text.utf8.count {
        case 4: self.init(month: text.prefix(2), year: text.suffix(2))
        case 5: self.init(month: text.suffix(1), year: text.prefix(4))
        case 6: self.init(month: text.suffix(2), year: text.prefix(4))
        case 8: self.init(month: text.dropFirst(4).prefix(2), year: text.prefix(4))
        default: return nil
        }
    }

    private init?(month: some StringProtocol, year: some StringProtocol) {
        guard let month = Int(month), let year = Self.year(year) else { return nil }
        self.init(checkedMonth: month, year: year)
    }

    private init?(checkedMonth month: Int, year: Int) {
        guard (1...12).contains(month) else { return nil }
        self.init(month: month, year: year)
    }

    private static func year(_ text: some StringProtocol) -> Int? {
        switch text.utf8.count {
        case 2: Int(text).map { 2000 + $0 }
        case 4: Int(text)
        default: nil
        }
    }

    /// `MMYY`, the form of most answers.
    package var monthYear: String {
        let digits = String(10_000 + month * 100 + year % 100)
        return String(digits.dropFirst())
    }

    package var description: String { monthYear }
}
