import Cryptography
import JSON
import Payments
import Processor

/// A payment as answers show it, keys in their documented order. Reference §5.
struct TransactionDocument: WireDocument {
    let charged: Charged
    let behavior: Behavior

    init(_ charged: Charged, _ behavior: Behavior) {
        self.charged = charged
        self.behavior = behavior
    }

    var transaction: Transaction { charged.transaction }
    var order: PaymentOrder { charged.order }

    /// The gateway's number of the processor's answer.
    var code: Int { ResponseNumber.number(transaction.response, charged.processor, behavior) }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeHeading(to: &writer)
        writeAmounts(to: &writer)
        writeProcessing(to: &writer)
        writeTax(to: &writer)
        writeTexts(to: &writer)
        writeCustomer(to: &writer)
        writer.member("response_body") { writeInstrument(to: &$0) }
        writer.member("custom_fields", memo("custom_fields") ?? .object(JSONObject()))
        writer.member("line_items", memo("line_items") ?? .null)
        writer.member("billing_address", AddressDocument(order.billing))
        writer.member("shipping_address", AddressDocument(order.shipping))
        writeTimes(to: &writer)
        for second in charged.second {
            writer.member("split_transaction_response", TransactionDocument(second, behavior))
        }
        writer.endObject()
    }

    private func writeHeading(to writer: inout JSONWriter) {
        writer.member("id", charged.id.text)
        writer.member("user_id", order.user.text)
        writer.member("user_name", order.userName)
        writer.member("merchant_id", order.account.text)
        writer.member("merchant_name", charged.accountName)
        writer.member("idempotency_key", order.idempotencyKey)
        writer.member("idempotency_time", order.idempotencySeconds)
        writer.member("type", order.kind.rawValue)
        writer.member("status", charged.status.wireName)
        writer.member("response", transaction.response.wireName)
        writer.member("response_code", code)
    }

    private func writeAmounts(to writer: inout JSONWriter) {
        writer.member("amount", transaction.requested.minorUnits.magnitude)
        writer.member("base_amount", order.amounts.base)
        writer.member("amount_authorized", transaction.authorized.magnitude)
        writer.member("amount_captured", transaction.captured.magnitude)
        writer.member("amount_settled", charged.settledAmount)
        writer.member("amount_refunded", transaction.refunded)
        writer.member("payment_adjustment", order.amounts.adjustment)
        writer.member("tip_amount", order.amounts.tip)
    }

    private func writeProcessing(to writer: inout JSONWriter) {
        writer.member("processor_id", transaction.merchant.id.text)
        writer.member("processor_type", transaction.processor.text)
        writer.member("processor_name", charged.processor?.name ?? "")
        writer.member("payment_method", order.method.rawValue)
        writer.member("payment_type", paymentType)
        writer.member("features", order.features.map { JSONValue.string($0) })
        writer.member("national_tax_amount", order.amounts.nationalTax)
        writer.member("duty_amount", order.amounts.duty)
    }

    private var paymentType: String {
        if order.instrument.redirect != nil { return "apm" }
        return transaction.account.tender == .ach ? "ach" : "card"
    }

    private func writeTax(to writer: inout JSONWriter) {
        writer.member("ship_from_postal_code", order.shipFromPostalCode)
        writer.member("summary_commodity_code", order.commodityCode)
        writer.member("merchant_vat_registration_number", order.merchantVAT)
        writer.member("customer_vat_registration_number", order.customerVAT)
        writer.member("tax_amount", order.amounts.tax)
        writer.member("tax_exempt", order.amounts.isTaxExempt)
        writer.member("shipping_amount", order.amounts.shipping)
        writer.member("surcharge", order.amounts.surcharge)
        writer.member("discount_amount", order.amounts.discount)
        writer.member("service_fee", order.amounts.serviceFee)
    }

    private func writeTexts(to writer: inout JSONWriter) {
        writer.member("currency", transaction.requested.currency.code.lowercased())
        writer.member("description", order.description)
        writer.member("settlement_batch_id", charged.settledAt == nil ? "" : charged.batch.map(BatchName.id) ?? "")
        writer.member("order_id", order.orderID)
        writer.member("po_number", order.poNumber)
        writer.member("ip_address", order.ipAddress)
        writer.member("transaction_source", order.source.wireName)
        writer.member("email_receipt", order.sendsReceipt)
        writer.member("email_address", order.email)
    }

    private func writeCustomer(to writer: inout JSONWriter) {
        writer.member("customer_id", order.customer.text)
        writer.member("customer_payment_type", order.customerPaymentType)
        writer.member("customer_payment_id", order.customerPayment.text)
        writer.member("subscription_id", order.subscription.text)
        writer.member("referenced_transaction_id", order.referenced.text)
    }

    private func writeTimes(to writer: inout JSONWriter) {
        writer.member("created_at", at: transaction.createdAt)
        writer.member("updated_at", at: charged.updatedAt)
        writer.member("captured_at", at: transaction.capturedAt)
        writer.member("settled_at", at: charged.settledAt)
    }

    private func memo(_ name: String) -> JSONValue? { order.memo(name).flatMap { StoredJSON.value($0) } }
}

