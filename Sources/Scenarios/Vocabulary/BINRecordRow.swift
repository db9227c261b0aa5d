import Payments
import Processor

/// A row of a table of leading digits: what is known of the cards that begin so, or of one published number.
struct BINRecordRow: PlacedRow, Sendable {
    var digits: String?
    var low: String?
    var high: String?
    var record = BINRecord(digits: "000000"..."000000")
    var place: Place

    private static let sixDigits = Reader<String>.digits(6...6, "six digits")

    static let table = Table<BINRecordRow>(
        "a table of leading digits",
        [
            Column("from", sixDigits, "the first six digits of a range") { $1.low = $0 },
            Column("through", sixDigits, "the last six digits of the range") { $1.high = $0 },
            Column(
                "digits", .digits(6...19, "6 to 8 digits, or a published number"),
                "in place of a range: how numbers begin, or a whole published number"
            ) { $1.digits = $0 },
            Column("brand", .brand, "the brand") { $1.record.brand = $0 },
            Column(text: "country", "where the issuer is, three letters") { $1.record.country = $0 },
            Column(text: "product", "a letter for the network") { $1.record.product = $0 },
            Column("funding", .choice("funding"), "credit, debit or prepaid") { $1.record.funding = $0 },
            Column(text: "level", "the kind of card") { $1.record.level = $0 },
            Column("surchargeable", .flag, "a surcharge is allowed") { $1.record.isSurchargeable = $0 },
            Column(text: "cardUse", "how the card may be used, in the words of the network") { $1.record.cardUse = $0 },
            Column(text: "subtype", "the product in words") { $1.record.subtype = $0 },
            Column(text: "issuer", "who issues it") { $1.record.issuer = $0 },
            Column("government", .flag, "a card of a government") { $1.record.isGovernment = $0 },
            Column("corporate", .flag, "a card of a company") { $1.record.isCorporate = $0 },
            Column("healthcare", .flag, "a card for health care") { $1.record.isHealthcare = $0 },
            Column("purchasing", .flag, "a purchasing card") { $1.record.isPurchasing = $0 },
        ],
        make: { BINRecordRow(place: $0) })

    private struct Key: Hashable {
        let digits: String?
        let low: String?
        let high: String?
    }

    /// Of a whole number only the leading six and the last four digits are kept.
    static func read(_ files: [SourceFile], _ reading: Reading) -> BINTable {
        let rows = reading.rows(
            of: files, table, key: { Key(digits: $0.digits, low: $0.low, high: $0.high) }, "these digits")
        return BINTable(
            rows.compactMap { row in
                guard let digits = row.range(reading) else { return nil }
                var record = row.record
                record.digits = digits
                if let number = row.digits, number.utf8.count >= 12 { record.lastFour = String(number.suffix(4)) }
                record.source = row.place.sourceLine
                return record
            })
    }

    private func range(_ reading: Reading) -> ClosedRange<String>? {
        switch (digits, low, high) {
        case (let digits?, nil, nil):
            let start = digits.utf8.count >= 12 ? String(digits.prefix(6)) : digits
            return start...start
        case (nil, let low?, let high?):
            if low <= high { return low...high }
            reading.report(
                .error, at: place, "the range is the wrong way round: 'from' is more than 'through'",
                suggestion: "swap 'from' and 'through'")
            return nil
        default:
            reading.report(.error, at: place, "a row has 'from' and 'through', or 'digits' in their place")
            return nil
        }
    }
}
