import JSON
import Payments
import Processor
import ServiceKit

/// `emvTagData` of a terminal's payment. Stripes and keys have none.
enum ChipData {
    static func text(_ card: CardReading, _ call: BoltCall, isSigned: Bool) -> String? {
        guard let brand = card.brand, let chip = call.settings.chips[brand] else { return nil }
        var document = ChipDocument(chip, card.entry)
        document.enteredPIN = card.enteredPIN
        document.asksSignature = isSigned
        return document.value?.serializedText()
    }
}
