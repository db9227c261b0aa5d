import JSON
import Payments
import Processor

/// The body of `POST /api/transaction`. Reference §4.1.
enum ChargeReading {
    static func read(_ fields: WireFields) throws(CallFault) -> ChargeRequest {
        let kind = try kind(fields)
        var request = ChargeRequest(
            kind, payment: try PaymentReading.read(try fields.fields("payment_method")),
            order: PaymentOrder(account: "", user: "", userName: "", kind: kind))
        request.amount = try fields.amount("amount")
        request.baseAmount = try fields.amount("base_amount")
        request.currency = try fields.nonempty("currency")
        request.processor = try fields.nonempty("processor_id").map { ObjectID($0) }
        request.idempotencyKey = try idempotencyKey(fields)
        request.idempotencySeconds = try fields.integer("idempotency_time", in: 0...31_536_000).map { Int64($0) }
        request.allowsPartial = try fields.flag("allow_partial_payment") ?? false
        request.voidsOnSuccess = try fields.flag("void_on_success") ?? false
        request.bypassesRules = try fields.flag("bypass_rule_engine") ?? false
        request.adjustment = try adjustment(fields)
        request.givesSurcharge = fields.has("surcharge")
        request.initiatedBy = try fields.choice("initiated_by", ChargeRequest.Party.self)
        try readOrder(fields, into: &request.order)
        request.splitAmount = try fields.amount("split_transaction_amount")
        try readCalculated(fields, into: &request)
        try readVaultWish(fields, into: &request)
        request.wire = fields
        return request
    }

    private static func kind(_ fields: WireFields) throws(CallFault) -> PaymentOrder.Kind {
        switch try fields.required("type") {
        case "sale": return .sale
        case "authorize": return .authorize
        case "verification": return .verification
        case "credit": return .credit
        default: throw fields.invalid("type")
        }
    }

    private static func idempotencyKey(_ fields: WireFields) throws(CallFault) -> String? {
        guard let key = try fields.nonempty("idempotency_key") else { return nil }
        let isHyphen = [8, 13, 18, 23]
        let isUUID =
            key.utf8.count == 36
            && key.utf8.enumerated().allSatisfy { place, byte in
                if isHyphen.contains(place) { return byte == UInt8(ascii: "-") }
                return Digits.isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
            }
        guard isUUID else { throw fields.invalid("idempotency_key") }
        return key.lowercased()
    }

    private static func adjustment(_ fields: WireFields) throws(CallFault) -> AmountComponent? {
        guard let part = try fields.fields("payment_adjustment") else { return nil }
        guard let type = try part.choice("type", AmountComponent.Kind.self) else { return nil }
        return AmountComponent(type, try part.amount("value") ?? 0)
    }

    private static func readOrder(_ fields: WireFields, into order: inout PaymentOrder) throws(CallFault) {
        order.amounts = try amounts(fields)
        order.description = CardNumberText.masked(try fields.text("description", atMost: 255) ?? "")
        order.orderID = CardNumberText.masked(try fields.text("order_id", atMost: 17) ?? "")
        order.poNumber = CardNumberText.masked(try fields.text("po_number", atMost: 17) ?? "")
        order.ipAddress = try ipAddress(fields)
        order.sendsReceipt = try fields.flag("email_receipt") ?? false
        order.email = try fields.text("email_address", atMost: 254) ?? ""
        if order.sendsReceipt, order.email.isEmpty {
            throw .invalid("email_address is required when email_receipt is true")
        }
        if !order.email.isEmpty, !AddressReading.isEmail(order.email) { throw fields.invalid("email_address") }
        order.shipFromPostalCode = try fields.text("ship_from_postal_code", atMost: 10) ?? ""
        order.commodityCode = try fields.text("summary_commodity_code", atMost: 4) ?? ""
        order.merchantVAT = try fields.text("merchant_vat_registration_number", atMost: 20) ?? ""
        order.customerVAT = try fields.text("customer_vat_registration_number", atMost: 20) ?? ""
        if let part = try fields.fields("billing_address") { order.billing = try AddressReading.read(part) }
        if let part = try fields.fields("shipping_address") { order.shipping = try AddressReading.read(part) }
        try readStoredCredential(fields, into: &order)
        order.memos = try memos(fields)
    }

    private static func amounts(_ fields: WireFields) throws(CallFault) -> PaymentOrder.Amounts {
        var amounts = PaymentOrder.Amounts()
        amounts.tax = try fields.amount("tax_amount") ?? 0
        amounts.shipping = try fields.amount("shipping_amount") ?? 0
        amounts.discount = try fields.amount("discount_amount") ?? 0
        amounts.tip = try fields.amount("tip_amount") ?? 0
        amounts.surcharge = try fields.amount("surcharge") ?? 0
        amounts.nationalTax = try fields.amount("national_tax_amount") ?? 0
        amounts.duty = try fields.amount("duty_amount") ?? 0
        amounts.isTaxExempt = try fields.flag("tax_exempt") ?? false
        return amounts
    }

