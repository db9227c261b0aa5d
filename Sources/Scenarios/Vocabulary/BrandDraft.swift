import Payments
import Processor

/// A card brand while it is read: `{ brand: Visa, prefixes: "4", lengths: 16 }`.
struct BrandDraft: Sendable {
    var brand: CardBrand = ""
    var prefixes: [ClosedRange<String>] = []
    var lengths: [Int] = []
    var shortName: String?
    var settlementName: String?

    static let reader = Section<BrandDraft>(
        "a card brand",
        [
            Field("brand", .name("a name"), required: true, "the name of the brand in this scenario") {
                name, _, draft, _ in draft.brand = CardBrand(name)
            },
            Field(
                "prefixes", \.prefixes, .oneOrMany(of: .prefixes), required: true,
                "leading digits, or { from: \"51\", through: \"55\" }"),
            Field("lengths", \.lengths, .oneOrMany(of: .integer(12...19)), required: true, "how many digits"),
            Field("shortName", \.shortName, .name("a name"), "how account types name it; left out: in capital letters"),
            Field(
                "settlementName", \.settlementName, .name("a name"),
                "how settled transactions name it; left out: as account types do"),
        ]
    ).reader({ _ in BrandDraft() }) { draft, _, _ in
        draft.prefixes.map { prefixes in
            var range = BrandTable.Range(brand: draft.brand, prefixes: prefixes, lengths: Set(draft.lengths))
            range.shortName = draft.shortName
            range.settlementName = draft.settlementName
            return range
        }
    }
}

/// Two ends of a range of leading digits.
private struct PrefixEnds: Sendable {
    var from = ""
    var through = ""
}

extension Reader where Value == ClosedRange<String> {
    static var prefixes: Reader {
        let digits = Reader<String>.digits(1...11, "one to eleven leading digits")
        let range = Section<PrefixEnds>(
            "a range of prefixes",
            [
                Field("from", \.from, digits, required: true, "the smallest prefix"),
                Field("through", \.through, digits, required: true, "the largest, with as many digits"),
            ]
        ).reader({ _ in PrefixEnds() }) { ends, node, reading -> ClosedRange<String>? in
            guard ends.from.utf8.count == ends.through.utf8.count else {
                return reading.error(at: node.place, "both ends of a range of prefixes have equally many digits")
            }
            guard ends.from <= ends.through else {
                return reading.error(
                    at: node["from"]?.place ?? node.place,
                    "the range is the wrong way round: 'from' is more than 'through'",
                    suggestion: "swap 'from' and 'through'")
            }
            return ends.from...ends.through
        }
        return Reader(.either([digits.shape, range.shape])) { node, reading in
            guard case .scalar = node.content else { return range.read(node, reading) }
            return digits.read(node, reading).map { $0...$0 }
        }
    }
}
