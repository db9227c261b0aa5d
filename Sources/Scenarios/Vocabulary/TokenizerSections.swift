import Payments
import Processor
import Texts

/// The tokenizer while it is read.
struct TokenizerDraft: Sendable {
    var settings = TokenizerSettings()
    var faults: [FaultDraft] = []

    /// One entry of `tokenizer.faults`.
    struct FaultDraft: Sendable {
        var fault: TokenizerFault
        var code: Int
        var text: String?
        var place: Place
    }

    /// `{ code: 8, text: … }` while it is read.
    fileprivate struct LongFault: Sendable {
        var code = 0
        var text: String?

        static let reader = Section<LongFault>(
            "a fault of the tokenizer",
            [
                Field("code", \.code, .tokenizerCode, required: true, "a code of `tokenizerErrors`"),
                Field("text", \.text, .text, "in place of the text of the code"),
            ]
        ).reader { _ in LongFault() }
    }

    static let section = Section<TokenizerDraft>(
        "the tokenizer settings",
        [
            Field("faults", .tokenizerFaults, "the code of `tokenizerErrors` for each thing that can go wrong") {
                faults, _, draft, _ in draft.faults = faults
            },
            Field(
                "failureStatus", \.settings.failureStatus, .choice("failure status"),
                "HTTP status of failures: as listed, or always 200 (ok)"),
            Field(
                "badVerification", \.settings.badVerification, .choice("treatment"),
                "what becomes of an expiry or verification value that cannot be read"),
            Field(
                "undecryptable", \.settings.undecryptable, .choice("treatment"),
                "what becomes of an encrypted account that no key opens"),
            Field(
                "opaqueCard", \.settings.opaqueCard, .cardNumber,
                "the card that stands behind accounts that no key opens"),
            Field("walletLifetime", \.settings.walletLifetime, .duration, "how old the payload of a wallet may be"),
            Field("echoLength", \.settings.echoLength, .integer(0...100_000), "how many characters the echo takes"),
            Field("page", \.settings.page, section: page, "texts of the hosted page"),
        ])

    private static let page = Section<TokenizerSettings.PageTexts>(
        "the texts of the hosted page",
        [
            Field("invalidCard", \.invalidCard, .text, "the card number is not valid"),
            Field("invalidCVV", \.invalidCVV, .text, "the verification value is not valid"),
            Field("invalidExpiry", \.invalidExpiry, .text, "the expiry is not valid"),
            Field("required", \.required, .text, "a field is empty; <label> stands for its label"),
            Field("validationCode", \.validationCode, .text, "errorCode of the three above"),
            Field("unreachable", \.unreachable, .text, "the tokenizer does not answer"),
            Field("unreachableCode", \.unreachableCode, .text, "errorCode of that"),
            Field(
                "plainFailure", \.plainFailure, .choice("form"),
                "how a failure is told without the enhanced answer: code::text as it is, or percent-encoded"),
        ])

    /// The errors for the domain; codes that no table has are mistakes.
    func errors(_ rows: [TokenizerErrors.Row], _ reading: Reading) -> TokenizerErrors {
        let codes = Set(rows.map(\.code))
        for entry in faults where !codes.contains(entry.code) && !reading.library.missesTable {
            reading.unknown(
                "tokenizer error", String(entry.code), at: entry.place, among: codes.sorted().map(String.init))
        }
        return TokenizerErrors(
            rows,
            faults: Dictionary(
                faults.map { ($0.fault, TokenizerErrors.Fault(code: $0.code, text: $0.text)) },
                uniquingKeysWith: { _, later in later }))
    }
}

extension Reader where Value == [TokenizerDraft.FaultDraft] {
    /// `empty: 14`, or `empty: { code: 14, text: … }`.
    static var tokenizerFaults: Reader {
        let long = TokenizerDraft.LongFault.reader
        let entry = Reader<(YAMLNode, TokenizerDraft.LongFault)>(
            .either([Reader<Int>.tokenizerCode.shape, long.shape])
        ) { node, reading in
            guard case .mapping = node.content else {
                return Reader<Int>.tokenizerCode.read(node, reading).map { (node, TokenizerDraft.LongFault(code: $0)) }
            }
            return long.read(node, reading).map { (node["code"] ?? node, $0) }
        }
        return Reader<[(key: YAMLNode, value: (YAMLNode, TokenizerDraft.LongFault))]>.map(key: "fault", of: entry)
            .then { entries, _, reading in
                entries.compactMap { key, value in
                    Reader<TokenizerFault>.choice("tokenizer fault").read(key, reading).map { fault in
                        TokenizerDraft.FaultDraft(
                            fault: fault, code: value.1.code, text: value.1.text, place: value.0.place)
                    }
                }
            }
    }
}

extension Reader where Value == Int {
    static let tokenizerCode = Reader<Int>.integer(0...9999)

    /// A code that a table of the tokenizer's errors has.
    static var knownTokenizerCode: Reader {
        tokenizerCode.then { code, node, reading in
            guard !reading.library.missesTable, !reading.tokenizerErrors.contains(where: { $0.code == code }) else {
                return code
            }
            reading.unknown(
                "tokenizer error", String(code), at: node.place,
                among: reading.tokenizerErrors.map { String($0.code) })
            return nil
        }
    }
}

/// A row of a table of the tokenizer's errors.
struct TokenizerErrorRow: PlacedRow, Sendable {
    var code = 0
    var text = ""
    var legacyText: String?
    var status = 400
    var place: Place

    static let table = Table<TokenizerErrorRow>(
        "a table of the tokenizer's errors",
        [
            Column("code", .tokenizerCode, required: true, "the code; the legacy interface writes it with four digits")
            { $1.code = $0 },
            Column(text: "text", required: true, "its text") { $1.text = $0 },
            Column(text: "legacyText", "the wording of the legacy interface, where it differs") { $1.legacyText = $0 },
            Column("status", .integer(200...599), "the HTTP status of the JSON interface; empty: 400") {
                $1.status = $0
            },
        ],
        make: { TokenizerErrorRow(place: $0) })

    static func read(_ files: [SourceFile], _ reading: Reading) -> [TokenizerErrors.Row] {
        reading.rows(of: files, table, key: \.code, "this code").map { row in
            TokenizerErrors.Row(
                code: row.code, text: row.text, legacyText: row.legacyText, status: row.status,
                source: row.place.sourceLine)
        }
    }
}

extension Reader where Value == TokenizerKey {
    /// A PEM text as it stands, or the path of a file that holds one.
    static var privateKey: Reader {
        Reader<String>.name("a PEM text, or the path of a .pem file").then { text, node, reading in
            var pem = text
            if !text.contains("-----BEGIN") {
                guard let file = reading.library.open(text, as: .key, from: node.place) else { return nil }
                pem = String(decoding: file.bytes, as: UTF8.self)
            }
            return TokenizerKey(pem: pem)
                ?? reading.error(
                    at: node.place, "this is no RSA private key, or it is protected by a passphrase",
                    suggestion: "make one with: openssl genpkey -algorithm RSA -out key.pem")
        }
    }
}
