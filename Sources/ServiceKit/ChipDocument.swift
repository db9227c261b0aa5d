package import JSON
package import Payments
package import Processor

/// `emvTagData`: what chip and terminal said to each other, as a JSON document inside a text (gateway reference §18).
package struct ChipDocument {
    package var chip: ChipTable.Row
    package var entryMode: EntryMode
    package var enteredPIN = false
    /// Nil where the service's answers do not have it.
    package var responseCode: String?
    /// The receipt has a line for the cardholder's signature.
    package var asksSignature = false

    package init(_ chip: ChipTable.Row, _ entryMode: EntryMode) {
        self.chip = chip
        self.entryMode = entryMode
    }

    /// Nil for cards whose chip was not read.
    package var value: JSONValue? {
        guard let entryMethod else { return nil }
        var members: [(String, JSONValue)] = [("TVR", .string(chip.verificationResults))]
        if let responseCode { members.append(("ARC", .string(responseCode))) }
        members += [
            ("PIN", .string(enteredPIN ? "Verified by PIN" : "None")), ("Signature", asksSignature ? "true" : "false"),
            ("Mode", "Issuer"), ("Network Label", .string(chip.networkLabel)),
            ("TSI", .string(chip.statusInformation)), ("Application Preferred Name", .string(chip.preferredName)),
            ("AID", .string(chip.applicationID)), ("IAD", .string(chip.issuerData)),
            ("Entry method", .string(entryMethod)), ("Application Label", .string(chip.applicationLabel)),
        ]
        return JSONValue(pairs: members)
    }

    private var entryMethod: String? {
        switch entryMode {
        case .chip: "Chip Read"
        case .contactless: "Contactless Chip"
        case .keyed, .telephone, .eCommerce, .recurring, .swiped, .contactlessStripe, .wallet, .fallbackSwipe,
            .fallbackKeyed:
            nil
        }
    }
}
