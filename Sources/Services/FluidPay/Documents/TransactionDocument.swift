import Cryptography
import JSON
import Payments
import Processor

/// A payment as answers show it, keys in their documented order. Reference §5.
struct TransactionDocument {
    let charged: Charged
    let behavior: Behavior

    init(_ charged: Charged, _ behavior: Behavior) {
        self.charged = charged
        self.behavior = behavior
    }

    private var transaction: Transaction { charged.transaction }
    private var order: PaymentOrder { charged.order }
    private var code: Int { ResponseNumber.number(transaction.response, charged.processor, behavior) }

    var json: JSONValue {
        var object = JSONObject(pairs: heading + amounts)
        for (name, value) in texts + ends { object.append(name, value) }
        for second in charged.second {
            object.append("split_transaction_response", TransactionDocument(second, behavior).json)
        }
        return .object(object)
    }

    private var heading: [(String, JSONValue)] {
        [
            ("id", .string(charged.id.text)), ("user_id", .string(order.user.text)),
            ("user_name", .string(order.userName)), ("merchant_id", .string(order.account.text)),
            ("merchant_name", .string(charged.accountName)), ("idempotency_key", .string(order.idempotencyKey)),
            ("idempotency_time", JSONValue(order.idempotencySeconds)), ("type", .string(order.kind.rawValue)),
            ("status", .string(charged.status.wireName)), ("response", .string(transaction.response.wireName)),
            ("response_code", JSONValue(code)),
        ]
    }

    private var amounts: [(String, JSONValue)] {
        let parts = order.amounts
        return [
            ("amount", JSONValue(transaction.requested.minorUnits.magnitude)), ("base_amount", JSONValue(parts.base)),
            ("amount_authorized", JSONValue(transaction.authorized.magnitude)),
            ("amount_captured", JSONValue(transaction.captured.magnitude)),
            ("amount_settled", JSONValue(charged.settledAmount)), ("amount_refunded", JSONValue(transaction.refunded)),
            ("payment_adjustment", JSONValue(parts.adjustment)), ("tip_amount", JSONValue(parts.tip)),
            ("processor_id", .string(transaction.merchant.id.text)),
            ("processor_type", .string(transaction.processor.text)),
            ("processor_name", .string(charged.processor?.name ?? "")),
            ("payment_method", .string(order.method.rawValue)), ("payment_type", .string(paymentType)),
            ("features", .array(order.features.map { .string($0) })),
            ("national_tax_amount", JSONValue(parts.nationalTax)), ("duty_amount", JSONValue(parts.duty)),
        ]
    }

    private var paymentType: String {
        if order.instrument.redirect != nil { return "apm" }
        return transaction.account.tender == .ach ? "ach" : "card"
    }

    private var texts: [(String, JSONValue)] {
        let parts = order.amounts
        return [
            ("ship_from_postal_code", .string(order.shipFromPostalCode)),
            ("summary_commodity_code", .string(order.commodityCode)),
            ("merchant_vat_registration_number", .string(order.merchantVAT)),
            ("customer_vat_registration_number", .string(order.customerVAT)), ("tax_amount", JSONValue(parts.tax)),
            ("tax_exempt", JSONValue(parts.isTaxExempt)), ("shipping_amount", JSONValue(parts.shipping)),
            ("surcharge", JSONValue(parts.surcharge)), ("discount_amount", JSONValue(parts.discount)),
            ("service_fee", JSONValue(parts.serviceFee)),
            ("currency", .string(transaction.requested.currency.code.lowercased())),
            ("description", .string(order.description)),
            ("settlement_batch_id", .string(charged.settledAt == nil ? "" : charged.batch.map(BatchName.id) ?? "")),
            ("order_id", .string(order.orderID)), ("po_number", .string(order.poNumber)),
            ("ip_address", .string(order.ipAddress)), ("transaction_source", .string(order.source.wireName)),
            ("email_receipt", JSONValue(order.sendsReceipt)), ("email_address", .string(order.email)),
            ("customer_id", .string(order.customer.text)),
            ("customer_payment_type", .string(order.customerPaymentType)),
            ("customer_payment_id", .string(order.customerPayment.text)),
            ("subscription_id", .string(order.subscription.text)),
            ("referenced_transaction_id", .string(order.referenced.text)),
        ]
    }

    private var ends: [(String, JSONValue)] {
        [
            ("response_body", InstrumentDocument(charged, behavior).json),
            ("custom_fields", memo("custom_fields") ?? .object(JSONObject())),
            ("line_items", memo("line_items") ?? .null), ("billing_address", AddressDocument.json(order.billing)),
            ("shipping_address", AddressDocument.json(order.shipping)),
            ("created_at", WireTime.json(transaction.createdAt)), ("updated_at", WireTime.json(charged.updatedAt)),
            ("captured_at", WireTime.json(transaction.capturedAt)), ("settled_at", WireTime.json(charged.settledAt)),
        ]
    }

    private func memo(_ name: String) -> JSONValue? { order.memo(name).flatMap { StoredJSON.value($0) } }
}

/// JSON that was kept as text.
enum StoredJSON {
    static func value(_ text: String) -> JSONValue? {
        do throws(JSONError) { return try JSONValue(parsing: text) } catch { return nil }
    }
}

/// The gateway's number for an answer of a table. Refusals of tables that are not the processor's own have two numbers
/// of the scenario.
enum ResponseNumber {
    static func text(_ response: ResponseCode, _ processor: GatewayProcessor?, _ behavior: Behavior) -> String {
        if response.processor == processor?.type { return response.code }
        let silent = behavior.refusals.answer(to: .timedOut).response
        let policy = behavior.accounts.policy
        return response.processor == silent.processor && response.code == silent.code
            ? policy.silentProcessorCode : policy.refusalCode
    }

    static func number(_ response: ResponseCode, _ processor: GatewayProcessor?, _ behavior: Behavior) -> Int {
        Int(text(response, processor, behavior)) ?? 0
    }
}

/// Ids of batches: the ledger numbers them for each merchant, answers want 20 characters.
enum BatchName {
    static func id(_ batch: BatchID) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        let hash = SHA256.hash("batch \(batch.merchant) \(batch.number)").bytes
        return String(decoding: hash.prefix(20).map { digits[Int($0 & 31)] }, as: UTF8.self)
    }
}

enum AddressDocument {
    static func json(_ address: PostalAddress) -> JSONValue { JSONValue(pairs: members(address)) }

    static func members(_ address: PostalAddress) -> [(String, JSONValue)] {
        [
            ("first_name", .string(address.firstName)), ("last_name", .string(address.lastName)),
            ("company", .string(address.company)), ("address_line_1", .string(address.line1)),
            ("address_line_2", .string(address.line2)), ("city", .string(address.city)),
            ("state", .string(address.state)), ("postal_code", .string(address.postalCode)),
            ("country", .string(address.country)), ("phone", .string(address.phone)), ("fax", .string(address.fax)),
            ("email", .string(address.email)),
        ]
    }
}

extension ResponseCode {
    var wireName: String {
        switch status {
        case .approved: "approved"
        case .retry: "pending"
        case .declined: "declined"
        }
    }
}

extension ChargeStatus {
    var wireName: String { WireName.snake(rawValue) }
}

extension PaymentOrder.Source {
    var wireName: String { self == .controlPanel ? "cp" : rawValue }
}

/// `partiallyRefunded` is `partially_refunded` on the wire.
enum WireName {
    static func snake(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase { result += "_" }
            result += character.lowercased()
        }
        return result
    }

    /// `partially_refunded` is `partiallyRefunded` inside.
    static func camel(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
