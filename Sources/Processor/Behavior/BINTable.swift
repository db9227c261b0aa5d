package import Payments

/// What is known of the cards whose numbers begin alike.
package struct BINRecord: Hashable, Sendable {
    package enum Funding: String, Hashable, Sendable, CaseIterable { case credit, debit, prepaid }

    /// The first and the last leading digits of the range, equally long: six to eight.
    package var digits: ClosedRange<String>
    /// Of one published number; nil: all that begin so.
    package var lastFour: String?
    package var brand: CardBrand?
    package var country: String
    /// A letter for the network, or for debit cards without one.
    package var product = ""
    package var funding: Funding?
    /// The kind of card in words: `Business`.
    package var level = ""
    package var isSurchargeable = false
    package var cardUse: String?
    package var subtype: String?
    package var issuer: String?
    package var isGovernment = false
    package var isCorporate = false
    package var isHealthcare = false
    package var isPurchasing = false
    package var source: SourceLine?

    package init(digits: ClosedRange<String>, country: String = "") {
        self.digits = digits
        self.country = country
    }
}

/// Ranges of leading digits, and published numbers. A published number counts before any range; of several ranges the
/// one with the most digits, then the narrowest; of equal ones, the later.
package struct BINTable: Sendable {
    package let rows: [BINRecord]
    /// By number of digits, the longest first.
    private let ranges: [RangeList]
    /// By leading and last four digits.
    private let published: [String: BINRecord]
    /// The first published number that begins so: all that is known when nobody has the last digits.
    private let publishedByStart: [String: BINRecord]

    package init(_ rows: [BINRecord]) {
        self.rows = rows
        let open = rows.filter { $0.lastFour == nil }
        let closed = rows.filter { $0.lastFour != nil }
        ranges = Dictionary(grouping: open) { $0.digits.lowerBound.utf8.count }
            .sorted { $0.key > $1.key }.map { RangeList(width: $0.key, $0.value) }
        published = Dictionary(
            closed.map { ($0.digits.lowerBound + ($0.lastFour ?? ""), $0) }, uniquingKeysWith: { _, later in later })
        publishedByStart = Dictionary(
            closed.map { ($0.digits.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func record(_ bin: BIN) -> BINRecord? { record(bin.digits) }

    /// - Parameters:
    ///   - digits: how the number begins, at least six.
    ///   - lastFour: how it ends, when that is known.
    package func record(_ digits: String, lastFour: String? = nil) -> BINRecord? {
        guard digits.utf8.count >= 6 else { return nil }
        let start = digits.utf8.count == 6 ? digits : String(digits.prefix(6))
        if let lastFour, let record = published[start + lastFour] { return record }
        for list in ranges {
            if let record = list.record(digits) { return record }
        }
        return lastFour == nil ? publishedByStart[start] : nil
    }

    /// Ranges with equally many digits.
    private struct RangeList: Sendable {
        let width: Int
        /// By lower end; beside each row the highest upper end up to it, which bounds how far one has to look back.
        let sorted: [(row: BINRecord, highest: String)]

        init(width: Int, _ rows: [BINRecord]) {
            self.width = width
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

        func record(_ number: String) -> BINRecord? {
            let digits = String(number.prefix(width))
            guard digits.utf8.count == width else { return nil }
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
                if narrowest.map({ Self.span(row) < Self.span($0) }) ?? true { narrowest = row }
            }
            return narrowest
        }

        private static func span(_ row: BINRecord) -> Int {
            (Int(row.digits.upperBound) ?? 0) - (Int(row.digits.lowerBound) ?? 0)
        }
    }
}
