import HTTP
import JSON
import Payments
import Processor
import PropertySupport
import Testing

/// What a request held that nobody may keep.
struct Secrets {
    var numbers: Set<String>
    /// Verification values: four digits that stand nowhere else in the request.
    var values: Set<String>
}

/// Everything that is kept of something, as text.
struct KeptText {
    let text: String
    private let runs: Set<String>

    init(_ text: String) {
        self.text = text
        runs = Self.runs(of: text)
    }

    init(_ entry: JournalEntry) {
        var parts = [entry.operation, dumped(entry.events)]
        for reason in entry.reasons { parts += [reason.text, String(reflecting: reason)] }
        if let exchange = entry.exchange {
            parts += [
                exchange.service, exchange.method, exchange.target,
                String(decoding: exchange.requestBody, as: UTF8.self),
                String(decoding: exchange.responseBody, as: UTF8.self),
            ]
        }
        self.init(parts.joined(separator: "\n"))
    }

    /// What of the secrets stands in the text: numbers also in groups, verification values as digits of their own.
    func found(_ secrets: Secrets) -> [String] {
        secrets.values.filter { runs.contains($0) }
            + secrets.numbers.filter { number in
                runs.contains { $0.utf8.count >= number.utf8.count && $0.contains(number) }
            }
    }

    /// Runs of digits; those with single blanks or hyphens in them once more in one piece.
    private static func runs(of text: String) -> Set<String> {
        var runs: Set<String> = []
        var plain = ""
        var grouped = ""
        var gap = 0
        for byte in Array(text.utf8) + [0, 0] {
            if Digits.isDigit(byte) {
                plain.unicodeScalars.append(Unicode.Scalar(byte))
                grouped.unicodeScalars.append(Unicode.Scalar(byte))
                gap = 0
                continue
            }
            if !plain.isEmpty { runs.insert(plain) }
            plain = ""
            gap += byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") ? 1 : 2
            if gap > 1, !grouped.isEmpty {
                runs.insert(grouped)
                grouped = ""
            }
        }
        return runs
    }
}

/// Every value inside of something, by mirrors.
func dumped(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}

/// Random requests with card numbers in every field.
struct SecretRequests {
    /// Documented members of the gateway's requests. Without `amount`: 13 or 14 digits are an amount there.
    static let gatewayFields = [
        "account", "expiry", "currency", "capture", "orderid", "postal", "cvv2", "name", "address", "address2",
        "street",
        "city", "region", "country", "phone", "email", "company", "ecomind", "cof", "cofscheduled", "cofpermission",
        "profile", "acctid", "auoptout", "tokenize", "bin", "receipt", "authcode", "accttype", "achEntryCode",
        "achDescription", "track", "signature", "termid", "userfields", "invoiceid", "ponumber", "taxamnt", "taxexempt",
        "frtamnt", "dutyamnt", "discamnt", "orderdate", "shiptozip", "shipfromzip", "shiptocountry", "items",
        "secureflag", "securevalue", "securedstid", "securexid", "secureexemption", "batchsource", "gsacard", "ssnl4",
        "license", "frontendid", "retref", "merchid", "bankaba", "profileupdate", "defaultacct", "unheard",
    ]
    static let tokenizerFields = [
        "account", "cvv", "expiry", "devicedata", "signature", "encryptionhandler", "source", "unheard",
    ]

    /// Published numbers and the forms in which they come.
    static let spellings: [(number: String, value: JSONValue)] = [
        ("4444333322221111", "4444333322221111"), ("4444333322221111", "4444 3333 2222 1111"),
        ("4444333322221111", "4444-3333-2222-1111"), ("4444333322221111", "card 4444333322221111, please"),
        ("4444333322221111", 4_444_333_322_221_111), ("371449635398431", "371449635398431"),
        ("36438999960016", "36438999960016"), ("371449635398431", "3714 496353 98431"),
    ]

