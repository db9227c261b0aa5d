import Payments

/// Something done with an earlier payment of an account, named by its id.
package struct ChargeTarget: Sendable {
    package var account: GatewayAccount
    package var id: ObjectID
    package var wire: any WireFacts

    package init(_ id: ObjectID, of account: GatewayAccount, wire: any WireFacts = NoWireFacts()) {
        self.id = id
        self.account = account
        self.wire = wire
    }

    func find(in context: DecisionContext) throws(ChargeFault) -> Charged {
        guard let charged = context.charged(id, of: account) else { throw .notFound }
        return charged
    }

    /// What the scenario's rules say about it, and what happens otherwise.
    func ruled(
        _ operation: String, minorUnits: Int64?, in context: DecisionContext,
        ordinary: (Charged, ResponseCode?) throws(ChargeFault) -> Decision<Result<Charged, ChargeFault>>
    ) -> Decision<Result<Charged, ChargeFault>> {
        do throws(ChargeFault) {
            let charged = try find(in: context)
            let target = FollowUp(
                service: "fluidpay", merchant: charged.transaction.merchant, reference: charged.transaction.reference,
                wire: wire)
            let ruling = context.ruling(for: target.subject(operation, minorUnits: minorUnits, in: context))
            var prescribed: ResponseCode?
            if case .respond(let code, let text)? = ruling.answer,
                let row = context.behavior.responseCodes[charged.transaction.processor, code]
            {
                prescribed = text.map(row.response.worded) ?? row.response
            }
            do throws(ChargeFault) {
                return ruling.applied(to: try ordinary(charged, prescribed))
            } catch {
                return ruling.applied(to: refused(error))
            }
        } catch {
            return refused(error)
        }
    }

    private func refused(_ fault: ChargeFault) -> Decision<Result<Charged, ChargeFault>> {
        Decision(outcome: .failure(fault), reasons: [.note("the request was refused: \(fault)")])
    }
}

/// Puts all or part of an authorization into the processor's open batch.
package struct CaptureCharge: Command {
    /// What the capture says anew; the rest stays as authorized.
    package struct Change: Sendable {
        package var tax: Int64?
        package var isTaxExempt: Bool?
        package var shipping: Int64?
        package var orderID: String?
        package var poNumber: String?
        package var ipAddress: String?

        package init() {}
    }

    package var target: ChargeTarget
    package var amount: Int64?
    package var change = Change()

    package init(_ target: ChargeTarget, amount: Int64?) {
        self.target = target
        self.amount = amount
    }

    package var operation: String { "capture" }

    package func decide(in context: DecisionContext) -> Decision<Result<Charged, ChargeFault>> {
        target.ruled(operation, minorUnits: amount, in: context) { charged, _ throws(ChargeFault) in
            guard charged.status == .authorized, charged.transaction.stage == .authorized else {
                throw .status(.capture)
            }
            let authorized = charged.transaction.approved
            let captured = amount ?? authorized.minorUnits
            guard captured > 0 else { throw .amountZero }
            guard captured <= authorized.minorUnits else { throw .captureTooLarge }
            guard let profile = context.behavior.processors[charged.transaction.processor] else {
                throw .unknownProcessor
            }
            let queue = context.openBatch(of: charged.transaction.books, profile)
            let money = authorized.with(minorUnits: captured)
            var after = charged.transaction
            after.capture(money, into: queue.batch, at: context.now)
            let order = Boxed(changed(charged.order, context))
            after.order = order
            let events =
                queue.events + [
                    .ledger(.captured(after.id, money, in: queue.batch, at: context.now)),
                    .ledger(.amended(after.id, order)),
                ]
            return Decision(events: events, outcome: context.charged(after).map { .success($0) } ?? .failure(.notFound))
        }
    }

    private func changed(_ order: PaymentOrder, _ context: DecisionContext) -> PaymentOrder {
        var order = order
        if let tax = change.tax { order.amounts.tax = tax }
        if let isTaxExempt = change.isTaxExempt { order.amounts.isTaxExempt = isTaxExempt }
        if let shipping = change.shipping { order.amounts.shipping = shipping }
        if let orderID = change.orderID { order.orderID = context.storable(OrderID(orderID)).text }
        if let poNumber = change.poNumber { order.poNumber = context.keepable(poNumber) }
        if let ipAddress = change.ipAddress { order.ipAddress = ipAddress }
        order.updatedAt = context.now
        return order
    }
}

/// Takes a payment back before it settles.
package struct VoidCharge: Command {
    package var target: ChargeTarget

    package init(_ target: ChargeTarget) { self.target = target }

    package var operation: String { "void" }

    package func decide(in context: DecisionContext) -> Decision<Result<Charged, ChargeFault>> {
        target.ruled(operation, minorUnits: nil, in: context) { charged, _ throws(ChargeFault) in
            guard
                charged.status == .authorized || charged.status == .pendingSettlement
                    || charged.status == .pending, charged.transaction.refunded == 0
            else { throw .status(.void) }
            var after = charged.transaction
            after.void(at: context.now)
            var order = charged.order
            order.updatedAt = context.now
            after.order = Boxed(order)
            var events: [Event] = [
                .ledger(.voided(after.id, at: context.now)), .ledger(.amended(after.id, Boxed(order))),
            ]
            if case .refund(let original) = after.kind {
                events.append(.ledger(.refunded(original, minorUnits: -charged.transaction.captured)))
            }
            return Decision(events: events, outcome: context.charged(after).map { .success($0) } ?? .failure(.notFound))
        }
    }
}

