import Payments
import Processor

/// A row of a table of leading digits: what is known of the cards that begin so.
struct BINRecordRow: PlacedRow, Sendable {
    var low = ""
    var high = ""
    var record = BINRecord(digits: "000000"..."000000", country: "", product: "", funding: .credit)
    var place: Place

    private static let sixDigits = Reader<String>.digits(6...6, "six digits")

    static let table = Table<BINRecordRow>(
        "a table of leading digits",
        [
            Column("from", sixDigits, required: true, "the first six digits of the range") { $1.low = $0 },
            Column("through", sixDigits, required: true, "the last six digits of the range") { $1.high = $0 },
            Column(text: "country", required: true, "where the issuer is") { $1.record.country = $0 },
            Column(text: "product", required: true, "a letter for the network") { $1.record.product = $0 },
            Column("funding", .choice("funding"), required: true, "credit, debit or prepaid") {
                $1.record.funding = $0
            },
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
        let low: String
        let high: String
    }

    static func read(_ files: [SourceFile], _ reading: Reading) -> BINTable {
        let rows = reading.rows(of: files, table, key: { Key(low: $0.low, high: $0.high) }, "this range")
        return BINTable(
            rows.compactMap { row in
                guard row.low <= row.high else {
                    reading.report(
                        .error, at: row.place, "the range is the wrong way round: 'from' is more than 'through'",
                        suggestion: "swap 'from' and 'through'")
                    return nil
                }
                var record = row.record
                record.digits = row.low...row.high
                record.source = row.place.sourceLine
                return record
            })
    }
}
