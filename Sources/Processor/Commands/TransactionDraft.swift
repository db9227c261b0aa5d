import Payments

/// An authorization on its way from request to recorded transaction. It is handed about, and never copied.
struct TransactionDraft: ~Copyable {
    let command: Authorize
    let booking: Booking
    let account: VaultedAccount?
    let testCard: TestCard?
    let held: HeldVerification?
    let context: DecisionContext
    private var owned: Owned<Transaction>
    private let references: ReferenceSequence
    private var identifiers: IdentifierSource
    var accountEvents: [Event]
    /// What happens once the transaction is recorded.
    var laterEvents: [Event] = []
    var reasons: [Reason]
    private var delay: Duration = .zero
    /// What the client is told when it is not what is recorded.
    private var told: ResponseCode?

    init(
        _ command: consuming Authorize, booking: Booking,
        resolution: borrowing Result<AccountResolution, RefusalFault>, in context: DecisionContext
    ) {
        self.booking = booking
        self.context = context
        let order = command.orderID.map(context.storable)
        let orderKey = order.map { context.ledger.expect($0, in: command.merchant.scope) }
        let found = resolution.found
        account = found?.account
        held = found?.held
        testCard = found.flatMap { context.behavior.testCard($0.account.fingerprint) }
        accountEvents = found?.events(in: command.merchant.scope) ?? []
        reasons = []
        reasons.reserveCapacity(4)
        if let found { reasons += found.reasons }
        let numbering = context.nextReference(of: command.merchant, booking.identifiers)
        let reference = command.reference ?? numbering.number
        context.ledger.expect(reference, of: command.merchant)
        references = numbering.after
        identifiers = numbering.identifiers
        owned = Owned(Self.blank(command, booking, found?.account, reference, orderKey, context))
        // Last, so that it is handed over and not copied.
        self.command = command
        transaction.order = self.command.order
        describe(found, order)
    }

    var transaction: Transaction {
        @inline(__always) _read { yield owned.value }
        @inline(__always) _modify { yield &owned.value }
    }

    var minorUnits: Int64 {
        if case .minorUnits(let minorUnits) = command.amount { return minorUnits }
        return 0
    }

    var requested: Money { transaction.requested }

    /// A merchant-initiated payment on an agreement that the cardholder has made before.
    var continuesAgreement: Bool {
        guard let token = account?.token, command.initiation == Initiation(party: .merchant, isScheduled: true) else {
            return false
        }
        return context.ledger.hasAgreement(token, in: command.merchant.scope)
    }

    // MARK: - Deciding

    mutating func refuse(_ refusal: Refusal) {
        let row = context.refusalRow(refusal)
        transaction.response = row.response
        reasons.append(.refusal(refusal, row.source))
    }

    mutating func answer(_ answer: consuming IssuerAnswer) {
        transaction.response = answer.response
        transaction.extras = answer.extras
        if let reason = answer.reason.take() { reasons.append(reason) }
        delay = answer.delay
        guard !answer.isTimeout else { return }
        verify()
        guard answer.response.status == .approved else { return }
        if let mismatch { return refuse(mismatch) }
        transaction.approved = requested.with(minorUnits: answer.approvedMinorUnits ?? minorUnits)
        transaction.authorized = transaction.approved.minorUnits
        transaction.authorizationCode =
            answer.authorizationCode ?? identifiers.authorizationCode(booking.profile.authorizationCode)
        transaction.stage = minorUnits == 0 ? .zeroAmount : .authorized
    }

    /// The payment takes an earlier one back.
    mutating func reverse(_ original: TransactionID) { transaction.kind = .refund(of: original) }

    /// The client hears that nobody answered, while the books keep what happened.
    mutating func tellTimeout(after: Duration?) {
        told = context.refusalRow(.timedOut).response
        delay = after ?? context.behavior.gateway.processorTimeout
    }

    /// Never within a call that has the command as another argument: compiler 6.3.1 frees it then while it is still
    /// read.
    consuming func decision() -> Decision<AuthorizationOutcome> {
        var events = accountEvents
        if held != nil, let account {
            events.append(
                .vault(.verificationUsed(Vault.TokenKey(scope: command.merchant.scope, token: account.token))))
        }
        let boxed = Boxed(owned.take())
        events.append(.ledger(.recorded(boxed, references: references)))
        if !laterEvents.isEmpty { events += laterEvents }
        var recorded = boxed
        var batch: BatchID?
        if command.capturesAtOnce, boxed.value.stage == .authorized {
            let queue = context.openBatch(
                of: booking.books, booking.profile, source: boxed.value.details.batchSource)
            events += queue.events
            events.append(.ledger(.captured(boxed.value.id, boxed.value.approved, in: queue.batch, at: context.now)))
            var captured = boxed.value
            captured.capture(boxed.value.approved, into: queue.batch, at: context.now)
            recorded = Boxed(captured)
            batch = queue.batch
        }
        if case .refund(let original) = boxed.value.kind, boxed.value.stage == .authorized {
            events.append(.ledger(.refunded(original, minorUnits: boxed.value.approved.minorUnits)))
        }
        var decision = Decision(
            events: events,
            outcome: AuthorizationOutcome(
                boxed: recorded, told: told ?? recorded.value.response, batch: batch, token: account?.token,
                booking: booking),
            reasons: reasons)
        decision.effects.delivery.delay = delay
        return decision
    }

