import JSON
import Payments
import Processor
import ServiceKit

/// The body of an `auth` answer. Source: reference §4.2, §4.3.
struct AuthResponse {
    private(set) var object = AnswerObject()
    /// What the journal keeps of the request's account.
    private(set) var replacements: RecordedTexts = [:]
    private let outcome: AuthorizationOutcome
    private let call: GatewayCall

    /// Lent, not copied.
    private var transaction: Transaction { _read { yield outcome.boxed.value } }
    private var fields: WireFields { call.fields }

    init(_ outcome: AuthorizationOutcome, _ call: GatewayCall) {
        self.outcome = outcome
        self.call = call
        build()
        replacements["account"] = outcome.token?.text ?? "(\(fields.text("account")?.utf8.count ?? 0) characters)"
    }

    private mutating func build() {
        let told = outcome.told
        addAmount()
        object.add("resptext", told.text)
        if told.status == .approved { addApproval() } else { addDecline() }
        object.add("respcode", told.code)
        object.add("merchid", transaction.bookedMerchant.text)
        object.add("token", ifPresent: outcome.token?.text)
        object.add("respproc", told.processor.text)
        object.add("retref", transaction.reference.text)
        object.add("respstat", told.status.letter)
        addAccount()
        object.add("expiry", ifPresent: transaction.details.expiry?.monthYear)
        addDialect()
        let boxed = outcome.boxed
        FollowUpCall.addOrderID(boxed.value, call, to: &object)
        addInitiation()
        if told.status == .approved { addFeeAndCard() }
        if told.status == .approved, let stored = transaction.details.storedAccount {
            ProfileFields.addIDs(stored, to: &object)
        }
        if !transaction.details.memos.isEmpty { addNotes() }
    }

    private mutating func addAmount() {
        // Most answers approve, and need not be compared.
        let isTimeout =
            outcome.told.status != .approved && outcome.told == call.request.behavior.refusals[.timedOut]?.response
        let asked = isTimeout && call.request.behavior.gateway.timeoutAmount == .requested
        object.add("amount", (asked ? transaction.requested : transaction.approved).decimalText)
        if isTimeout { object.add("setlstat", SettlementText.declined) }
    }

    private mutating func addApproval() {
        object.add("cvvresp", ifPresent: transaction.cvv?.text)
        object.add("avsresp", ifPresent: transaction.avs?.text)
        object.add("authcode", ifPresent: transaction.authorizationCode)
        if let batch = outcome.batch { object.add("batchid", String(batch.number)) }
    }

    private mutating func addDecline() {
        object.add("cardproc", transaction.processor.text)
        if call.profile?.showsVerificationOnDeclines == true {
            object.add("cvvresp", ifPresent: transaction.cvv?.text)
            object.add("avsresp", ifPresent: transaction.avs?.text)
        }
        DeclineFields.addCategory(transaction.extras, to: &object)
        DeclineFields.addAdvice(transaction.extras, to: &object)
        if let association = transaction.extras.association {
            object.add("assocRespCode", association.code)
            object.add("assocRespText", association.text)
        }
    }

    /// The token; the masked number when `tokenize` asks for it; what was sent when that was no account.
    private mutating func addAccount() {
        if let token = outcome.token {
            object.add("account", fields.isYes("tokenize") ? masked(token) : token.text)
        } else if let sent = fields.text("account") {
            object.add("account", secret: sent, recordedAs: "(\(sent.utf8.count) characters)")
        } else {
            object.add("account", "")
        }
    }

    /// `41XXXXXXXXXX1111`: the length of the number, its first two and last four digits.
    private func masked(_ token: CardToken) -> String {
        let digits = Array(token.text)
        let length = accountLength ?? digits.count
        let leading = String(digits.dropFirst().prefix(2))
        return leading + String(repeating: "X", count: max(0, length - 6)) + token.lastFour
    }

    /// The length of a card number that was sent in clear.
    private var accountLength: Int? {
        guard let sent = fields.text("account") else { return nil }
        let compact = AccountText(sent).compacted
        return compact.isDigits ? compact.length : nil
    }

    private mutating func addDialect() {
        // Not taken out of the booking, which would copy all of the profile.
        let booking = outcome.booking
        object.add("commcard", ifPresent: booking.profile.commercialCardText)
        guard booking.profile.ach == nil else { return }
        let isApproved = outcome.told.status == .approved
        if isApproved { object.add("bintype", ifPresent: booking.profile.binTypeText) }
        let reports = isApproved ? booking.profile.reportsEntryMode : booking.profile.reportsEntryModeOnDeclines
        if reports, let mode = transaction.entryMode { object.add("entrymode", mode.cardPointeText) }
        let boxed = outcome.boxed
        if boxed.value.response.processor == booking.profile.name {
            ChipFields.add(boxed.value, booking.profile, call, to: &object)
        }
    }

    /// The surcharge, and with `bin` what is known of the card.
    private mutating func addFeeAndCard() {
        let boxed = outcome.boxed
        FeeFields.add(boxed.value, authorizationCode: boxed.value.authorizationCode, to: &object)
        guard fields.isYes("bin"), call.profile?.looksUpBINs == true, let bin = transaction.account.bin,
            let record = call.request.behavior.bins.record(bin)
        else { return }
        object.add("binInfo", BINDocument.object(record, bin))
    }

    /// A receipt, and where the scenario says so the client's own fields.
    private mutating func addNotes() {
        let boxed = outcome.boxed
        ReceiptFields.add(boxed.value, call, to: &object)
        if call.request.behavior.gateway.repeatsUserFieldsAtOnce { UserFields.add(boxed.value, call, to: &object) }
    }

    private mutating func addInitiation() {
        guard let initiation = transaction.details.initiation else { return }
        object.add("cof", initiation.party == .cardholder ? "C" : "M")
    }
}

extension ResponseStatus {
    /// `respstat`.
    var letter: String {
        switch self {
        case .approved: "A"
        case .retry: "B"
        case .declined: "C"
        }
    }
}

extension EntryMode {
    /// `entrymode` (reference §4.2).
    var cardPointeText: String {
        switch self {
        case .keyed: "Keyed"
        case .telephone: "Moto"
        case .eCommerce: "ECommerce"
        case .recurring: "Recurring"
        case .swiped: "Swipe(Non EMV)"
        case .wallet: "DigitalWallet"
        case .chip: "EMVContact"
        case .contactless, .contactlessStripe: "Contactless"
        case .fallbackSwipe: "Fallback to Swipe"
        case .fallbackKeyed: "Fallback to Keyed"
        }
    }
}
