import Cryptography
import JSON
import Payments
import Processor
import ServiceKit

/// `emv` and `emvTagData`: what terminals print, and what they hand back to the chip (reference §4.2, §18).
enum ChipFields {
    static func add(
        _ transaction: Transaction, _ profile: ProcessorProfile, _ call: GatewayCall, to object: inout AnswerObject
    ) {
        guard let document = document(transaction, profile, call) else { return }
        object.add("emv", issuerData(transaction))
        object.add("emvTagData", document)
    }

    /// Nil where no chip was read, or the processor tells nothing of it.
    static func document(
        _ transaction: Transaction, _ profile: ProcessorProfile, _ call: GatewayCall
    ) -> String? {
        guard profile.reportsChipData, let mode = transaction.entryMode, mode == .chip || mode == .contactless,
            let chip = transaction.account.brand.flatMap({ call.request.behavior.terminals.chips[$0] })
        else { return nil }
        var document = ChipDocument(chip, mode)
        document.enteredPIN = transaction.details.isPINDebit
        document.responseCode = responseCode(transaction)
        let floor = chip.signatureFloor ?? .max
        document.asksSignature = !transaction.details.isPINDebit && transaction.approved.minorUnits >= floor
        return document.value?.serializedText()
    }

    /// The authorization response code (EMV tag 8A): two characters, however long the processor's own code is.
    private static func responseCode(_ transaction: Transaction) -> String {
        if transaction.isApproved { return "00" }
        return transaction.response.status == .retry ? "91" : "05"
    }

    /// Tags 91 (issuer authentication data: eight bytes of cryptogram, and the response code) and 8A. No chip checks
    /// the cryptogram here; it is the same whenever the same payment is played again.
    private static func issuerData(_ transaction: Transaction) -> String {
        let code = Array(responseCode(transaction).utf8)
        let seal = SHA256.hash("\(transaction.reference.text) \(transaction.authorizationCode ?? "")")
        return Hex.encode([0x91, 0x0A] + seal.bytes.prefix(8) + code + [0x8A, 0x02] + code).uppercased()
    }
}