    /// A v4 or v6 address without port.
    static func ipAddress(_ fields: WireFields) throws(CallFault) -> String {
        guard let text = try fields.nonempty("ip_address") else { return "" }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ Digits.areAll($0) && (Int($0) ?? 256) < 256 }) { return text }
        let isHex = text.utf8.allSatisfy { byte in
            Digits.isDigit(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
                || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
        }
        guard isHex, text.utf8.filter({ $0 == UInt8(ascii: ":") }).count >= 2, text.utf8.count <= 45 else {
            throw fields.invalid("ip_address")
        }
        return text
    }

    private static func readStoredCredential(
        _ fields: WireFields, into order: inout PaymentOrder
    ) throws(CallFault) {
        order.cardOnFile = try word("card_on_file_indicator", ["C", "R"], fields)
        order.billingMethod = try word("billing_method", ["straight", "initial_recurring", "recurring"], fields)
        let indicator = try word("stored_credential_indicator", ["used", "stored"], fields)
        order.initialTransaction = try fields.text("initial_transaction_id", atMost: 40) ?? ""
        if !indicator.isEmpty || !order.cardOnFile.isEmpty, !fields.has("initiated_by") {
            throw .invalid("initiated_by is required for stored credentials")
        }
    }

    private static func word(_ name: MemberName, _ words: [String], _ fields: WireFields) throws(CallFault) -> String {
        guard let text = try fields.nonempty(name) else { return "" }
        guard words.contains(text) else { throw fields.invalid(name) }
        return text
    }

    /// Members that answers repeat as they are.
    private static func memos(_ fields: WireFields) throws(CallFault) -> [TransactionDetails.Memo] {
        try checkDescriptor(fields)
        if let items = try fields.objects("line_items") { for item in items { try checkLineItem(item) } }
        if let status = try fields.nonempty("iias_status"), status != "verified", status != "exempt" {
            throw fields.invalid("iias_status")
        }
        if let additional = try fields.fields("additional_amounts"), let health = try additional.fields("hsa") {
            for name in healthAmounts {
                _ = try health.amount(name)
            }
        }
        return [fields.memo("custom_fields"), fields.memo("line_items")].compactMap(\.self)
    }

    private static let healthAmounts: [MemberName] = [
        "total", "rx_amount", "vision_amount", "clinic_amount", "dental_amount",
    ]
    private static let itemAmounts: [MemberName] = [
        "amount", "tax_amount", "national_tax_amount", "discount_amount", "freight_amount",
    ]
    private static let descriptorTexts: [(MemberName, Int)] = [
        ("name", 38), ("address", 38), ("city", 21), ("state", 2), ("postal_code", 5),
    ]

    private static func checkDescriptor(_ fields: WireFields) throws(CallFault) {
        guard let descriptor = try fields.fields("descriptor") else { return }
        for (name, limit) in descriptorTexts {
            _ = try descriptor.text(name, atMost: limit)
        }
    }

    private static func checkLineItem(_ item: WireFields) throws(CallFault) {
        try LineItemTexts.check(item)
        for name in itemAmounts {
            _ = try item.amount(name)
        }
    }

    /// The answer of a calculation, sent along: its total is charged, its parts are the parts.
    private static func readCalculated(_ fields: WireFields, into request: inout ChargeRequest) throws(CallFault) {
        guard let amounts = try fields.fields("amounts"), let total = try amounts.amount("total") else { return }
        request.calculatedTotal = total
        let included = try amounts.fields("included_amounts")
        func part(_ name: MemberName) throws(CallFault) -> Int64? {
            if let value = try included?.amount(name) { return value }
            return try amounts.amount(name)
        }
        if let tax = try part("tax_amount") { request.order.amounts.tax = tax }
        if let fee = try part("service_fee") { request.order.amounts.serviceFee = fee }
        if let surcharge = try part("surcharge") { request.order.amounts.surcharge = surcharge }
        if let shipping = try part("shipping_amount") { request.order.amounts.shipping = shipping }
        if let discount = try part("discount_amount") { request.order.amounts.discount = discount }
        if let tip = try part("tip_amount") { request.order.amounts.tip = tip }
        request.order.amounts.base = try amounts.amount("subtotal") ?? 0
        if request.baseAmount == nil { request.baseAmount = try amounts.amount("subtotal") }
    }

    private static func readVaultWish(_ fields: WireFields, into request: inout ChargeRequest) throws(CallFault) {
        let customer = try fields.nonempty("create_vault_record_for")
        guard try fields.flag("create_vault_record") == true || customer != nil else { return }
        let format = try fields.nonempty("vault_record_id_format")
        if let format, format != "xid_type_last4" { throw fields.invalid("vault_record_id_format") }
        request.vault = ChargeRequest.VaultWish(customer: customer.map { ObjectID($0) }, idFormat: format)
    }
}

/// How long the texts of a line item may be.
enum LineItemTexts {
    private static let limits: [(MemberName, Int)] = [
        ("name", 50), ("description", 50), ("product_code", 50), ("commodity_code", 12),
    ]

    static func check(_ item: WireFields) throws(CallFault) {
        for (name, limit) in limits { _ = try item.text(name, atMost: limit) }
    }
}
