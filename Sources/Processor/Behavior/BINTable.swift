package import Payments

/// What a card network says about the cards whose numbers begin alike.
package struct BINRecord: Hashable, Sendable {
    package enum Funding: String, Hashable, Sendable, CaseIterable { case credit, debit, prepaid }

    /// The first and the last six digits of the range.
    package var digits: ClosedRange<String>
    package var country: String
    /// A letter for the network, or for debit cards without one.
    package var product: String
    package var funding: Funding
    package var cardUse: String?
    package var subtype: String?
    package var issuer: String?
    package var isGovernment = false
    package var isCorporate = false
    package var isHealthcare = false
    package var isPurchasing = false
    package var source: SourceLine?

    package init(digits: ClosedRange<String>, country: String, product: String, funding: Funding) {
        self.digits = digits
        self.country = country
        self.product = product
        self.funding = funding
    }
}

/// Ranges of leading digits. Of several that hold a number, the narrowest counts; of equal ones, the later.
package struct BINTable: Sendable {
    package let rows: [BINRecord]
    /// By lower end; beside each row the highest upper end up to it, which bounds how far one has to look back.
    private let sorted: [(row: BINRecord, highest: String)]

    package init(_ rows: [BINRecord]) {
        self.rows = rows
        var highest = ""
        var latest: [ClosedRange<String>: BINRecord] = [:]
        for row in rows { latest[row.digits] = row }
        sorted = latest.values
            .sorted { ($0.digits.lowerBound, $0.digits.upperBound) < ($1.digits.lowerBound, $1.digits.upperBound) }
            .map { row in
                highest = max(highest, row.digits.upperBound)
                return (row, highest)
            }
    }

    package func record(_ bin: BIN) -> BINRecord? {
        let digits = bin.digits
        guard digits.utf8.count == 6 else { return nil }
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].row.digits.lowerBound <= digits { low = middle + 1 } else { high = middle }
        }
        var narrowest: BINRecord?
        for index in (0..<low).reversed() {
            guard sorted[index].highest >= digits else { break }
            let row = sorted[index].row
            guard row.digits.contains(digits) else { continue }
            if narrowest.map({ Self.width(row) < Self.width($0) }) ?? true { narrowest = row }
        }
        return narrowest
    }

    private static func width(_ row: BINRecord) -> Int {
        (Int(row.digits.upperBound) ?? 0) - (Int(row.digits.lowerBound) ?? 0)
    }
}
