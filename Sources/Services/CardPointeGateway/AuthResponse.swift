import JSON
import Payments
import Processor
import ServiceKit

/// The body of an `auth` answer. Source: reference §4.2, §4.3.
struct AuthResponse {
    private let outcome: AuthorizationOutcome
    /// Of the outcome. Behind a reference, so that its parts are read without a copy of the whole.
    private let recorded: Boxed<Transaction>
    private let call: GatewayCall

    private var fields: WireFields { call.fields }

    init(_ outcome: AuthorizationOutcome, _ call: GatewayCall) {
        self.outcome = outcome
        recorded = outcome.boxed
        self.call = call
    }

    /// What the journal keeps of the request's account.
    var recordedAccount: RecordedText {
        RecordedText(
            of: "account", outcome.token?.text ?? "(\(fields.text("account")?.utf8.count ?? 0) characters)")
    }

    var object: AnswerObject {
        var object = AnswerObject()
        write(to: &object)
        return object
    }

    private func write(to object: inout AnswerObject) {
        let told = outcome.told
        addAmount(to: &object)
        object.add("resptext", told.text)
        if told.status == .approved { addApproval(to: &object) } else { addDecline(to: &object) }
        object.add("respcode", told.code)
        object.add("merchid", recorded.value.bookedMerchant.text)
        object.add("token", ifPresent: outcome.token?.text)
        object.add("respproc", told.processor.text)
        object.add("retref", recorded.value.reference.text)
        object.add("respstat", told.status.letter)
        addAccount(to: &object)
        object.add("expiry", ifPresent: recorded.value.details.expiry?.monthYear)
        addDialect(to: &object)
        FollowUpCall.addOrderID(recorded.value, call, to: &object)
        addInitiation(to: &object)
        if told.status == .approved { addFeeAndCard(to: &object) }
        if told.status == .approved, let stored = recorded.value.details.storedAccount {
            ProfileFields.addIDs(stored, to: &object)
        }
        if !recorded.value.details.memos.isEmpty { addNotes(to: &object) }
    }

    private func addAmount(to object: inout AnswerObject) {
        // Most answers approve, and need not be compared.
        let isTimeout =
            outcome.told.status != .approved && outcome.told == call.request.behavior.refusals[.timedOut]?.response
        let asked = isTimeout && call.request.behavior.gateway.timeoutAmount == .requested
        object.add("amount", (asked ? recorded.value.requested : recorded.value.approved).decimalText)
        if isTimeout { object.add("setlstat", SettlementText.declined) }
    }

    private func addApproval(to object: inout AnswerObject) {
        object.add("cvvresp", ifPresent: recorded.value.cvv?.text)
        object.add("avsresp", ifPresent: recorded.value.avs?.text)
        object.add("authcode", ifPresent: recorded.value.authorizationCode)
        if let batch = outcome.batch { object.add("batchid", String(batch.number)) }
    }

    private func addDecline(to object: inout AnswerObject) {
        object.add("cardproc", recorded.value.processor.text)
        if call.profile?.value.showsVerificationOnDeclines == true {
            object.add("cvvresp", ifPresent: recorded.value.cvv?.text)
            object.add("avsresp", ifPresent: recorded.value.avs?.text)
        }
        DeclineFields.addCategory(recorded.value.extras, to: &object)
        DeclineFields.addAdvice(recorded.value.extras, to: &object)
        if let association = recorded.value.extras.association {
            object.add("assocRespCode", association.code)
            object.add("assocRespText", association.text)
        }
    }

    /// The token; the masked number when `tokenize` asks for it; what was sent when that was no account.
    private func addAccount(to object: inout AnswerObject) {
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

    private func addDialect(to object: inout AnswerObject) {
        // Not taken out of the booking, which would copy all of the profile.
        let booking = outcome.booking
        object.add("commcard", ifPresent: booking.profile.commercialCardText)
        guard booking.profile.ach == nil else { return }
        let isApproved = outcome.told.status == .approved
        if isApproved { object.add("bintype", ifPresent: booking.profile.binTypeText) }
        let reports = isApproved ? booking.profile.reportsEntryMode : booking.profile.reportsEntryModeOnDeclines
        if reports, let mode = recorded.value.entryMode { object.add("entrymode", mode.cardPointeText) }
        if recorded.value.response.processor == booking.profile.name {
            ChipFields.add(recorded.value, booking.profile, call, to: &object)
        }
    }

    /// The surcharge, and with `bin` what is known of the card.
    private func addFeeAndCard(to object: inout AnswerObject) {
        if recorded.value.fee != nil {
            FeeFields.add(recorded.value, authorizationCode: recorded.value.authorizationCode, to: &object)
        }
        guard fields.isYes("bin"), call.profile?.value.looksUpBINs == true, let bin = recorded.value.account.bin,
            let record = call.request.behavior.bins.record(bin)
        else { return }
        object.add("binInfo", BINDocument.object(record, bin))
    }

    /// A receipt, and where the scenario says so the client's own fields.
    private func addNotes(to object: inout AnswerObject) {
        ReceiptFields.add(recorded.value, call, to: &object)
        if call.request.behavior.gateway.repeatsUserFieldsAtOnce { UserFields.add(recorded.value, call, to: &object) }
    }

    private func addInitiation(to object: inout AnswerObject) {
        guard let initiation = recorded.value.details.initiation else { return }
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