/// JSON that was kept as text.
enum StoredJSON {
    static func value(_ text: String) -> JSONValue? {
        do throws(JSONError) { return try JSONValue(parsing: text, limits: .widest) } catch { return nil }
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

/// An address as answers show it.
struct AddressDocument: WireDocument {
    private let address: PostalAddress

    init(_ address: PostalAddress) { self.address = address }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("first_name", address.firstName)
        writer.member("last_name", address.lastName)
        writer.member("company", address.company)
        writer.member("address_line_1", address.line1)
        writer.member("address_line_2", address.line2)
        writer.member("city", address.city)
        writer.member("state", address.state)
        writer.member("postal_code", address.postalCode)
        writer.member("country", address.country)
        writer.member("phone", address.phone)
        writer.member("fax", address.fax)
        writer.member("email", address.email)
        writer.endObject()
    }

    /// The same for what is put together as a tree.
    static func members(_ address: PostalAddress) -> [(String, JSONValue)] {
        AddressMembers.all.map { ($0.name.description, .string($0.text(address))) }
    }
}

/// The members of addresses, which searches can name, too.
enum AddressMembers {
    static let all: [(name: MemberName, text: @Sendable (PostalAddress) -> String)] = [
        ("first_name", { $0.firstName }), ("last_name", { $0.lastName }), ("company", { $0.company }),
        ("address_line_1", { $0.line1 }), ("address_line_2", { $0.line2 }), ("city", { $0.city }),
        ("state", { $0.state }), ("postal_code", { $0.postalCode }), ("country", { $0.country }),
        ("phone", { $0.phone }), ("fax", { $0.fax }), ("email", { $0.email }),
    ]
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
    var wireName: String {
        switch self {
        case .unknown: "unknown"
        case .pending: "pending"
        case .declined: "declined"
        case .authorized: "authorized"
        case .pendingSettlement: "pending_settlement"
        case .settled: "settled"
        case .voided: "voided"
        case .refunded: "refunded"
        case .partiallyRefunded: "partially_refunded"
        case .returned: "returned"
        case .lateReturn: "late_return"
        }
    }
}

extension PaymentOrder.Source {
    var wireName: String { self == .controlPanel ? "cp" : rawValue }
}

/// `partiallyRefunded` is `partially_refunded` on the wire.
enum WireName {
    static func snake(_ name: String) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            let isUppercase = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            if isUppercase { bytes.append(UInt8(ascii: "_")) }
            bytes.append(isUppercase ? byte | 0x20 : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `partially_refunded` is `partiallyRefunded` inside.
    static func camel(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
