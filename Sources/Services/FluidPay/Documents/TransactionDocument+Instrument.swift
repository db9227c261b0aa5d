import JSON
import Payments
import Processor

/// `response_body`: what the processor said, under the kind of payment. Reference §5.
extension TransactionDocument {
    private var instrument: PaymentOrder.Instrument { charged.order.instrument }

    func writeInstrument(to writer: inout JSONWriter) {
        if instrument.redirect != nil {
            writer.member("apm") { writeRedirect(to: &$0) }
        } else if instrument.terminal != nil {
            writer.member("terminal") { writeTerminal(to: &$0) }
        } else if transaction.account.tender == .ach {
            writer.member("ach") { writeBank(to: &$0) }
        } else {
            writer.member("card") { writeCard(to: &$0) }
        }
    }

    private func writeCard(to writer: inout JSONWriter) {
        writer.member("id", instrument.id.text)
        writer.member("card_type", brand)
        writer.member("first_six", leadingDigits)
        writer.member("last_four", transaction.account.lastFour)
        writer.member("masked_card", instrument.masked)
        writer.member("expiration_date", transaction.details.expiry.map(ExpiryText.slashed) ?? "")
        writeAnswer(to: &writer)
        writer.member("processor_transaction_id", ProcessorNumber.text(transaction.id))
        writeProcessor(to: &writer)
        writer.member("bin_type", level)
        writer.member("type", instrument.funding)
        writer.member("avs_response_code", transaction.avs?.text ?? "")
        writer.member("cvv_response_code", transaction.cvv?.text ?? "")
        writer.member("processor_specific", "")
        writeUnsetTimes(to: &writer)
    }

    private func writeBank(to writer: inout JSONWriter) {
        writer.member("id", instrument.id.text)
        writer.member("account_type", instrument.accountType)
        writer.member("masked_account_number", instrument.masked)
        writer.member("routing_number", instrument.routingNumber)
        writer.member("sec_code", instrument.secCode)
        writeAnswer(to: &writer)
        writeProcessor(to: &writer)
        writer.member("processor_specific") { _ in }
        writeUnsetTimes(to: &writer)
    }

    private func writeTerminal(to writer: inout JSONWriter) {
        let device = instrument.terminal
        writer.member("id", instrument.id.text)
        writer.member("terminal_id", device?.id.text ?? "")
        writer.member("terminal_description", device?.description ?? "")
        writer.member("card_type", brand)
        writer.member("payment_type", instrument.funding)
        writer.member("entry_type", "chip")
        writer.member("first_four", String(leadingDigits.prefix(4)))
        writer.member("last_four", transaction.account.lastFour)
        writer.member("masked_card", maskedFour)
        writer.member("cardholder_name", transaction.details.name ?? "")
        writer.member("auth_code", transaction.authorizationCode ?? "")
        writer.member("response_code", code)
        writer.member("processor_response_text", processorAnswer.text)
        writer.member("processor_specific") { writer in
            writer.member("BatchNum", charged.batch.map { String($0.number) } ?? "")
            writer.member("Tip", DecimalText.write(device?.tip ?? 0, decimals: 2))
        }
        writer.member("emv_aid", "A0000000041010")
        writer.member("emv_app_name", brand.uppercased())
        writer.member("emv_tvr", "0000008000")
        writer.member("emv_tsi", "6800")
        writer.member("signature_data", "")
        writeUnsetTimes(to: &writer)
    }

    private func writeRedirect(to writer: inout JSONWriter) {
        writer.member("status", "pending")
        writer.member("processor_transaction_id", ProcessorNumber.text(transaction.id))
        writer.member("transaction_id", charged.id.text)
        writer.member("funding_status", "")
        writer.member("flags", "")
        writer.member("error_msg", "")
        writer.member("redirect_url", instrument.redirect?.url ?? "")
        writer.member("fail_reason", "")
        writer.member("channel", instrument.redirect?.type ?? "")
        writer.member("tag", "")
        writer.member("document_code", "")
    }

    // MARK: - What several kinds have

    private func writeAnswer(to writer: inout JSONWriter) {
        let answer = processorAnswer
        writer.member("response", transaction.isApproved ? "approved" : "declined")
        writer.member("response_code", code)
        writer.member("auth_code", transaction.authorizationCode ?? "")
        writer.member("processor_response_code", answer.code)
        writer.member("processor_response_text", answer.text)
    }

    private func writeProcessor(to writer: inout JSONWriter) {
        writer.member("processor_type", transaction.processor.text)
        writer.member("processor_id", transaction.merchant.id.text)
    }

    private func writeUnsetTimes(to writer: inout JSONWriter) {
        writer.member("created_at", WireTime.unsetText)
        writer.member("updated_at", WireTime.unsetText)
    }

    // MARK: - Words

    /// What stands behind the gateway's code; where the table has nothing, the gateway's own words.
    private var processorAnswer: (code: String, text: String) {
        let code = ResponseNumber.text(transaction.response, charged.processor, behavior)
        let key = ProcessorAnswerKey(processor: transaction.processor, code: code)
        guard let answer = behavior.accounts.policy.processorAnswers[key] else {
            return ("", transaction.response.text)
        }
        return (answer.code, AuthorizationCodePlace.filled(answer.text, with: transaction.authorizationCode ?? ""))
    }

    private var brand: String { transaction.account.brand?.text.lowercased() ?? "" }

    private var leadingDigits: String { transaction.account.bin?.digits ?? "" }

    private var level: String {
        let row = behavior.accounts.policy.bins.record(leadingDigits, lastFour: transaction.account.lastFour)
        return row.map { $0.level.uppercased() }.flatMap { $0.isEmpty ? nil : $0 } ?? "STANDARD"
    }

    /// Terminals show four leading digits.
    private var maskedFour: String {
        let length = instrument.masked.utf8.count
        return leadingDigits.prefix(4) + String(repeating: "*", count: max(0, length - 8))
            + transaction.account.lastFour
    }
}

/// `<authcode>` in the scenario's words.
enum AuthorizationCodePlace {
    private static let mark = Array("<authcode>".utf8)

    /// The text with a code in its places.
    static func filled(_ text: String, with code: String) -> String {
        text.withBytes { bytes in
            guard bytes.contains(UInt8(ascii: "<")) else { return text }
            var filled: [UInt8] = []
            var rest = bytes[...]
            while let byte = rest.first {
                let isMark = byte == UInt8(ascii: "<") && rest.starts(with: mark)
                if isMark { filled.append(contentsOf: code.utf8) } else { filled.append(byte) }
                rest = rest.dropFirst(isMark ? mark.count : 1)
            }
            return String(decoding: filled, as: UTF8.self)
        }
    }
}

/// The processor's own number of a payment: 15 digits.
enum ProcessorNumber {
    static func text(_ id: TransactionID) -> String {
        PaddedDigits.text(UInt64(clamping: id.number), width: max(15, String(id.number).utf8.count))
    }
}

enum ExpiryText {
    /// `12/30`.
    static func slashed(_ expiry: CardExpiry) -> String {
        PaddedDigits.text(UInt64(clamping: expiry.month), width: 2) + "/"
            + PaddedDigits.text(UInt64(clamping: expiry.year % 100), width: 2)
    }
}
