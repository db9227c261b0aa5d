import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `auth`: an authorization, a sale with `capture`, a verification of zero, a credit when negative. Reference §4.
enum AuthEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        do throws(JournalFault) {
            let performed = try call.request.world.perform(command(call))
            let reply = AuthResponse(performed.outcome, call)
            var answer = call.answer(reply.object, replacing: reply.recordedAccount)
            answer.follow(performed.recorded)
            return answer
        } catch {
            return call.failed(error)
        }
    }

    private static func command(_ call: GatewayCall) -> Authorize {
        let survey = MemberSurvey(call)
        let fields = survey.fields
        let decimals = call.profile?.value.currency.decimals ?? 2
        var command = Authorize(
            service: "cardpointe", merchant: call.merchant,
            source: AuthFields.source(
                fields, else: CardPresentFields.source(fields, now: call.request.world.now)),
            amount: fields.amount("amount", decimals: decimals) ?? .missing)
        command.currency = fields.text("currency")
        command.expiry = AuthFields.expiry(fields.text("expiry"))
        command.cvv = fields.text("cvv2").map { CardVerificationValue($0) }
        command.postalCode = fields.text("postal") ?? call.request.behavior.gateway.defaultPostalCode
        command.address = fields.text("address") ?? fields.text("street")
        command.country = fields.text("country")
        command.capturesAtOnce = fields.isYes("capture")
        command.orderID = fields.text("orderid").map { OrderID($0) }
        command.name = fields.text("name")
        command.entryMode = entryMode(fields.text("ecomind"))
        command.initiation = initiation(fields)
        command.voiceAuthorizationCode = fields.text("authcode")
        command.batchSource = fields.text("batchsource").map { BatchSource($0) }
        command.bankEntry = BankEntry(
            code: fields.text("achEntryCode"), origin: fields.text("ecomind"),
            description: fields.text("achDescription"))
        command.memos = memos(fields)
        command.malformed = survey.refused
        add(survey, decimals, to: &command)
        AuthFields.addCustomer(fields, to: &command)
        CardPresentFields.addPIN(fields, to: &command)
        if let checks = call.request.behavior.gateway.authentication {
            AuthenticationFields.check(fields, checks, &command)
        }
        command.signature = SignatureEndpoint.entry(fields)
        command.wire = fields
        return command
    }

    private static func entryMode(_ ecomind: String?) -> EntryMode {
        switch ecomind?.uppercased() {
        case "E": .eCommerce
        case "T": .telephone
        case "R": .recurring
        default: .keyed
        }
    }

    private static func initiation(_ fields: WireFields) -> Initiation? {
        let isScheduled = fields.isYes("cofscheduled")
        switch fields.text("cof")?.uppercased() {
        case "C": return Initiation(party: .cardholder, isScheduled: isScheduled)
        case "M": return Initiation(party: .merchant, isScheduled: isScheduled)
        default: return nil
        }
    }

    /// What only some payments have: user fields, a receipt, level 2 and level 3 data.
    private static func add(_ survey: MemberSurvey, _ decimals: Int, to command: inout Authorize) {
        guard !survey.features.isEmpty else { return }
        command.memos += survey.memos
        command.terminal = survey.fields.text("termid")
        if survey.features.contains(.purchase) {
            command.purchase = Boxed(PurchaseFields.read(survey, decimals: decimals))
        }
    }

    /// Members that `inquire` repeats.
    private static let repeated: [FieldName] = ["secureflag", "securevalue", "securedstid", "secureexemption"]

    private static func memos(_ fields: WireFields) -> [TransactionDetails.Memo] {
        var memos: [TransactionDetails.Memo] = []
        for name in repeated {
            if let memo = fields.memo(name) { memos.append(memo) }
        }
        return memos
    }
}

/// Members that authorizations and profiles have in common.
enum AuthFields {
    /// - Parameter other: what pays when there is no `account`.
    static func source(_ fields: WireFields, else other: @autoclosure () -> PaymentSource = .missing) -> PaymentSource {
        guard let account = fields.text("account") else { return other() }
        let text = AccountText(account)
        if let routing = fields.text("bankaba"), !TokenShape.fits(text.compacted) {
            return .bank(text.bankAccount(routingNumber: routing))
        }
        return .account(text)
    }

    static func expiry(_ text: String?) -> Authorize.ExpiryEntry {
        guard let text else { return .absent }
        return CardExpiry(text).map { .date($0) } ?? .unreadable
    }
}