/// Gives back all or part of what settled, as a payment of its own.
package struct RefundCharge: Command {
    package var target: ChargeTarget
    package var user: AccessUser
    /// Nil: what is left.
    package var amount: Int64?
    package var surcharge: Int64?
    package var ipAddress: String?

    package init(_ target: ChargeTarget, by user: AccessUser, amount: Int64?) {
        self.target = target
        self.user = user
        self.amount = amount
    }

    package var operation: String { "refund" }

    package func decide(in context: DecisionContext) -> Decision<Result<Charged, ChargeFault>> {
        target.ruled(operation, minorUnits: amount, in: context) { charged, prescribed throws(ChargeFault) in
            guard charged.order.kind == .sale || charged.order.kind == .authorize else { throw .refundOfRefund }
            switch charged.status {
            case .settled, .partiallyRefunded: break
            case .refunded: throw .refundTooLarge
            case .unknown, .pending, .declined, .authorized, .pendingSettlement, .voided, .returned, .lateReturn:
                throw .status(.refund)
            }
            guard charged.settledAt != nil else { throw .status(.refund) }
            let left = charged.transaction.captured - charged.transaction.refunded
            let asked = amount ?? left
            guard asked > 0 else { throw .amountZero }
            guard asked <= left else { throw .refundTooLarge }
            return try refund(asked, of: charged, prescribed, in: context)
        }
    }

    private func refund(
        _ minorUnits: Int64, of charged: Charged, _ prescribed: ResponseCode?, in context: DecisionContext
    ) throws(ChargeFault) -> Decision<Result<Charged, ChargeFault>> {
        let original = charged.transaction
        guard let profile = context.behavior.processors[original.processor] else { throw .unknownProcessor }
        var mint = context.mint(target.account.id)
        let id = mint.next()
        var numbering = context.nextReference(of: original.merchant)
        let answer = answer(original, profile, prescribed, in: context)
        let money = original.approved.with(minorUnits: minorUnits)
        var refund = original
        refund.id = context.ledger.next
        refund.kind = .refund(of: original.id)
        refund.reference = RetrievalReferenceNumber(id.text)
        refund.requested = money
        refund.refunded = 0
        refund.captured = 0
        refund.response = answer.response
        refund.avs = nil
        refund.cvv = nil
        refund.createdAt = context.now
        refund.capturedAt = nil
        refund.previousWithSameOrder = refund.details.orderID.flatMap {
            context.ledger.newest(order: $0, in: original.merchant.scope)
        }
        let isApproved = answer.response.status == .approved
        refund.authorizationCode =
            isApproved ? numbering.identifiers.authorizationCode(profile.authorizationCode) : nil
        refund.approved = isApproved ? money : .zero(money.currency)
        refund.authorized = refund.approved.minorUnits
        refund.stage = isApproved ? .authorized : .declined
        refund.order = Boxed(order(id: mint.next(), minorUnits, of: charged, in: context))
        var events = mint.events + [.ledger(.recorded(Boxed(refund), references: numbering.after))]
        events.append(
            .gateway(
                .charge(
                    .charged(
                        refund.id, account: target.account.id, parties: charged.order.parties, at: context.now))))
        if isApproved {
            let queue = context.openBatch(of: original.books, profile)
            events += queue.events
            events.append(.ledger(.captured(refund.id, money, in: queue.batch, at: context.now)))
            events.append(.ledger(.refunded(original.id, minorUnits: minorUnits)))
            refund.capture(money, into: queue.batch, at: context.now)
        }
        return Decision(
            events: events, outcome: context.charged(refund).map { .success($0) } ?? .failure(.notFound),
            reasons: answer.reasons)
    }

    private func answer(
        _ original: Transaction, _ profile: ProcessorProfile, _ prescribed: ResponseCode?, in context: DecisionContext
    ) -> (response: ResponseCode, reasons: [Reason]) {
        if let prescribed { return (prescribed, []) }
        if let token = original.account.token,
            let account = context.vault.account(token, in: original.merchant.scope),
            let card = context.behavior.testCard(account.fingerprint)
        {
            for effect in card.effects where effect.applies(to: profile.name, minorUnits: original.captured) {
                if case .declineRefund(let response) = effect.kind {
                    return (response, [.card(.declineCards, response, effect.source)])
                }
            }
        }
        return (profile.refundApproval ?? profile.approval, [.approvedByDefault(profile.name)])
    }

    private func order(
        id: ObjectID, _ minorUnits: Int64, of charged: Charged, in context: DecisionContext
    ) -> PaymentOrder {
        var order = charged.order
        order.kind = .refund
        order.user = user.id
        order.userName = user.username
        order.source = .api
        order.idempotencyKey = ""
        order.referenced = charged.id
        order.amounts = PaymentOrder.Amounts()
        order.amounts.base = minorUnits
        order.amounts.surcharge = surcharge ?? 0
        order.instrument.id = id
        if let ipAddress { order.ipAddress = ipAddress }
        order.updatedAt = context.now
        return order
    }
}
