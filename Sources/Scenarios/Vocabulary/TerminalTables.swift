import Payments
import Processor

/// A row of `bolt/models.csv`.
struct TerminalModelRow: PlacedRow {
    var model: TerminalModel
    let place: Place

    static let table = Table<TerminalModelRow>(
        "a table of terminal models",
        [
            Column(text: "model", required: true, "the name of the model") { $1.model.name = $0 },
            Column("family", .choice("family"), required: true, "Ingenico or Clover") { $1.model.family = $0 },
            Column("width", .integer(1...10_000), required: true, "pixels") { $1.model.screenWidth = $0 },
            Column("height", .integer(1...10_000), required: true, "pixels") { $1.model.screenHeight = $0 },
            Column("pinPad", .flag, "takes PINs") { $1.model.hasPINPad = $0 },
            Column("msr", .flag, "reads stripes") { $1.model.readsStripes = $0 },
            Column("emv", .flag, "reads chips") { $1.model.readsChips = $0 },
            Column("nfc", .flag, "reads contactless cards") { $1.model.readsContactless = $0 },
            Column("signature", .flag, "captures signatures") { $1.model.capturesSignatures = $0 },
            Column("printer", .flag, "prints") { $1.model.prints = $0 },
            Column(text: "version", "the version of its program") { $1.model.programVersion = $0 },
        ]
    ) { place in
        TerminalModelRow(
            model: TerminalModel(name: "", family: .ingenico, screenWidth: 1, screenHeight: 1), place: place)
    }
}

/// A row of `bolt/errors.csv`.
struct TerminalFaultRow {
    var name: TerminalFault?
    var status = 500
    var code: Int?
    var message = ""
    let place: Place

    var fault: TerminalFaultTable.Row? {
        name.map {
            TerminalFaultTable.Row(
                fault: $0, status: status, code: code, message: message, source: place.sourceLine)
        }
    }

    static let table = Table<TerminalFaultRow>(
        "a table of terminal errors",
        [
            Column("fault", .choice("fault"), required: true, "what went wrong") { $1.name = $0 },
            Column("status", .integer(400...599), required: true, "the HTTP status") { $1.status = $0 },
            Column("code", .integer(0...99_999), "errorCode; empty: the member is left out") { $1.code = $0 },
            Column(
                text: "message", "errorMessage; <hsn>, <mid> and <detail> stand for what the request was about"
            ) { $1.message = $0 },
        ]
    ) { TerminalFaultRow(place: $0) }
}

/// A row of `bolt/chips.csv`.
struct ChipRow {
    var chip: ChipTable.Row

    static let table = Table<ChipRow>(
        "a table of chips",
        [
            Column("brand", .brand, required: true, "the card brand") { $1.chip.brand = $0 },
            Column(text: "network", "Network Label") { $1.chip.networkLabel = $0 },
            Column(text: "application", "Application Label") { $1.chip.applicationLabel = $0 },
            Column(text: "preferred", "Application Preferred Name") { $1.chip.preferredName = $0 },
            Column(text: "aid", "application id, tag 84") { $1.chip.applicationID = $0 },
            Column(text: "tvr", "terminal verification results, tag 95") { $1.chip.verificationResults = $0 },
            Column(text: "tsi", "transaction status information, tag 9B") { $1.chip.statusInformation = $0 },
            Column(text: "iad", "issuer application data, tag 9F10") { $1.chip.issuerData = $0 },
            Column("signatureFrom", .amount, "the amount from which a cardholder without a PIN signs") {
                $1.chip.signatureFloor = $0
            },
        ]
    ) { _ in ChipRow(chip: ChipTable.Row(brand: "")) }
}
