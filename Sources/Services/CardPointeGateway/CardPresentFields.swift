import Payments
import Processor
import ServiceKit

/// Members of payments whose card was there: `track`, and what goes with a PIN (reference §4.1, §13.7).
enum CardPresentFields {
    /// What stands in place of `account`: a stripe in clear, or what a reader or a wallet encrypted. Some clients send
    /// that in the tokenizer's member `devicedata`.
    static func source(_ fields: WireFields, now: @autoclosure () -> Instant) -> PaymentSource {
        guard let text = fields.text("track") ?? fields.text("devicedata") else { return .missing }
        let stripe = AccountText(text)
        if MagneticStripe.isClear(stripe) { return .stripe(stripe) }
        do throws(TokenizerInputFault) {
            return .device(try EncryptedPayload.read(text, now: now()))
        } catch {
            let handler = EncryptedPayload.isOfWallet(text) ? DevicePayload.Handler.applePay : .reader
            return .unreadable(Refusal(.fault(error.fault), of: handler))
        }
    }

    /// A PIN comes with a card that was read, or where `accttype` says so. Neither block nor key goes anywhere.
    static func addPIN(_ fields: WireFields, to command: inout Authorize) {
        if case .account = command.source, fields.text("accttype")?.isSameWord("PDEBIT") != true { return }
        guard let block = fields.text("pinblock") ?? fields.text("pin") else {
            command.isPINDebit = fields.text("accttype")?.isSameWord("PDEBIT") == true
            return
        }
        command.isPINDebit = true
        let serial = fields.text("ksn")
        // An encrypted PIN has eight bytes (ISO 9564-1); the serial number of its key ten, or more with AES.
        let isGood = isHexadecimal(block, 16...32) && serial.map { isHexadecimal($0, 16...24) } == true
        if !isGood { command.formFault = .invalidField }
    }

    private static func isHexadecimal(_ text: String, _ lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy(isHexadecimal)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        Digits.isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte & 0xDF)
    }
}

/// The members of 3-D Secure. UAT takes what it gets (reference §19); a scenario can have them checked.
enum AuthenticationFields {
    /// Longest text of each, as documented.
    private static let lengths: [(FieldName, Int)] = [
        ("secureflag", 2), ("securevalue", 32), ("securedstid", 36), ("securexid", 64), ("secureexemption", 8),
    ]

    /// The cardholder authentication value is good for one payment: the journal does not keep it.
    static func isSecret(_ name: String) -> Bool { name == "securevalue" }

    static func check(_ fields: WireFields, _ checks: AuthenticationChecks, _ command: inout Authorize) {
        for (name, longest) in lengths where (fields.text(name)?.utf8.count ?? 0) > longest {
            command.formFault = .invalidField
        }
        if let flag = fields.text("secureflag"), !checks.flags.contains(flag) { command.formFault = .invalidField }
        if let exemption = fields.text("secureexemption"),
            !checks.exemptions.contains(where: { $0.isSameWord(exemption) })
        {
            command.formFault = .invalidField
        }
    }
}
