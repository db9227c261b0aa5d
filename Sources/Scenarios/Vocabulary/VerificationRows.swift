import Payments
import Processor

/// A row of a table of address verification triggers.
struct AVSRow: PlacedRow, Sendable {
    var processors: Set<ProcessorName> = []
    var trigger = ""
    var result = ""
    var isPostalOnly = false
    var place: Place

    static let table = Table<AVSRow>(
        "a table of address triggers",
        [
            Column("processors", .processors, required: true, "the processors that know it") { $1.processors = $0 },
            Column("trigger", .name("a trigger"), required: true, "the end of the postal code, or part of the address")
            {
                $1.trigger = $0
            },
            Column(text: "result", required: true, "the answer") { $1.result = $0 },
            Column("postalOnly", .flag, "true: addresses do not count") { $1.isPostalOnly = $0 },
            Column(ignored: "meaning", "what the answer means"),
        ],
        make: { AVSRow(place: $0) })

    /// Rows of later tables stand first, because the domain takes the first that fits.
    static func read(_ files: [SourceFile], _ reading: Reading) -> AVSTable {
        let tables = files.map { file in
            reading.rows(of: [file], table, key: { Key(row: $0) }, "this trigger and these processors")
        }
        let rows = tables.reversed().flatMap { $0 }
        for rows in tables {
            let length = rows.first?.trigger.utf8.count
            for row in rows where row.trigger.utf8.count != length {
                reading.report(
                    .error, at: row.place,
                    "all triggers of a table have the same length; \(Quoting.quote(row.trigger)) does not")
            }
        }
        return AVSTable(
            rows.map { row in
                AVSTable.Row(
                    processors: row.processors, trigger: row.trigger, result: AVSResult(row.result),
                    isPostalOnly: row.isPostalOnly, source: row.place.sourceLine)
            })
    }

    private struct Key: Hashable {
        let processors: Set<ProcessorName>
        let trigger: String

        init(row: AVSRow) {
            processors = row.processors
            trigger = row.trigger.uppercased()
        }
    }
}

/// A row of a table of card verification triggers.
struct CVVRow: PlacedRow, Sendable {
    var processors: Set<ProcessorName> = []
    var value = ""
    var result = ""
    var place: Place

    static let table = Table<CVVRow>(
        "a table of card verification triggers",
        [
            Column("value", .digits(3...4, "three or four digits"), required: true, "the value") { $1.value = $0 },
            Column(text: "result", required: true, "the answer") { $1.result = $0 },
            Column("processors", .processors, "the processors that know it; empty: all") { $1.processors = $0 },
            Column(ignored: "meaning", "what the answer means"),
        ],
        make: { CVVRow(place: $0) })

    private struct Key: Hashable {
        let processors: Set<ProcessorName>
        let value: String
    }

    static func read(_ files: [SourceFile], _ reading: Reading) -> CVVTable {
        let rows = files.reversed().flatMap { file in
            reading.rows(
                of: [file], table, key: { Key(processors: $0.processors, value: $0.value) },
                "this value and these processors")
        }
        return CVVTable(
            rows.map { row in
                CVVTable.Row(
                    processors: row.processors, value: row.value, result: CVVResult(row.result),
                    source: row.place.sourceLine)
            })
    }
}

/// A row of a table of meanings.
struct AVSMeaningRow: PlacedRow, Sendable {
    var result = ""
    var brands: Set<CardBrand> = []
    var meaning = ""
    var place: Place

    static let table = Table<AVSMeaningRow>(
        "a table of meanings",
        [
            Column(text: "result", required: true, "a result of address verification") { $1.result = $0 },
            Column("brands", .brands, "the brands for which it means this; empty: all") { $1.brands = $0 },
            Column(ignored: "region", "where the address is"),
            Column(text: "meaning", required: true, "what it means") { $1.meaning = $0 },
        ],
        make: { AVSMeaningRow(place: $0) })

    private struct Key: Hashable {
        let result: String
        let brands: Set<CardBrand>
    }

    static func read(_ files: [SourceFile], _ reading: Reading) -> VerificationMeanings {
        let rows = files.reversed().flatMap { file in
            reading.rows(
                of: [file], table, key: { Key(result: $0.result, brands: $0.brands) }, "this result and these brands")
        }
        return VerificationMeanings(
            rows.map { row in
                VerificationMeanings.Row(
                    result: AVSResult(row.result), brands: row.brands, meaning: row.meaning,
                    source: row.place.sourceLine)
            })
    }
}

extension Reader where Value == Set<CardBrand> {
    /// `Visa|Amex`.
    static var brands: Reader {
        Reader<String>.text("names of brands with '|' between them").then { text, node, reading in
            var result: Set<CardBrand> = []
            for part in text.split(separator: "|", omittingEmptySubsequences: false) {
                guard let brand = reading.brands.first(where: { $0.text == part }) else {
                    reading.unknown("card brand", String(part), at: node.place, among: reading.brands.map(\.text))
                    return nil
                }
                result.insert(brand)
            }
            return result
        }
    }
}

/// A row of a table of published tokens.
struct KnownTokenRow: PlacedRow, Sendable {
    enum Kind: String, CaseIterable, Sendable { case card, bank, reserved }

    var site: SiteName?
    var environment: Environment?
    var kind = Kind.reserved
    var input: String?
    var token = ""
    var inputPlace: Place?
    var place: Place

    static let table = Table<KnownTokenRow>(
        "a table of published tokens",
        [
            Column("kind", .choice("kind"), required: true, "card, bank, or reserved when the input is not known") {
                $1.kind = $0
            },
            Column("site", .site, "the site whose vault made it") { $1.site = $0 },
            Column("environment", .choice("environment"), "the environment of the site") { $1.environment = $0 },
            Column(text: "input", "card number, or routing number, slash and account number") { $1.input = $0 },
            Column("token", .name("a token"), required: true, "the token") { $1.token = $0 },
        ],
        make: { KnownTokenRow(place: $0) })

    private struct Key: Hashable {
        let scope: String
        let input: String
    }

    static func read(_ files: [SourceFile], into settings: inout TokenSettings, _ reading: Reading) {
        let rows = reading.rows(
            of: files, table,
            key: { row in
                Key(
                    scope: "\(row.site?.text ?? "")/\(row.environment?.rawValue ?? "")",
                    input: row.input ?? "reserved \(row.token)")
            }, "this site and input")
        for row in rows {
            guard row.kind != .reserved else {
                settings.reserved.append(CardToken(row.token))
                continue
            }
            guard let known = row.known(reading) else { continue }
            settings.known.append(known)
        }
    }

    private func known(_ reading: Reading) -> TokenSettings.Known? {
        guard let site, let environment, let input else {
            return reading.error(at: place, "a known token needs the columns 'site', 'environment' and 'input'")
        }
        guard let value = Self.input(input, kind) else {
            return reading.error(
                at: place,
                kind == .card
                    ? "the input has to be a card number" : "the input has to be routing number, slash, account number")
        }
        return TokenSettings.Known(
            scope: SiteScope(site: site, environment: environment), input: value, token: CardToken(token),
            source: self.place.sourceLine)
    }

    private static func input(_ text: String, _ kind: Kind) -> TokenSettings.Known.Input? {
        switch kind {
        case .reserved: return nil
        case .card: return PrimaryAccountNumber(text).map { .card($0) }
        case .bank:
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ Digits.areAll($0) }) else { return nil }
            return .bank(BankAccountNumber(routingNumber: String(parts[0]), account: String(parts[1])))
        }
    }
}
