import JSON
import Payments
import Processor

/// Bodies of requests to the customer vault. Reference §13.
enum VaultReading {
    /// The account in `default_payment`, or one of its kinds sent by itself.
    static func method(_ fields: WireFields?) throws(CallFault) -> VaultMethod? {
        guard let fields else { return nil }
        let payment = try PaymentReading.read(fields)
        if case .missing = payment { return nil }
        return VaultMethod(payment)
    }

    static func naming(_ fields: WireFields) throws(CallFault) -> CreateCustomer.Naming {
        let id = try fields.nonempty("id")
        guard let format = try fields.nonempty("id_format") else { return id.map { .own($0) } ?? .automatic }
        guard id == nil else { throw .invalid("id and id_format cannot be used together") }
        guard format == "xid_type_last4" else { throw fields.invalid("id_format") }
        return .withAccount
    }

    static func content(_ fields: WireFields) throws(CallFault) -> CustomerContent {
        var content = CustomerContent()
        content.description = try fields.text("description", atMost: 255)
        content.notes = try fields.text("notes", atMost: 1000)
        content.flags = try FlagNames.read("flags", fields)
        let defaults = try fields.fields("defaults") ?? fields
        content.defaultBilling = try defaults.nonempty("billing_address_id").map { ObjectID($0) }
        content.defaultShipping = try defaults.nonempty("shipping_address_id").map { ObjectID($0) }
        content.defaultPayment = try defaults.nonempty("payment_method_id").map { ObjectID($0) }
        content.defaultTender = try tender(defaults)
        return content
    }

    private static func tender(_ fields: WireFields) throws(CallFault) -> Tender? {
        let type = try fields.nonempty("payment_method_type")
        guard (type == nil) == (try fields.nonempty("payment_method_id") == nil) else {
            throw .invalid("payment_method_id and payment_method_type are set together")
        }
        guard let type else { return nil }
        guard let tender = Tender(rawValue: type), tender != .giftCard else {
            throw fields.invalid("payment_method_type")
        }
        return tender
    }

    /// `{"number":…}` for a new card; without a number only what is said of the stored one.
    static func card(_ fields: WireFields, isChange: Bool) throws(CallFault) -> VaultMethod {
        var method: VaultMethod
        if isChange, !fields.has("number"), !fields.has("track_1"), !fields.has("track_2") {
            method = VaultMethod(.missing)
            method.expiry = PaymentReading.expiry(try fields.nonempty("expiration_date"))
        } else {
            method = VaultMethod(.card(try PaymentReading.card(fields)))
        }
        let flags: Set<VaultingDetails.Flag>? = try FlagNames.read("flags", fields)
        if isChange { method.flags = flags }
        method.processor = try processor(fields)
        return method
    }

    static func bank(_ fields: WireFields, isChange: Bool) throws(CallFault) -> VaultMethod {
        var method: VaultMethod
        if isChange, !fields.has("account_number"), !fields.has("routing_number") {
            method = VaultMethod(.missing)
            method.accountType = try fields.nonempty("account_type")?.lowercased()
            method.secCode = try fields.nonempty("sec_code")?.lowercased()
        } else {
            method = VaultMethod(.bank(try PaymentReading.bank(fields)))
        }
        method.processor = try processor(fields)
        return method
    }

    static func token(_ fields: WireFields) throws(CallFault) -> VaultMethod {
        var method = VaultMethod(.temporaryToken(try fields.required("token")))
        method.processor = try processor(fields)
        return method
    }

    private static func processor(_ fields: WireFields) throws(CallFault) -> ObjectID? {
        try fields.nonempty("processor_id").map { ObjectID($0) }
    }
}

/// The words for what a vault does not do. Observed: that of the second address.
enum VaultFaultText {
    static func fault(_ fault: VaultFault) -> CallFault {
        switch fault {
        case .notFound: .notFound
        case .badID: .invalid("invalid id: 2 to 40 characters of a-z, A-Z, 0-9 and .-_^")
        case .idTaken: .invalid("id is already in use")
        case .idFormatNeedsPayment: .invalid("id_format needs a default_payment")
        case .unknown(.address): .invalid("customer address not found")
        case .unknown(.payment): .invalid("customer payment method not found")
        case .duplicateAddress: .refused("invalid: would create a duplicate address")
        case .tooMany(.address): .invalid("the limit of addresses is reached")
        case .tooMany(.payment): .invalid("the limit of payment methods is reached")
        case .tooManyCustomers: .invalid("the limit of customers is reached")
        case .payment(let fault): .charge(fault)
        case .declined: .refused("decline")
        }
    }
}
