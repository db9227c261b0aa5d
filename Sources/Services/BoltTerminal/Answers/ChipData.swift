import JSON
import Payments
import Processor
import ServiceKit

/// `emvTagData`: a JSON document inside a text. Stripes and keys have none.
enum ChipData {
    static func text(_ card: CardReading, _ call: BoltCall) -> String? {
        guard let entry = entryMethod(card.entry), let brand = card.brand, let chip = call.settings.chips[brand] else {
            return nil
        }
        let document: JSONValue = [
            "TVR": .string(chip.verificationResults), "PIN": .string(card.enteredPIN ? "Verified by PIN" : "None"),
            "Signature": "false", "Mode": "Issuer", "Network Label": .string(chip.networkLabel),
            "TSI": .string(chip.statusInformation), "Application Preferred Name": .string(chip.preferredName),
            "AID": .string(chip.applicationID), "IAD": .string(chip.issuerData), "Entry method": .string(entry),
            "Application Label": .string(chip.applicationLabel),
        ]
        return document.serializedText()
    }

    private static func entryMethod(_ mode: EntryMode) -> String? {
        switch mode {
        case .chip: "Chip Read"
        case .contactless: "Contactless Chip"
        case .keyed, .telephone, .eCommerce, .recurring, .swiped, .wallet, .fallbackSwipe, .fallbackKeyed: nil
        }
    }
}
