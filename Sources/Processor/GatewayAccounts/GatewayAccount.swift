package import Payments

/// A customer of a gateway: a merchant with processors, or the partner who looks after merchants.
package struct GatewayAccount: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case merchant, partner }

    package var id: ObjectID
    package var kind = Kind.merchant
    package var name = ""
    /// The partner of a merchant.
    package var partner: ObjectID?
    package var scope: SiteScope
    package var processors: [GatewayProcessor] = []
    package var terminals: [TerminalDevice] = []
    package var webhooks: [WebhookEndpoint] = []
    /// What the older fee lookup reckons with; nil takes that of the processor.
    package var integrationFees: FeeProgram?
    package var isEnabled = true
    /// How many charges a minute are let through; nil: any number.
    package var requestsPerMinute: Int?
    package var source: SourceLine?

    package init(id: ObjectID, scope: SiteScope) {
        self.id = id
        self.scope = scope
    }

    package func processor(_ id: ObjectID) -> GatewayProcessor? { processors.first { $0.id == id } }

    /// The one that is meant when a request names none.
    package func defaultProcessor(for tender: Tender) -> GatewayProcessor? {
        processors.first { $0.tender == tender && $0.isDefault && $0.isActive }
    }
}

/// A merchant's account with one processor, as a gateway lists it. Its id is the merchant id of the ledger.
package struct GatewayProcessor: Sendable {
    package var id: ObjectID
    package var name = ""
    /// Whose dialect it speaks: a processor of the scenario.
    package var type: ProcessorName
    package var tender = Tender.card
    package var isDefault = true
    /// One that is not takes no new payments.
    package var isActive = true
    package var currency = Currency.usd
    package var fees: FeeProgram {
        get { boxedFees.value }
        set { boxedFees = Boxed(newValue) }
    }
    /// Behind a reference: each payment finds its processor, and few ask for the fees.
    private var boxedFees = Boxed(FeeProgram())

    package init(id: ObjectID, type: ProcessorName) {
        self.id = id
        self.type = type
    }

    package func merchant(in scope: SiteScope) -> MerchantKey {
        MerchantKey(scope: scope, id: MerchantID(id.text))
    }
}

/// A payment terminal that a gateway drives.
package struct TerminalDevice: Sendable {
    /// What a test terminal does with every payment.
    package enum Script: String, Hashable, Sendable, CaseIterable { case approve, decline, error, tip }

    package var id: ObjectID
    package var number = ""
    package var description = ""
    package var manufacturer = "dejavoo"
    package var model = ""
    package var serialNumber = ""
    package var registerID = ""
    package var authKey = ""
    package var settlesByItself = false
    package var script = Script.approve
    /// Added by the cardholder when ``script`` is a tip.
    package var tip: Int64 = 0
    /// What a declining terminal answers; a code of its processor.
    package var declineCode: String?
    /// What the virtual cardholder pays with.
    package var card: PrimaryAccountNumber?

    package init(id: ObjectID) { self.id = id }
}

/// Where events of an account are sent.
package struct WebhookEndpoint: Sendable {
    /// What may go wrong on the way, because the scenario asks for it.
    package enum Fault: String, Hashable, Sendable, CaseIterable {
        case duplicate, delayed, outOfOrder, badSignature, endpointDown
    }

    package var id: ObjectID
    package var url = ""
    package var secret: String
    /// Empty: all.
    package var events: Set<WebhookEventKind> = []
    package var faults: Set<Fault> = []
    /// How late a delayed message is.
    package var delay: Duration = .seconds(60)

    package init(id: ObjectID, secret: String) {
        self.id = id
        self.secret = secret
    }
}

/// What a gateway tells about.
package enum WebhookEventKind: String, Hashable, Sendable, CaseIterable {
    case transactionCreate, transactionUpdate, transactionVoid, transactionCapture, transactionSettlement
    case settlementBatch, accountUpdater, test
}
