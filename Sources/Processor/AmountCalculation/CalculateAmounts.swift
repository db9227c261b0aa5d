import Payments

/// Reckons what a payment comes to. Every percentage is of the subtotal, rounded half away from zero to the minor unit;
/// integers all the way. Source: reference of Fluid Pay, §9.
package struct CalculateAmounts: Command {
    package var request: CalculationRequest
    package var account: GatewayAccount

    package init(_ request: CalculationRequest, for account: GatewayAccount) {
        self.request = request
        self.account = account
    }

    package var operation: String { "calculateAmounts" }

    package func decide(in context: DecisionContext) -> Decision<Result<Calculation, CalculationFault>> {
        do throws(CalculationFault) {
            return Decision(outcome: .success(try calculate(in: context)))
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("nothing was reckoned: \(error)")])
        }
    }

    private func calculate(in context: DecisionContext) throws(CalculationFault) -> Calculation {
        let processor = try processor()
        guard request.currency.isSameWord(processor.currency.code) else { throw .currency }
        var result = try reckon(request.method, on: processor, in: context)
        if processor.fees.offersConsumerChoice, !request.flags.skipsConsumerChoice {
            result.cardTotal = try reckon("card", on: processor, in: context).total
            result.bankTotal = try reckon("ach", on: processor, in: context).total
            result.showsChoice = processor.fees.isDualPricing || processor.fees.isDualPricingV2
        }
        return result
    }

    private func processor() throws(CalculationFault) -> GatewayProcessor {
        guard let id = request.processor else {
            let tender: Tender = request.method == "ach" ? .ach : .card
            guard let processor = account.defaultProcessor(for: tender) else { throw .noProcessor }
            return processor
        }
        guard let processor = account.processor(id) else { throw .unknownProcessor }
        return processor
    }

    private func reckon(
        _ method: String, on processor: GatewayProcessor, in context: DecisionContext
    ) throws(CalculationFault) -> Calculation {
        var result = Calculation()
        result.processor = processor.id
        result.method = method
        let goods = try Goods(request.items + request.products)
        let hasGoods = !request.items.isEmpty || !request.products.isEmpty
        guard hasGoods || request.amount != nil else { throw .noAmount }
        result.lineItems = hasGoods ? goods.net : nil
        result.freight = hasGoods ? goods.freight : nil
        result.subtotal = request.subtotal ?? (hasGoods ? goods.net : request.amount ?? 0)
        result.amount = request.amount ?? (result.subtotal + goods.freight)
        try check(result.subtotal, result.amount)
        addComponents(to: &result)
        addTaxes(goods, processor.fees, to: &result)
        try addFees(method, processor, in: context, to: &result)
        result.total = max(0, result.sumOfParts)
        try check(result.total)
        return result
    }

    private func check(_ amounts: Int64...) throws(CalculationFault) {
        for amount in amounts where amount > CalculationRequest.largest * 100 { throw .tooLarge }
    }

    private func addComponents(to result: inout Calculation) {
        let base = result.subtotal
        result.shipping = part(request.shipping, base)
        result.duty = part(request.duty, base)
        result.tip = part(request.tip, base)
        result.adjustment = part(request.adjustment, base)
        result.addon = sum(request.addons, base)
        result.discount = sum(request.discounts, base)
        result.additional = sum(request.additional, base)
        result.additionalTotal =
            (result.addon.included ?? 0) + (result.additional.included ?? 0) + (result.adjustment.included ?? 0)
    }

    private func part(_ component: AmountComponent?, _ base: Int64) -> Calculation.Part {
        guard let component else { return Calculation.Part() }
        let value = component.amount(of: base)
        return Calculation.Part(value: value, included: component.includes ? value : nil)
    }

    private func sum(_ components: [AmountComponent], _ base: Int64) -> Calculation.Part {
        guard !components.isEmpty else { return Calculation.Part() }
        let included = components.filter(\.includes)
        return Calculation.Part(
            value: components.reduce(0) { $0 + $1.amount(of: base) },
            included: included.isEmpty ? nil : included.reduce(0) { $0 + $1.amount(of: base) })
    }

    /// The request's tax, else that of the goods, else the merchant's own, which counts unless a flag says no.
    private func addTaxes(_ goods: Goods, _ fees: FeeProgram, to result: inout Calculation) {
        let flags = request.flags
        if flags.isTaxExempt == true {
            result.tax = Calculation.Part(value: 0)
            result.nationalTax = Calculation.Part(value: 0)
            result.localTax = Calculation.Part(value: 0)
            return
        }
        if let tax = request.tax {
            result.tax = part(tax, result.subtotal)
            if flags.addsTax == true { result.tax.included = result.tax.value }
        } else if goods.hasTax {
            result.tax = Calculation.Part(value: goods.tax, included: flags.addsTax == false ? nil : goods.tax)
        } else if let tax = fees.tax {
            let value = tax.amount(of: result.subtotal)
            let isLeftOut = flags.includesDefaultTax == false || flags.addsTax == false
            result.tax = Calculation.Part(value: value, included: isLeftOut ? nil : value)
        }
        result.nationalTax = tax(request.nationalTax, goods.hasNationalTax ? goods.nationalTax : nil, result.subtotal)
        result.localTax = tax(request.localTax, goods.hasLocalTax ? goods.localTax : nil, result.subtotal)
    }

    private func tax(_ component: AmountComponent?, _ ofGoods: Int64?, _ base: Int64) -> Calculation.Part {
        var tax = component.map { part($0, base) } ?? Calculation.Part(value: ofGoods)
        if request.flags.addsTax == true { tax.included = tax.value }
        return tax
    }

    private func addFees(
        _ method: String, _ processor: GatewayProcessor, in context: DecisionContext, to result: inout Calculation
    ) throws(CalculationFault) {
        let fees = processor.fees
        let isCard = method != "ach" && method != "cash"
        if isCard, !request.flags.skipsSurcharge { result.surcharge = try surcharge(fees, context, result.subtotal) }
        let isSurcharged = (result.surcharge.value ?? 0) > 0
        if !request.flags.skipsServiceFee, !isSurcharged {
            if let fee = request.serviceFee {
                result.serviceFee = part(fee, result.subtotal)
            } else if isCard, let fee = fees.serviceFee {
                let value = fee.amount(of: result.subtotal)
                result.serviceFee = Calculation.Part(value: value, included: value)
            }
        }
        if let discount = fees.cashDiscount, !request.flags.skipsCashDiscount {
            result.isCashDiscount = true
            if !isCard {
                let value = discount.amount(of: result.subtotal)
                result.discount.value = (result.discount.value ?? 0) + value
                result.discount.included = (result.discount.included ?? 0) + value
            }
        }
        result.isDualPricing = fees.isDualPricing
        result.isDualPricingV2 = fees.isDualPricingV2
        if isSurcharged || result.isCashDiscount {
            result.disclaimer = fees.disclaimer
            result.disclaimerHTML = fees.disclaimerHTML
        }
    }

    /// Only on cards that may be surcharged; of an unknown card, only when the request lets it.
    private func surcharge(
        _ fees: FeeProgram, _ context: DecisionContext, _ base: Int64
    ) throws(CalculationFault) -> Calculation.Part {
        guard let program = fees.surcharge else { return Calculation.Part() }
        guard let bin = request.bin, bin.utf8.count >= 6 else { throw .binMissing }
        guard let state = request.state else { throw .stateMissing }
        let isKnown = context.behavior.accounts.policy.bins.record(bin) != nil
        if isKnown, context.mayBeSurcharged(bin, lastFour: nil, state: state.uppercased(), under: fees) {
            if let asked = request.surcharge { return part(asked, base) }
            let value = program.amount(of: base)
            return Calculation.Part(value: value, included: value)
        }
        guard !isKnown, request.flags.usesSurchargeFallback else { return Calculation.Part() }
        let value = (fees.surchargeFallback ?? program).amount(of: base)
        return Calculation.Part(value: value, included: value)
    }
}