    /// References of transactions that are there.
    var references: [String] = []
    private var random: TestRandom

    init(seed: UInt64) { random = TestRandom(seed: seed) }

    mutating func next() -> (request: TableRequest, secrets: Secrets) {
        var secrets = Secrets(numbers: [], values: [])
        if random.below(4) == 0 {
            let body = body(Self.tokenizerFields, [:], &secrets)
            return (TableRequest(.post, "/cardsecure/api/v1/ccn/tokenize", body), secrets)
        }
        let merchant = random.pick([TableBench.merchant, TableBench.otherMerchant])
        if random.below(8) == 0 {
            let number = cardNumber(&secrets)
            let path = random.pick(["inquire", "inquireByOrderid", "profile"])
            return (TableRequest(.get, "/cardconnect/rest/\(path)/\(number)/\(merchant)?x=\(number)"), secrets)
        }
        var base: JSONObject = [
            "merchid": .string(merchant), "account": .string(cardNumber(&secrets)), "expiry": "1230",
            "amount": .string("\(random.below(3000)).00"), "cvv2": .string(verificationValue(&secrets)),
        ]
        if !references.isEmpty { base["retref"] = .string(random.pick(references)) }
        if random.below(3) == 0 { base["capture"] = "Y" }
        let endpoint = random.pick(["auth", "auth", "auth", "capture", "void", "voidByOrderId", "refund"])
        return (.gateway(endpoint, body(Self.gatewayFields, base, &secrets)), secrets)
    }

    /// A base, some of whose members, and some more, hold card numbers.
    private mutating func body(_ fields: [String], _ base: JSONObject, _ secrets: inout Secrets) -> JSONObject {
        var body = base
        for _ in 0..<random.below(6) {
            let field = random.pick(fields)
            // Mostly let the request come through to where something is recorded.
            if ["merchid", "account", "retref", "bankaba", "currency"].contains(field), random.below(4) > 0 {
                continue
            }
            body[field] = value(&secrets)
        }
        if body["cvv"] != nil, random.below(2) == 0 { body["cvv"] = .string(verificationValue(&secrets)) }
        return body
    }

    private mutating func value(_ secrets: inout Secrets) -> JSONValue {
        let number = cardNumber(&secrets)
        switch random.below(7) {
        case 0: return .number(number)
        case 1 where number.utf8.count == 16: return .string(grouped(number, " "))
        case 2 where number.utf8.count == 16: return .string(grouped(number, "-"))
        case 3: return .string("card \(number)!")
        case 4: return [.string(number)]
        case 5: return ["card": .string(number)]
        default: return .string(number)
        }
    }

    private func grouped(_ number: String, _ separator: String) -> String {
        stride(from: 0, to: number.count, by: 4)
            .map { String(number.dropFirst($0).prefix(4)) }.joined(separator: separator)
    }

    private static let brands: [(prefix: String, length: Int)] = [
        ("4", 16), ("51", 16), ("55", 16), ("34", 15), ("37", 15), ("6011", 16), ("622", 16), ("65", 16), ("36", 14),
        ("35", 16),
    ]

    /// A number of a brand that passes the Luhn check: only those are card numbers in texts of the client's own.
    private mutating func cardNumber(_ secrets: inout Secrets) -> String {
        let brand = random.pick(Self.brands)
        while true {
            let stem = brand.prefix + random.digits(brand.length - 1 - brand.prefix.utf8.count)
            let number = stem + String(Luhn.checkDigit(for: stem))
            // The last four digits may be kept: they must not look like a verification value.
            if number.suffix(4).first == "7" { continue }
            secrets.numbers.insert(number)
            return number
        }
    }

    /// Four digits that are no year, no expiry and no end of a card number.
    private mutating func verificationValue(_ secrets: inout Secrets) -> String {
        let value = "7" + random.digits(3)
        secrets.values.insert(value)
        return value
    }
}
