import Payments
import Processor

/// A row of a table of reader and wallet data: which card stands behind which payload.
struct DeviceDataRow: PlacedRow, Sendable {
    var handlers: Set<DevicePayload.Handler> = []
    var pattern = "*"
    var cards: [PrimaryAccountNumber] = []
    var token: String?
    var expiry: CardExpiry?
    var entryMode: EntryMode?
    var error: Int?
    var place: Place

    static let table = Table<DeviceDataRow>(
        "a table of reader and wallet data",
        [
            Column("handlers", .handlers, required: true, "reader, applePay, googlePay, with '|' between them") {
                $1.handlers = $0
            },
            Column(text: "pattern", required: true, "the payload; '*' for any text and '?' for any one character") {
                $1.pattern = $0
            },
            Column("cards", .cardNumbers, "card numbers with '|' between them; a hash of the payload chooses") {
                $1.cards = $0
            },
            Column(text: "token", "a published token in place of a made one") { $1.token = $0 },
            Column("expiry", .monthYear, "the card's expiry, four digits: MMYY") { $1.expiry = $0 },
            Column("entryMode", .choice("entry mode"), "how the card counts as presented") { $1.entryMode = $0 },
            Column("error", .knownTokenizerCode, "an error of the tokenizer in place of a token") { $1.error = $0 },
        ],
        make: { DeviceDataRow(place: $0) })

    private struct Key: Hashable {
        let handlers: Set<DevicePayload.Handler>
        let pattern: String
    }

    /// Rows of later tables stand before those of earlier ones: the first that fits decides.
    static func read(_ files: [SourceFile], _ reading: Reading) -> DeviceTable {
        DeviceTable(
            files.reversed().flatMap { file in
                reading.rows(
                    of: [file], table, key: { Key(handlers: $0.handlers, pattern: $0.pattern) },
                    "these handlers and this pattern"
                ).compactMap { $0.row(reading) }
            })
    }

    private func row(_ reading: Reading) -> DeviceTable.Row? {
        guard error != nil || !cards.isEmpty else {
            return reading.error(at: place, "a row of reader or wallet data needs 'cards' or 'error'")
        }
        return DeviceTable.Row(
            handlers: handlers, pattern: .glob(pattern), cards: cards, token: token.map { CardToken($0) },
            expiry: expiry, entryMode: entryMode ?? (handlers.contains(.reader) ? .swiped : .wallet), error: error,
            source: place.sourceLine)
    }
}

extension Reader where Value == Set<DevicePayload.Handler> {
    static var handlers: Reader {
        Reader<String>.name("reader, applePay or googlePay").then { text, node, reading in
            var result: Set<DevicePayload.Handler> = []
            for part in text.split(separator: "|", omittingEmptySubsequences: false) {
                guard let handler = DevicePayload.Handler(rawValue: String(part)) else {
                    reading.unknown(
                        "handler", String(part), at: node.place, among: DevicePayload.Handler.allCases.map(\.rawValue))
                    return nil
                }
                result.insert(handler)
            }
            return result
        }
    }
}

extension Reader where Value == [PrimaryAccountNumber] {
    static var cardNumbers: Reader {
        Reader<String>.name("card numbers with '|' between them").then { text, node, reading in
            var result: [PrimaryAccountNumber] = []
            for part in text.split(separator: "|", omittingEmptySubsequences: false) {
                let cell = YAMLNode(.scalar(String(part), isPlain: false), at: node.place)
                guard let number = Reader<PrimaryAccountNumber>.cardNumber.read(cell, reading) else { return nil }
                result.append(number)
            }
            return result
        }
    }
}

extension Reader where Value == CardExpiry {
    static var monthYear: Reader {
        Reader<String>.digits(4...4, "an expiry of four digits, MMYY").then { text, node, reading in
            CardExpiry(text) ?? reading.expected("an expiry of four digits, MMYY", at: node)
        }
    }
}
