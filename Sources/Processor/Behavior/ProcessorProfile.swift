package import Payments

/// How one emulated acquirer answers: its dialect, as far as it is not a table.
package struct ProcessorProfile: Sendable {
    package var name: ProcessorName
    package var title: String
    /// The answer to an ordinary approval.
    package var approval: ResponseCode
    package var amountCodes: [AmountCodeRule] = []
    /// The order in which the mechanisms get their say; the first that applies decides.
    package var decisionOrder: [DecisionStep] = DecisionStep.allCases
    package var defaultAVS = AVSDefaults()
    package var defaultCVV = CVVDefaults()
    package var authorizationCode: AuthorizationCodeForm = .prefixedDigits(prefix: "", digits: 6)
    package var batchNumbers = BatchNumbering(first: 100, step: 1)
    /// The processor's own numbers of batches, and how many digits they are written with at least.
    package var hostBatchNumbers = BatchNumbering(first: 1, step: 1)
    package var hostBatchDigits = 1
    /// The brands whose refunds go to the issuer; those of other brands are approved by the gateway itself.
    package var onlineRefundBrands: Set<CardBrand> = []
    /// The answer of an approved online refund; nil takes ``approval``.
    package var refundApproval: ResponseCode?
    /// `commcard` and `bintype` of an ordinary card on this processor; nil leaves the member out.
    package var commercialCardText: String?
    package var binTypeText: String?
    /// Approvals name the entry mode; declines too.
    package var reportsEntryMode = false
    package var reportsEntryModeOnDeclines = false
    /// The wallets that it takes payments from.
    package var wallets: Set<Wallet> = Set(Wallet.allCases)
    /// The brands whose stripe may be read without contact; those of others have to be inserted.
    package var contactlessStripes: Set<CardBrand> = []
    /// Answers tell what the chip said.
    package var reportsChipData = false
    /// What it makes of payments with stored credentials; nil: nothing of its own.
    package var storedCredentials: StoredCredentialPractice?
    /// How bank account transactions are checked; nil on a card processor.
    package var ach: ACHProfile?
    /// The answer to a published test card in production; nil refuses it as an invalid card.
    package var testCardInProduction: ResponseCode?
    package var source: SourceLine?

    package init(name: ProcessorName, title: String, approval: ResponseCode) {
        self.name = name
        self.title = title
        self.approval = approval
    }
}

/// A telephone's wallet.
package enum Wallet: String, Hashable, Sendable, CaseIterable { case applePay, googlePay }

/// What a processor makes of payments with stored credentials.
package struct StoredCredentialPractice: Hashable, Sendable {
    /// A recurring payment that does not say who started it counts as keyed at a retail merchant, else as a telephone
    /// order.
    package var recurringNeedsInitiation = false
    /// A scheduled payment that the merchant started is a recurring one, whatever else the request says.
    package var scheduledIsRecurring = false
    /// That a payment is recurring follows from who started it alone, where that is said.
    package var ignoresOriginRecurring = false
    /// What the merchant starts at a retail merchant counts as keyed, unless it is a telephone or electronic order.
    package var keysRetailFollowUps = false

    package init() {}
}

/// How a processor of bank account transactions checks and answers.
package struct ACHProfile: Sendable {
    /// A routing number of nine digits with a wrong check digit; `<bankaba>` in the text stands for it.
    package var badRoutingNumber: ResponseCode
    /// An account number that is too short or too long; `<account>` in the text stands for as many `n` as it has
    /// digits.
    package var badAccountLength: ResponseCode
    package var accountLengths: ClosedRange<Int>
    /// False: any nine digits are a routing number.
    package var checksRoutingNumber = true
    /// The kinds of entry that a request may name itself; empty: it has no say.
    package var entryCodes: [String] = []
    /// The kind of entry by the request's origin (`T` telephone, …), where it names none itself.
    package var entryCodeByOrigin: [String: String] = [:]
    package var defaultEntryCode: String?
    /// Money may be sent without an original, where the merchant has the right.
    package var sendsCredits = true
    /// An entry with this description takes back an earlier one of the same amount; nil: there are no reversals.
    package var reversalDescription: String?

    package init(
        badRoutingNumber: ResponseCode, badAccountLength: ResponseCode, accountLengths: ClosedRange<Int> = 4...17
    ) {
        self.badRoutingNumber = badRoutingNumber
        self.badAccountLength = badAccountLength
        self.accountLengths = accountLengths
    }
}

