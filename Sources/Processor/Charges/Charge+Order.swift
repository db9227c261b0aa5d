import Payments

extension Charge {
    /// - Parameter id: of the gateway's record of the instrument.
    func order(
        _ instrument: ChargeInstrument, _ id: ObjectID, _ amount: Amount, _ processor: GatewayProcessor,
        in context: DecisionContext
    ) -> Boxed<PaymentOrder> {
        var order = request.order
        complete(&order, instrument, id, amount, processor, in: context)
        return Boxed(order)
    }

    /// Made once: all payments by card have the same.
    private static let cardFeatures = ["avs"]

    private func complete(
        _ order: inout PaymentOrder, _ instrument: ChargeInstrument, _ id: ObjectID, _ amount: Amount,
        _ processor: GatewayProcessor, in context: DecisionContext
    ) {
        order.kind = request.kind
        order.method = request.payment.method
        order.amounts = amount.parts
        order.idempotencyKey = context.keepable(request.idempotencyKey ?? "")
        order.idempotencySeconds = request.idempotencySeconds ?? context.behavior.accounts.policy.idempotencySeconds
        order.instrument = instrument.shown
        order.instrument.id = id
        if let billing = instrument.billing, order.billing.isEmpty { order.billing = billing }
        if let shipping = instrument.shipping, order.shipping.isEmpty { order.shipping = shipping }
        order.maskAddresses()
        if let customer = instrument.customer { order.customer = customer }
        if let payment = instrument.customerPayment {
            order.customerPayment = payment
            order.customerPaymentType = instrument.tender.rawValue
        }
        order.terminal = instrument.shown.terminal?.id ?? order.terminal
        if processor.tender == .card, instrument.shown.redirect == nil { order.features = Self.cardFeatures }
        if processor.fees.cashDiscount != nil { order.features.append("cash_discount") }
        order.updatedAt = context.now
    }

    func authorization(
        _ id: ObjectID, _ boxed: Boxed<PaymentOrder>, _ instrument: ChargeInstrument, _ total: Int64,
        _ processor: GatewayProcessor, in context: DecisionContext
    ) -> Authorize {
        var order: PaymentOrder { boxed.value }
        var authorize = Authorize(
            service: "fluidpay", merchant: processor.merchant(in: account.scope),
            source: .resolved(instrument.resolution),
            amount: .minorUnits(request.kind == .credit ? -total : total))
        authorize.reference = RetrievalReferenceNumber(id.text)
        authorize.order = boxed
        authorize.expiry = instrument.expiry
        authorize.cvv = instrument.cvv
        let billing = order.billing
        // A country without postal codes of the United States must not be held to their form.
        authorize.postalCode = billing.postalCode.isEmpty ? nil : billing.postalCode
        authorize.address = billing.line1.isEmpty ? nil : billing.line1
        authorize.country = billing.country.isEmpty ? nil : billing.country
        authorize.capturesAtOnce = request.kind == .sale || request.kind == .credit
        authorize.orderID = order.orderID.isEmpty ? nil : OrderID(order.orderID)
        let name = [billing.firstName, billing.lastName].filter { !$0.isEmpty }.joined(separator: " ")
        authorize.name = name.isEmpty ? nil : name
        authorize.entryMode = instrument.entryMode
        authorize.initiation = request.initiatedBy.map {
            Initiation(
                party: $0 == .customer ? .cardholder : .merchant,
                isScheduled: order.billingMethod.hasSuffix("recurring"))
        }
        authorize.foregone = instrument.foregone
        if request.bypassesRules { authorize.bypassedCode = context.behavior.accounts.policy.ruleEngineCode }
        authorize.wire = request.wire
        return authorize
    }
}
