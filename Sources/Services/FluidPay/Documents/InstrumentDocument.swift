import JSON
import Payments
import Processor
import Texts

/// `response_body`: what the processor said, under the kind of payment. Reference §5.
struct InstrumentDocument {
    let charged: Charged
    let behavior: Behavior

    init(_ charged: Charged, _ behavior: Behavior) {
        self.charged = charged
        self.behavior = behavior
    }

    private var transaction: Transaction { charged.transaction }
    private var instrument: PaymentOrder.Instrument { charged.order.instrument }
    private var code: String { ResponseNumber.text(transaction.response, charged.processor, behavior) }

    var json: JSONValue {
        if instrument.redirect != nil { return ["apm": redirect] }
        if instrument.terminal != nil { return ["terminal": terminal] }
        return transaction.account.tender == .ach ? ["ach": bank] : ["card": card]
    }

    /// What stands behind the gateway's code; where the table has nothing, the gateway's own words.
    private var processorAnswer: (code: String, text: String) {
        let key = ProcessorAnswerKey(processor: transaction.processor, code: code)
        guard let answer = behavior.accounts.policy.processorAnswers[key] else {
            return ("", transaction.response.text)
        }
        return (answer.code, answer.text.replacing("<authcode>", with: transaction.authorizationCode ?? ""))
    }

    private var response: JSONValue { transaction.isApproved ? "approved" : "declined" }

    private var card: JSONValue {
        let answer = processorAnswer
        return JSONValue(pairs: [
            ("id", .string(instrument.id.text)), ("card_type", .string(brand)),
            ("first_six", .string(transaction.account.bin?.digits ?? "")),
            ("last_four", .string(transaction.account.lastFour)), ("masked_card", .string(instrument.masked)),
            ("expiration_date", .string(expiry)), ("response", response), ("response_code", JSONValue(Int(code) ?? 0)),
            ("auth_code", .string(transaction.authorizationCode ?? "")),
            ("processor_response_code", .string(answer.code)), ("processor_response_text", .string(answer.text)),
            ("processor_transaction_id", .string(ProcessorNumber.text(transaction.id))),
            ("processor_type", .string(transaction.processor.text)),
            ("processor_id", .string(transaction.merchant.id.text)), ("bin_type", .string(level)),
            ("type", .string(instrument.funding)), ("avs_response_code", .string(transaction.avs?.text ?? "")),
            ("cvv_response_code", .string(transaction.cvv?.text ?? "")), ("processor_specific", ""),
            ("created_at", WireTime.unset), ("updated_at", WireTime.unset),
        ])
    }

    private var brand: String { transaction.account.brand?.text.lowercased() ?? "" }

    private var level: String {
        let bin = transaction.account.bin?.digits ?? ""
        let row = behavior.accounts.policy.bins.record(bin, lastFour: transaction.account.lastFour)
        return row.map { $0.level.uppercased() }.flatMap { $0.isEmpty ? nil : $0 } ?? "STANDARD"
    }

    private var expiry: String { transaction.details.expiry.map(ExpiryText.slashed) ?? "" }

    private var bank: JSONValue {
        let answer = processorAnswer
        return JSONValue(pairs: [
            ("id", .string(instrument.id.text)), ("account_type", .string(instrument.accountType)),
            ("masked_account_number", .string(instrument.masked)),
            ("routing_number", .string(instrument.routingNumber)), ("sec_code", .string(instrument.secCode)),
            ("response", response), ("response_code", JSONValue(Int(code) ?? 0)),
            ("auth_code", .string(transaction.authorizationCode ?? "")),
            ("processor_response_code", .string(answer.code)), ("processor_response_text", .string(answer.text)),
            ("processor_type", .string(transaction.processor.text)),
            ("processor_id", .string(transaction.merchant.id.text)), ("processor_specific", .object(JSONObject())),
            ("created_at", WireTime.unset), ("updated_at", WireTime.unset),
        ])
    }

    private var terminal: JSONValue {
        let device = instrument.terminal
        let specific: JSONValue = [
            "BatchNum": .string(charged.batch.map { String($0.number) } ?? ""),
            "Tip": .string(DecimalText.write(device?.tip ?? 0, decimals: 2)),
        ]
        return JSONValue(pairs: [
            ("id", .string(instrument.id.text)), ("terminal_id", .string(device?.id.text ?? "")),
            ("terminal_description", .string(device?.description ?? "")), ("card_type", .string(brand)),
            ("payment_type", .string(instrument.funding)), ("entry_type", "chip"),
            ("first_four", .string(String((transaction.account.bin?.digits ?? "").prefix(4)))),
            ("last_four", .string(transaction.account.lastFour)), ("masked_card", .string(maskedFour)),
            ("cardholder_name", .string(transaction.details.name ?? "")),
            ("auth_code", .string(transaction.authorizationCode ?? "")), ("response_code", JSONValue(Int(code) ?? 0)),
            ("processor_response_text", .string(processorAnswer.text)), ("processor_specific", specific),
            ("emv_aid", "A0000000041010"), ("emv_app_name", .string(brand.uppercased())),
            ("emv_tvr", "0000008000"), ("emv_tsi", "6800"), ("signature_data", ""),
            ("created_at", WireTime.unset), ("updated_at", WireTime.unset),
        ])
    }

    /// Terminals show four leading digits.
    private var maskedFour: String {
        let length = instrument.masked.utf8.count
        let first = (transaction.account.bin?.digits ?? "").prefix(4)
        return first + String(repeating: "*", count: max(0, length - 8)) + transaction.account.lastFour
    }

    private var redirect: JSONValue {
        JSONValue(pairs: [
            ("status", "pending"), ("processor_transaction_id", .string(ProcessorNumber.text(transaction.id))),
            ("transaction_id", .string(charged.id.text)), ("funding_status", ""), ("flags", ""), ("error_msg", ""),
            ("redirect_url", .string(instrument.redirect?.url ?? "")), ("fail_reason", ""),
            ("channel", .string(instrument.redirect?.type ?? "")), ("tag", ""), ("document_code", ""),
        ])
    }
}

/// The processor's own number of a payment: 15 digits.
enum ProcessorNumber {
    static func text(_ id: TransactionID) -> String {
        let digits = String(id.number)
        return String(repeating: "0", count: max(0, 15 - digits.utf8.count)) + digits
    }
}

enum ExpiryText {
    /// `12/30`.
    static func slashed(_ expiry: CardExpiry) -> String {
        expiry.monthYear.prefix(2) + "/" + expiry.monthYear.suffix(2)
    }
}
