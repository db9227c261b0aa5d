import Payments

extension Charge {
    /// What is asked of the issuer, and its parts.
    struct Amount: Sendable {
        var total: Int64 = 0
        var parts: PaymentOrder.Amounts
    }

    func amount(
        on processor: GatewayProcessor, _ instrument: ChargeInstrument, in context: DecisionContext
    ) throws(ChargeFault) -> Amount {
        if let currency = request.currency, !currency.isSameWord(processor.currency.code) { throw .wrongCurrency }
        var amount = Amount(parts: request.order.amounts)
        if request.kind == .verification { return amount }
        if let calculated = request.calculatedTotal {
            amount.total = try total(calculated, request.amount, context.behavior.accounts.policy)
        } else if let given = request.amount {
            amount.total = given
            amount.parts.base = request.baseAmount ?? given
        } else if let base = request.baseAmount {
            amount = withFees(base, amount, processor, instrument, context)
        } else {
            throw .amountMissing
        }
        if instrument.tip > 0 {
            amount.parts.tip += instrument.tip
            amount.total = amount.total.saturatingAdd(instrument.tip)
        }
        guard amount.total > 0 else { throw .amountZero }
        return amount
    }

    private func total(_ calculated: Int64, _ given: Int64?, _ policy: GatewayPolicy) throws(ChargeFault) -> Int64 {
        guard let given, given != calculated else { return calculated }
        switch policy.amountMismatch {
        case .refuse: throw .amountMismatch
        case .calculated: return calculated
        case .given: return given
        }
    }

    /// A base amount, and what the merchant's program adds unless the request says it itself.
    private func withFees(
        _ base: Int64, _ amount: Amount, _ processor: GatewayProcessor, _ instrument: ChargeInstrument,
        _ context: DecisionContext
    ) -> Amount {
        var amount = amount
        amount.parts.base = base
        if !request.givesSurcharge, instrument.tender == .card,
            let surcharge = processor.fees.surcharge, mayBeSurcharged(instrument, processor, context)
        {
            amount.parts.surcharge = surcharge.amount(of: base)
        }
        if amount.parts.surcharge == 0, let fee = processor.fees.serviceFee, instrument.tender == .card {
            amount.parts.serviceFee = fee.amount(of: base)
        }
        if let adjustment = request.adjustment { amount.parts.adjustment = adjustment.amount(of: base) }
        amount.total = base.saturatingAdd(amount.parts.surcharge).saturatingAdd(amount.parts.serviceFee)
            .saturatingAdd(amount.parts.adjustment)
        return amount
    }

    private func mayBeSurcharged(
        _ instrument: ChargeInstrument, _ processor: GatewayProcessor, _ context: DecisionContext
    ) -> Bool {
        guard !instrument.isSurchargeExempt, case .card(_, let bin, _, _) = instrument.account.kind else {
            return false
        }
        let state = (instrument.billing ?? request.order.billing).state.uppercased()
        return context.mayBeSurcharged(
            bin.digits, lastFour: instrument.account.lastFour, state: state, under: processor.fees)
    }
}

extension DecisionContext {
    /// Whether a merchant may pass its costs on to the holder of a card.
    ///
    /// - Parameter state: where the cardholder lives; empty when that is not known, which does not forbid it.
    package func mayBeSurcharged(_ digits: String, lastFour: String?, state: String, under fees: FeeProgram) -> Bool {
        if fees.statesWithoutSurcharge.contains(state) { return false }
        return behavior.accounts.policy.bins.record(digits, lastFour: lastFour)?.isSurchargeable ?? false
    }
}

extension Int64 {
    /// Stops at the ends of what 64 bits hold.
    func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflowed) = addingReportingOverflow(other)
        return overflowed ? (other < 0 ? .min : .max) : sum
    }
}
