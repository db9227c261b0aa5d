package import Payments

/// Everything that a scenario says about terminals and the service in front of them.
package struct TerminalSettings: Sendable {
    /// A key of the service, and the merchants that it covers.
    package struct AccessKey: Sendable, CustomStringConvertible {
        package var secret = ""
        package var site: SiteName = ""
        /// Nil: every merchant of the site.
        package var merchants: [MerchantID]?

        package init() {}

        package func covers(_ merchant: MerchantID, at site: SiteName) -> Bool {
            self.site == site && (merchants?.contains(merchant) ?? true)
        }

        package var description: String { "access key of \(site)" }
    }

    /// What the service knows of one merchant.
    package struct MerchantTerms: Hashable, Sendable {
        package var id: MerchantID
        package var requiresPairing = false
        package var allowsPINDebit = false
        /// False: the tokenizer knows no site of this merchant.
        package var tokenizes = true
        /// In hundredths of a percent; nil: no surcharge.
        package var surcharge: Int?
        package var receipt = ReceiptHead()

        package init(id: MerchantID) { self.id = id }
    }

    package enum EntryCase: String, Hashable, Sendable, CaseIterable {
        /// `orderid`, as in the newer samples.
        case lower
        /// `orderId`, as in the description of the API.
        case camel
        case both
    }

    package var keys: [AccessKey] = []
    package var models: [TerminalModel] = []
    package var merchants: [MerchantID: MerchantTerms] = [:]
    package var faults = TerminalFaultTable([])
    package var chips = ChipTable([])
    /// What the cardholder does when no script says anything.
    package var defaults = CardholderScript()

    package var sessionLifetime: Duration = .seconds(600)
    package var sessionExtendsOnUse = false
    package var pairingLifetime: Duration = .seconds(60)
    /// How long a question waits for the cardholder.
    package var cardholderTimeout: Duration = .seconds(119)
    /// How long after the end of that time the client hears of it.
    package var timeoutAnswerDelay: Duration = .seconds(1)
    package var offlinePingDelay: Duration = .seconds(15)
    /// Of a client that does not say how long; the documents have 1.5 s.
    package var clearDisplayDelay: Duration = .zero
    /// For how long a device stays busy behind a confirmation.
    package var confirmationPause: Duration = .zero
    package var orderIDSpelling: EntryCase = .lower
    package var listsDetailsAsTerminals = false
    package var surchargeFreePostalCodes: [String] = []
    package var unauthorizedBody: UnauthorizedBody = .described

    /// The body of answers with status 401 and 403.
    package enum UnauthorizedBody: String, Hashable, Sendable, CaseIterable { case described, empty }

    private var terminals: [TerminalKey: Terminal] = [:]
    /// In the order of the scenario.
    package private(set) var order: [TerminalKey] = []

    package init() {}

    package mutating func add(_ terminal: Terminal) {
        if terminals.updateValue(terminal, forKey: terminal.key) == nil { order.append(terminal.key) }
    }

    package subscript(key: TerminalKey) -> Terminal? { terminals[key] }

    package func terms(of merchant: MerchantID) -> MerchantTerms { merchants[merchant] ?? MerchantTerms(id: merchant) }

    package func model(_ name: String) -> TerminalModel? { models.first { $0.name == name } }
}

/// What a chip tells about itself, by card brand.
package struct ChipTable: Sendable {
    package struct Row: Hashable, Sendable {
        package var brand: CardBrand
        package var networkLabel = ""
        package var applicationLabel = ""
        package var preferredName = ""
        package var applicationID = ""
        /// Tag 95 and 9B and 9F10, in hexadecimal digits.
        package var verificationResults = ""
        package var statusInformation = ""
        package var issuerData = ""
        /// The amount, in minor units, from which a cardholder without a PIN signs; nil: nobody does.
        package var signatureFloor: Int64?

        package init(brand: CardBrand) { self.brand = brand }
    }

    private let rows: [CardBrand: Row]

    /// Of two rows for one brand the later counts.
    package init(_ rows: [Row]) { self.rows = Dictionary(rows.map { ($0.brand, $0) }, uniquingKeysWith: { $1 }) }

    package subscript(brand: CardBrand) -> Row? { rows[brand] }
}
