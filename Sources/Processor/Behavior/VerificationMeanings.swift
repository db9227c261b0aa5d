package import Payments

/// What address verification results mean, for people: answers carry only the letter.
package struct VerificationMeanings: Sendable {
    package struct Row: Sendable {
        package let result: AVSResult
        /// Empty means every brand.
        package let brands: Set<CardBrand>
        package let meaning: String
        package let source: SourceLine?

        package init(result: AVSResult, brands: Set<CardBrand>, meaning: String, source: SourceLine?) {
            self.result = result
            self.brands = brands
            self.meaning = meaning
            self.source = source
        }
    }

    package let rows: [Row]

    package init(_ rows: [Row]) { self.rows = rows }

    /// The first row for a result and a brand.
    package func row(_ result: AVSResult, brand: CardBrand?) -> Row? {
        rows.first { row in
            row.result == result && (row.brands.isEmpty || brand.map { row.brands.contains($0) } ?? false)
        }
    }
}