/// The sums of what is sold; every part of an item is rounded by itself.
private struct Goods {
    var net: Int64 = 0
    var freight: Int64 = 0
    var tax: Int64 = 0
    var localTax: Int64 = 0
    var nationalTax: Int64 = 0
    var hasTax = false
    var hasLocalTax = false
    var hasNationalTax = false

    init(_ items: [CalculationRequest.Item]) throws(CalculationFault) {
        for item in items {
            let gross = Rate.amount(of: item.unitPrice, share: Int128(item.quantity), per: 1_000_000)
            guard gross <= CalculationRequest.largest else { throw .tooLarge }
            let net = max(0, gross - item.discount - Self.share(item.discountRate, of: gross))
            self.net += net
            freight += item.freight
            if item.isTaxable || item.taxRate > 0 {
                hasTax = hasTax || item.taxRate > 0
                tax += Self.share(item.taxRate, of: net)
            }
            hasLocalTax = hasLocalTax || item.localTaxRate > 0
            localTax += Self.share(item.localTaxRate, of: net)
            hasNationalTax = hasNationalTax || item.nationalTaxRate > 0
            nationalTax += Self.share(item.nationalTaxRate, of: net)
        }
    }

    private static func share(_ rate: Int64, of amount: Int64) -> Int64 {
        Rate.amount(of: amount, share: Int128(rate), per: 1_000_000)
    }
}
