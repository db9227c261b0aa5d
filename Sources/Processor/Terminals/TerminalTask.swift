package import Payments

/// What a terminal is asked to do with its cardholder.
package enum TerminalTask: Hashable, Sendable {
    case confirm
    case enter(InputFormat)
    case sign
    case tip(TipQuestion)
    case read(CardQuestion)
    case authorize(CardQuestion, AuthorizationTerms)

    /// Named in the journal and by rules.
    package var operation: String {
        switch self {
        case .confirm: "readConfirmation"
        case .enter: "readInput"
        case .sign: "readSignature"
        case .tip: "tip"
        case .read(let question): question.isManual ? "readManual" : "readCard"
        case .authorize(let question, _): question.isManual ? "authManual" : "authCard"
        }
    }

    package var question: CardQuestion? {
        switch self {
        case .read(let question), .authorize(let question, _): question
        case .confirm, .enter, .sign, .tip: nil
        }
    }

    package var terms: AuthorizationTerms? {
        if case .authorize(_, let terms) = self { return terms }
        return nil
    }
}

/// How a card is asked for.
package struct CardQuestion: Hashable, Sendable {
    /// The cardholder types the number.
    package var isManual = false
    /// In minor units; nil when none is shown.
    package var amount: Int64?
    package var confirmsAmount = false
    /// The newer version asks for the amount when it knows the card, and with it the surcharge.
    package var confirmsBehindCard = false
    package var appliesSurcharge = false
    package var asksSignature = false
    /// A device that cannot is a mistake; otherwise it is not asked.
    package var requiresSignature = false
    package var asksPIN = false
    package var isDebit = false
    package var asksExpiry = true
    package var asksCardCode = false
    package var asksAddress = false

    package init() {}
}

/// What is to become of the card that was read.
package struct AuthorizationTerms: Hashable, Sendable {
    /// The merchant that is paid; not always the one whose terminal it is.
    package var merchant: MerchantKey
    /// In minor units.
    package var amount: Int64
    package var orderID: OrderID
    package var capturesAtOnce = true
    package var voiceAuthorizationCode: String?
    package var memos: [TransactionDetails.Memo] = []
    package var prints = false
    /// The account is stored once the payment is approved.
    package var createsProfile = false
    /// How long the result stays on the screen before the client is answered.
    package var answerDelay: Duration = .zero
    /// Members of the request that rules may look at.
    package var wire = RememberedFacts()

    package init(merchant: MerchantKey, amount: Int64, orderID: OrderID) {
        self.merchant = merchant
        self.amount = amount
        self.orderID = orderID
    }
}

/// Members of a request that is not over yet, kept for the rules.
package struct RememberedFacts: WireFacts, Hashable {
    private var fields: [String: String] = [:]
    private var headers: [String: String] = [:]

    package init() {}

    /// - Parameters: names and texts that may be kept.
    package init(fields: [String: String], headers: [String: String]) {
        self.fields = fields
        self.headers = Dictionary(
            headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    package func field(_ name: String) -> String? { fields[name] }
    package func header(_ name: String) -> String? { headers[name.lowercased()] }
}

/// Which tips are offered.
package struct TipQuestion: Hashable, Sendable {
    package var amount: Int64
    /// In percent.
    package var presets: [Int]
    package var allowsOther: Bool

    package init(amount: Int64, presets: [Int], allowsOther: Bool) {
        self.amount = amount
        self.presets = presets
        self.allowsOther = allowsOther
    }
}

/// What may be typed: `PHONE`, `AMOUNT`, `MMYY`, `N4`, `AN1,12`.
package enum InputFormat: Hashable, Sendable {
    case phone
    case amount
    case monthYear
    case digits(ClosedRange<Int>)
    case alphanumerics(ClosedRange<Int>)

    private static let longest = 32

    package init?(_ text: String) {
        switch text {
        case "PHONE": self = .phone
        case "AMOUNT": self = .amount
        case "MMYY": self = .monthYear
        default:
            let isAlphanumeric = text.hasPrefix("AN")
            guard isAlphanumeric || text.hasPrefix("N") else { return nil }
            let parts = text.dropFirst(isAlphanumeric ? 2 : 1).split(separator: ",", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), parts.allSatisfy({ Digits.areAll($0) && $0.utf8.count <= 2 }) else {
                return nil
            }
            let bounds = parts.compactMap { Int($0) }
            guard let low = bounds.first, let high = bounds.last, (1...Self.longest).contains(low),
                (low...Self.longest).contains(high)
            else { return nil }
            self = isAlphanumeric ? .alphanumerics(low...high) : .digits(low...high)
        }
    }

    /// Whether a device would have let the cardholder type this.
    package func accepts(_ text: String) -> Bool {
        switch self {
        case .phone: text.utf8.allSatisfy { Digits.isDigit($0) || $0 == UInt8(ascii: "-") } && !text.isEmpty
        case .amount: Digits.areAll(text)
        case .monthYear: text.utf8.count == 4 && CardExpiry(text) != nil
        case .digits(let lengths): Digits.areAll(text) && lengths.contains(text.utf8.count)
        case .alphanumerics(let lengths):
            lengths.contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    Digits.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                }
        }
    }

    /// What a cardholder without a script types: something that fits.
    package var sample: String {
        let digits = "12345678901234567890123456789012"
        switch self {
        case .phone: return "1-234-567-8901"
        case .amount: return "12345"
        case .monthYear: return "1222"
        case .digits(let lengths): return String(digits.prefix(lengths.lowerBound))
        case .alphanumerics(let lengths): return String(("A" + digits).prefix(lengths.lowerBound))
        }
    }
}
