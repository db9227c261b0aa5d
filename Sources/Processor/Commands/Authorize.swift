package import Payments

/// Asks for money: an authorization, a sale (captured at once), a zero-amount verification, or a credit when negative.
///
/// Outcome: the recorded transaction, approved or not. Every authorization leaves one, refused ones too.
package struct Authorize: Command {
    /// An amount as the service read it.
    package enum AmountEntry: Hashable, Sendable {
        case missing
        case minorUnits(Int64)
        case unreadable(DecimalText.Fault)
    }

    /// An expiry as the service read it.
    package enum ExpiryEntry: Hashable, Sendable {
        case absent
        case date(CardExpiry)
        case unreadable

        var cardExpiry: CardExpiry? {
            if case .date(let expiry) = self { return expiry }
            return nil
        }
    }

    package var service: String
    package var merchant: MerchantKey
    package var source: PaymentSource
    package var amount: AmountEntry
    /// As sent; nil means the merchant's own.
    package var currency: String?
    package var expiry: ExpiryEntry = .absent
    package var cvv: CardVerificationValue?
    package var postalCode: String?
    package var address: String?
    package var country: String?
    package var capturesAtOnce = false
    package var orderID: OrderID?
    package var name: String?
    package var entryMode: EntryMode = .keyed
    package var initiation: Initiation?
    /// Given by telephone: recorded instead of asking the issuer.
    package var voiceAuthorizationCode: String?
    package var batchSource: BatchSource?
    /// What the request says about a bank account payment beyond the account.
    package var bankEntry = BankEntry()
    package var memos: [TransactionDetails.Memo] = []
    /// The name of the transaction where the service gives it one of its own form.
    package var reference: RetrievalReferenceNumber?
    /// What the gateway keeps of the payment beyond money and account.
    package var order: Boxed<PaymentOrder>?
    /// What the service's own mechanism has decided in place of the issuer; the scenario's rules come first.
    package var foregone: ForegoneAnswer?
    package var profile: ProfileUse = .none
    /// What a profile that is made of the payment keeps of its customer; nil where none is made.
    package var customer: Boxed<Customer>?
    /// ``postalCode`` is not the client's, but the service's default.
    package var hasDefaultPostalCode = false
    package var signature: SignatureEntry = .absent
    /// A member that cannot be taken: the payment is refused.
    package var malformed: MalformedMember?
    package var purchase: Boxed<PurchaseData>?
    /// The terminal, as sent.
    package var terminal: String?
    /// What is wrong with the form of the request, where the service alone can tell.
    package var formFault: Refusal?
    /// The cardholder entered a PIN.
    package var isPINDebit = false
    /// A fee that the client has added to the amount itself.
    package var includedFee: TransactionFee?
    /// It is the fee of another payment.
    var isFee = false
    /// The stored account that pays, once it has been looked up.
    var storedAccount: StoredAccountKey?
    /// A code that rules may not answer with: the request goes past whoever decides so.
    package var bypassedCode: String?
    package var wire: any WireFacts = NoWireFacts()

    package init(service: String, merchant: MerchantKey, source: PaymentSource, amount: AmountEntry) {
        self.service = service
        self.merchant = merchant
        self.source = source
        self.amount = amount
    }

    package var operation: String { isFee ? "fee" : "authorization" }

    var sendsPostalCode: Bool { postalCode != nil && !hasDefaultPostalCode }

    package consuming func decide(in context: DecisionContext) -> Decision<AuthorizationOutcome> {
        // The usual case apart, for a copy of a command is dear.
        guard profile.namesAccount else {
            let resolution = context.resolve(source, in: merchant.scope)
            if let entered = entered(resolution, in: context) { return entered.decide(resolution, in: context) }
            return decide(resolution, in: context)
        }
        let (command, resolution) = withStoredAccount(in: context)
        return (command.entered(resolution, in: context) ?? command).decide(resolution, in: context)
    }

    private consuming func decide(
        _ resolution: Result<AccountResolution, RefusalFault>, in context: DecisionContext
    ) -> Decision<AuthorizationOutcome> {
        let booking = booking(for: resolution, in: context)
        // Asked first, for what rules look at has a copy of the account.
        var ruling =
            context.hasRules ? context.ruling(for: subject(booking, resolution, in: context)) : .none
        if let bypassedCode, ruling.prescribes(bypassedCode) { ruling = .none }
        var draft = TransactionDraft(self, booking: booking, resolution: resolution, in: context)
        draft.answer(ruling, resolution)
        draft.addFee()
        draft.keepProfile()
        draft.keepSignature()
        draft.keepPurchase()
        guard booking.merchant.fee?.isSeparate == true else {
            return ruling.applied(to: draft.decision())
        }
        let command = draft.command
        let decision = draft.decision()
        return ruling.applied(to: command.withSeparateFee(decision, resolution, in: context))
    }

    /// The merchant id and processor that book the payment: for bank accounts those of the linked merchant.
    private func booking(
        for resolution: Result<AccountResolution, RefusalFault>, in context: DecisionContext
    ) -> Booking {
        guard let bookings = context.bookings(of: merchant) else {
            preconditionFailure(
                "the service has found the merchant, and a checked scenario has a profile for its processor")
        }
        return isBankPayment(resolution) ? bookings.bank : bookings.own
    }

    func isBankPayment(_ resolution: Result<AccountResolution, RefusalFault>) -> Bool {
        if case .bank = source { return true }
        if case .success(let found) = resolution { return found.account.isBankAccount }
        return false
    }

    private func subject(
        _ booking: Booking, _ resolution: Result<AccountResolution, RefusalFault>, in context: DecisionContext
    ) -> RuleSubject {
        var subject = RuleSubject(service: service, operation: operation, scope: merchant.scope, wire: wire)
        subject.merchant = merchant.id
        subject.processor = booking.profile.name
        subject.entryMode = entryMode
        if case .success(let found) = resolution {
            subject.card = CardFacts(found.account)
        }
        if case .minorUnits(let minorUnits) = amount { subject.amount = minorUnits }
        subject.currency = currency ?? booking.merchant.currency.code
        subject.postalCode = postalCode
        // As it is kept: what rules count by goes into the books.
        subject.orderID = orderID.map(context.storable)
        subject.cardholder = name
        return subject
    }
}