/// A mechanism of the emulator that can decide an authorization.
package enum DecisionStep: String, Hashable, Sendable, CaseIterable {
    /// Cards that never get an answer in time.
    case timeoutCards
    /// Cards whose answer is looked up by the exact amount (association and advice codes).
    case amountCards
    /// Cards that decline whatever the amount.
    case declineCards
    /// Cards that get only part of the amount.
    case partialCards
    /// Amounts whose digits name a response code.
    case amountCodes
    /// Cards that approve as listed (with an authorization code of their own), and PIN-debit cards.
    case approvalCards
}

/// Amounts whose digits name the response code: the last three digits of the whole major units.
package struct AmountCodeRule: Sendable {
    package enum Operation: String, Hashable, Sendable, CaseIterable {
        case authorization, refund
    }

    package var operation: Operation
    /// In minor units, both inclusive.
    package var amounts: ClosedRange<Int64>
    /// Digits of the code: `2` reads 1051 as `51`, `3` reads 1332 as `332`.
    package var codeDigits: Int
    /// For refunds: what the original must have been authorized for, at least.
    package var minimumOriginal: Int64
    package var source: SourceLine?

    package init(
        operation: Operation, amounts: ClosedRange<Int64>, codeDigits: Int, minimumOriginal: Int64 = 0,
        source: SourceLine? = nil
    ) {
        self.operation = operation
        self.amounts = amounts
        self.codeDigits = codeDigits
        self.minimumOriginal = minimumOriginal
        self.source = source
    }

    /// The code that an amount asks for; nil when the amount is out of range or names a code that is too long.
    package func code(for minorUnits: Int64, decimals: Int) -> String? {
        guard amounts.contains(minorUnits) else { return nil }
        let unit = (0..<decimals).reduce(Int64(1)) { product, _ in product * 10 }
        let digits = String(minorUnits / unit % 1000)
        guard digits.utf8.count <= codeDigits else { return nil }
        return String(repeating: "0", count: codeDigits - digits.utf8.count) + digits
    }
}

/// The address verification result when no trigger matches.
package struct AVSDefaults: Sendable {
    package var withAddress: AVSResult = "Y"
    package var withoutAddress: AVSResult?
    package var zeroAmount: AVSResult?
    package var foreignCountry: AVSResult?
    /// Triggers do not apply to addresses elsewhere.
    package var onlyUnitedStates = false
    /// The results that decline at a merchant who verifies addresses.
    package var mismatches: Set<AVSResult> = []

    package init() {}
}

/// The card verification result when no trigger matches.
package struct CVVDefaults: Sendable {
    package var present: CVVResult = "M"
    package var absent: CVVResult = "P"
    /// Keyed card data without a value, where it differs from ``absent``.
    package var absentKeyed: CVVResult?
    /// The results that decline at a merchant who verifies card codes.
    package var mismatches: Set<CVVResult> = []

    package init() {}
}

/// How authorization codes look.
package enum AuthorizationCodeForm: Hashable, Sendable {
    case prefixedDigits(prefix: String, digits: Int)
    case alphanumeric(length: Int)
    case fixed(String)
}

/// How batch numbers rise.
package struct BatchNumbering: Hashable, Sendable {
    package var first: Int
    package var step: Int

    package init(first: Int, step: Int) {
        self.first = first
        self.step = step
    }
}
