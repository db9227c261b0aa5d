import Payments

extension Charge {
    func order(
        _ instrument: ChargeInstrument, _ amount: Amount, _ processor: GatewayProcessor, in context: DecisionContext
    ) -> PaymentOrder {
        var order = request.order
        order.kind = request.kind
        order.method = request.payment.method
        order.amounts = amount.parts
        order.idempotencyKey = context.keepable(request.idempotencyKey ?? "")
        order.idempotencySeconds = request.idempotencySeconds ?? context.behavior.accounts.policy.idempotencySeconds
        order.instrument = instrument.shown
        if let billing = instrument.billing, order.billing.isEmpty { order.billing = billing }
        if let shipping = instrument.shipping, order.shipping.isEmpty { order.shipping = shipping }
        order.billing = order.billing.storable
        order.shipping = order.shipping.storable
        if let customer = instrument.customer { order.customer = customer }
        if let payment = instrument.customerPayment {
            order.customerPayment = payment
            order.customerPaymentType = instrument.tender.rawValue
        }
        order.terminal = instrument.shown.terminal?.id ?? order.terminal
        if processor.tender == .card, instrument.shown.redirect == nil { order.features = ["avs"] }
        if processor.fees.cashDiscount != nil { order.features.append("cash_discount") }
        order.updatedAt = context.now
        return order
    }

    func authorization(
        _ id: ObjectID, _ order: PaymentOrder, _ instrument: ChargeInstrument, _ total: Int64,
        _ processor: GatewayProcessor, in context: DecisionContext
    ) -> Authorize {
        var authorize = Authorize(
            service: "fluidpay", merchant: processor.merchant(in: account.scope),
            source: .resolved(instrument.resolution),
            amount: .minorUnits(request.kind == .credit ? -total : total))
        authorize.reference = RetrievalReferenceNumber(id.text)
        authorize.order = Boxed(order)
        authorize.expiry = instrument.expiry
        authorize.cvv = instrument.cvv
        // A country without postal codes of the United States must not be held to their form.
        authorize.postalCode = order.billing.postalCode.isEmpty ? nil : order.billing.postalCode
        authorize.address = order.billing.line1.isEmpty ? nil : order.billing.line1
        authorize.country = order.billing.country.isEmpty ? nil : order.billing.country
        authorize.capturesAtOnce = request.kind == .sale || request.kind == .credit
        authorize.orderID = order.orderID.isEmpty ? nil : OrderID(order.orderID)
        let name = [order.billing.firstName, order.billing.lastName].filter { !$0.isEmpty }.joined(separator: " ")
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