    // MARK: - Parts

    private static func blank(
        _ command: Authorize, _ booking: Booking, _ account: VaultedAccount?, _ number: RetrievalReferenceNumber,
        _ order: Ledger.OrderKey?, _ context: DecisionContext
    ) -> Transaction {
        let currency = booking.merchant.currency
        var minorUnits: Int64 = 0
        if case .minorUnits(let sent) = command.amount { minorUnits = sent }
        return Transaction(
            id: context.ledger.next,
            kind: minorUnits == 0 ? .verification : minorUnits < 0 ? .credit : .authorization,
            booker: booking.inTransactions, reference: number,
            requested: Money(minorUnits: minorUnits, currency: currency), approved: .zero(currency),
            stage: .declined, response: booking.profile.approval,
            account: account?.inTransactions ?? .none, entryMode: command.entryMode,
            details: TransactionDetails(), createdAt: context.now,
            previousWithSameOrder: order.flatMap { context.ledger.newest($0) })
    }

    /// Fills in what the merchant said beyond money and account.
    private mutating func describe(_ found: AccountResolution?, _ order: OrderID?) {
        transaction.details.orderID = order
        transaction.details.expiry = found?.presented?.value.expiry ?? command.expiry.cardExpiry ?? held?.expiry
        transaction.details.isPINDebit = command.isPINDebit
        transaction.details.name = command.name.map(context.keepable)
        transaction.details.initiation = command.initiation
        transaction.details.memos = command.memos
        transaction.details.batchSource = command.batchSource.map { BatchSource(context.keepable($0.text)) }
        if account?.isBankAccount == true {
            transaction.details.entryCode = booking.profile.ach.flatMap(command.entryCode)
        }
    }

    /// What a merchant who verifies address or card code has against a payment that the issuer approves.
    private var mismatch: Refusal? {
        if booking.merchant.verifiesAddress, let avs = transaction.avs,
            booking.profile.defaultAVS.mismatches.contains(avs)
        {
            return .avsMismatch
        }
        if booking.merchant.verifiesCardCode, let cvv = transaction.cvv,
            booking.profile.defaultCVV.mismatches.contains(cvv)
        {
            return .cvvMismatch
        }
        return nil
    }

    /// Address and card verification: a trigger of the tables, else the processor's default.
    private mutating func verify() {
        let processor = booking.profile.name
        guard booking.profile.ach == nil else {
            transaction.avs = booking.profile.defaultAVS.withAddress
            transaction.cvv = booking.profile.defaultCVV.present
            return
        }
        let isUAT = command.merchant.scope.environment == .uat
        let avs = isUAT ? addressTrigger() : nil
        transaction.avs = avs?.result ?? defaultAVS(booking.profile.defaultAVS)
        reasons.append(avs.map { .avsTrigger($0.result, $0.source) } ?? .avsDefault(processor))
        // Not taken out of the behavior, which would copy the table.
        let evidence =
            command.cvv.map { context.behavior.cardVerification.evidence(for: $0) } ?? held?.cvv ?? .absent
        let cvv = isUAT ? context.behavior.cardVerification.row(for: evidence, processor: processor) : nil
        transaction.cvv = cvv?.result ?? defaultCVV(evidence, booking.profile.defaultCVV)
        reasons.append(cvv.map { .cvvTrigger($0.result, $0.source) } ?? .cvvDefault(processor))
    }

    private func addressTrigger() -> AVSTable.Row? {
        if booking.profile.defaultAVS.onlyUnitedStates, !command.isInUnitedStates(context) { return nil }
        return booking.addressTriggers?.row(postalCode: verifiedPostalCode, address: command.address)
    }

    private func defaultAVS(_ defaults: AVSDefaults) -> AVSResult {
        if minorUnits == 0, let result = defaults.zeroAmount { return result }
        if !command.isInUnitedStates(context), let result = defaults.foreignCountry { return result }
        if verifiedPostalCode == nil, command.address == nil, let result = defaults.withoutAddress { return result }
        return defaults.withAddress
    }

    /// The client's, or the default one where that counts as an address.
    private var verifiedPostalCode: String? {
        command.hasDefaultPostalCode && !context.behavior.gateway.verifiesDefaultPostalCode ? nil : command.postalCode
    }

    private func defaultCVV(_ evidence: CVVEvidence, _ defaults: CVVDefaults) -> CVVResult {
        switch evidence {
        case .other, .triggers: defaults.present
        case .absent:
            switch transaction.entryMode ?? command.entryMode {
            case .keyed, .eCommerce, .telephone: defaults.absentKeyed ?? defaults.absent
            case .recurring, .swiped, .chip, .contactless, .contactlessStripe, .wallet, .fallbackSwipe, .fallbackKeyed:
                defaults.absent
            }
        }
    }
}
