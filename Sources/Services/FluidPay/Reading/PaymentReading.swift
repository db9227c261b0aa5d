import JSON
import Payments
import Processor

/// The object `payment_method` of requests: exactly one of its kinds. Reference §4.2.
enum PaymentReading {
    private static let kinds: [MemberName] = [
        "card", "ach", "customer", "terminal", "token", "apm", "apple_pay_token", "google_pay_token",
    ]

    static func read(_ fields: WireFields?) throws(CallFault) -> ChargeRequest.Payment {
        guard let fields else { return .missing }
        var given: MemberName?
        for name in kinds {
            guard let value = fields.object.present(name), value.stringValue != "" else { continue }
            guard given == nil else { return .several }
            given = name
        }
        guard let name = given else { return .missing }
        let kind = name.description
        switch kind {
        case "token": return .temporaryToken(try fields.required("token"))
        case "apple_pay_token", "google_pay_token": return .wallet(kind)
        default: break
        }
        guard let part = try fields.fields(name) else { return .missing }
        switch kind {
        case "card": return .card(try card(part))
        case "ach": return .bank(try bank(part))
        case "customer": return .stored(try stored(part))
        case "terminal": return .terminal(ObjectID(try part.required("id")))
        default:
            let type = try part.required("type")
            guard ["alipay", "dragonpay", "wechatpay", "oxxo", "klarna", "sepa"].contains(type) else {
                throw part.invalid("type")
            }
            return .redirect(type: type, returnURL: try part.required("merchant_redirect_url", atMost: 2000))
        }
    }

    static func card(_ fields: WireFields) throws(CallFault) -> ChargeRequest.Card {
        let entry = try fields.nonempty("entry_type") ?? "keyed"
        guard entry == "keyed" || entry == "swiped" else { throw fields.invalid("entry_type") }
        if entry == "swiped", let track = try track(fields) {
            return ChargeRequest.Card(number: track.number, expiry: track.expiry, cvv: nil, entryMode: .swiped)
        }
        guard let number = try fields.nonempty("number") else { throw .invalid("\(fields.path)number is required") }
        return ChargeRequest.Card(
            number: AccountText(number), expiry: expiry(try fields.nonempty("expiration_date")),
            cvv: try cvv(fields), entryMode: entry == "swiped" ? .swiped : .keyed)
    }

    static func cvv(_ fields: WireFields) throws(CallFault) -> CardVerificationValue? {
        if let text = try fields.nonempty("cvc") { return CardVerificationValue(text) }
        return try fields.nonempty("cvv").map { CardVerificationValue($0) }
    }

    /// `MM/YY` or `MMYY`.
    static func expiry(_ text: String?) -> Authorize.ExpiryEntry {
        guard let text else { return .absent }
        guard text.utf8.count == 4 || text.utf8.count == 5, let date = CardExpiry(text) else { return .unreadable }
        return .date(date)
    }

    /// Track 1 (`%B…^NAME^YYMM…?`) or track 2 (`;…=YYMM…?`) in clear; encrypted ones cannot be read here.
    private static func track(
        _ fields: WireFields
    ) throws(CallFault) -> (number: AccountText, expiry: Authorize.ExpiryEntry)? {
        let separator: Character
        var text: String
        if let first = try fields.nonempty("track_1") {
            (text, separator) = (first, "^")
            if text.hasPrefix("%") { text.removeFirst() }
            if text.hasPrefix("B") { text.removeFirst() }
        } else if let second = try fields.nonempty("track_2") {
            (text, separator) = (second, "=")
            if text.hasPrefix(";") { text.removeFirst() }
        } else {
            guard fields.has("encrypted_track_1") || fields.has("encrypted_track_2") else { return nil }
            throw .invalid("encrypted tracks cannot be read in the sandbox")
        }
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let rest = separator == "^" ? parts.dropFirst(2).first : parts.dropFirst().first
        guard parts.count > 1, let rest, rest.utf8.count >= 4 else { throw .invalid("invalid track data") }
        let year = rest.prefix(2)
        let month = rest.dropFirst(2).prefix(2)
        return (AccountText(String(parts[0])), expiry(String(month + year)))
    }

    static func bank(_ fields: WireFields) throws(CallFault) -> ChargeRequest.Bank {
        ChargeRequest.Bank(
            routingNumber: try fields.text("routing_number") ?? "",
            account: AccountText(try fields.text("account_number") ?? ""),
            accountType: (try fields.nonempty("account_type") ?? "checking").lowercased(),
            secCode: (try fields.nonempty("sec_code") ?? "web").lowercased(),
            checkNumber: try fields.text("check_number", atMost: 30) ?? "")
    }

    static func stored(_ fields: WireFields) throws(CallFault) -> ChargeRequest.Stored {
        var stored = ChargeRequest.Stored(customer: ObjectID(try fields.required("id")))
        stored.paymentType = try fields.nonempty("payment_method_type")
        stored.payment = try fields.nonempty("payment_method_id").map { ObjectID($0) }
        stored.billingAddress = try fields.nonempty("billing_address_id").map { ObjectID($0) }
        stored.shippingAddress = try fields.nonempty("shipping_address_id").map { ObjectID($0) }
        stored.cvv = try cvv(fields)
        return stored
    }
}