extension Authorize {
    /// What a profile keeps of a customer beyond the account.
    package struct Customer: Hashable, Sendable {
        package var holder = ContactDetails()
        package var bankKind: StoredAccount.Kind?
        package var optsOutOfUpdates: Bool?
        package var permitsStoring: Bool?

        package init() {}
    }
}

extension TransactionDraft {
    /// What the gateway, the rules, or the issuer say.
    fileprivate mutating func answer(_ ruling: Ruling, _ resolution: Result<AccountResolution, RefusalFault>) {
        if let refusal = command.refusal(booking, resolution, in: context) {
            refuse(refusal)
            if let malformed = command.malformed { reasons.append(.note(malformed.text)) }
        } else if case nil = ruling.answer, let reversal = command.reversal(booking, resolution, in: context) {
            answer(reversal.answer(in: context))
            if case .of(let original) = reversal { reverse(original) }
        } else if case .timeout(let after)? = ruling.answer, ruling.commitsFirst {
            answer(command.issuerAnswer(self, nil, in: context))
            tellTimeout(after: after)
        } else {
            answer(command.issuerAnswer(self, ruling.answer, in: context))
        }
    }
}

/// An answer that is known before the issuer is asked, and why. A class, because few payments have one.
package final class ForegoneAnswer: Sendable {
    package let response: ResponseCode
    package let reason: Reason

    package init(response: ResponseCode, reason: Reason) {
        self.response = response
        self.reason = reason
    }
}

/// What an authorization came to. A class, so that handing it on costs nothing.
package final class AuthorizationOutcome: Sendable {
    /// The transaction as it is recorded.
    package let boxed: Boxed<Transaction>
    /// What the client is told; differs from what is recorded when an answer is lost after the commit point.
    package let told: ResponseCode
    /// The batch, when it was captured at once.
    package let batch: BatchID?
    /// A token made or found for the account.
    package let token: CardToken?
    package let booking: Booking

    init(boxed: Boxed<Transaction>, told: ResponseCode, batch: BatchID?, token: CardToken?, booking: Booking) {
        self.boxed = boxed
        self.told = told
        self.batch = batch
        self.token = token
        self.booking = booking
    }

    package var transaction: Transaction { boxed.value }
}

extension CardFacts {
    package init(_ account: VaultedAccount) {
        let bin: BIN
        switch account.kind {
        case .card(_, let leading, _, _): bin = leading
        case .bank: bin = BIN("")
        }
        self.init(
            fingerprint: account.fingerprint, token: account.token, brand: account.brand, bin: bin,
            lastFour: account.lastFour)
    }
}
