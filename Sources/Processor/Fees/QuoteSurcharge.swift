package import Payments

/// Tells what surcharge a card would bear. Changes nothing.
package struct QuoteSurcharge: Command {
    package var service: String
    package var merchant: MerchantKey
    /// Nil when it is missing.
    package var token: AccountText?
    package var postalCode: String?
    package var amount: Authorize.AmountEntry?
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, token: AccountText?, postalCode: String?,
        amount: Authorize.AmountEntry?, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.token = token
        self.postalCode = postalCode
        self.amount = amount
        self.wire = wire
    }

    package var operation: String { "surchargeInquiry" }

    package enum Problem: Hashable, Sendable {
        case notEnrolled, postalCodeMissing, tokenMissing, tokenUnknown, nothingKnown
    }

    package struct Quote: Sendable {
        package var card = SurchargeEligibility.Card.unknown
        package var place = SurchargeEligibility.Place.unknown
        /// Nil when no amount was asked about.
        package var fee: Money?
        package var problems: [Problem] = []
    }

    package enum Outcome: Sendable {
        case quoted(Quote)
        case refused(ResponseCode)
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            Decision(outcome: .quoted(quote(context)))
        }
    }

    private func quote(_ context: DecisionContext) -> Quote {
        var quote = Quote()
        let known = context.merchant(merchant)
        if known?.surcharge == nil { quote.problems.append(.notEnrolled) }
        quote.place = context.behavior.surchargePlace(postalCode)
        if postalCode == nil { quote.problems.append(.postalCodeMissing) }
        if let token {
            switch context.storedBIN(of: token, in: merchant.scope) {
            case nil: quote.problems.append(.tokenUnknown)
            case let bin?:
                quote.card = context.behavior.surchargeCard(bin)
                if quote.card == .unknown { quote.problems.append(.nothingKnown) }
            }
        } else {
            quote.problems.append(.tokenMissing)
        }
        guard let known, case .minorUnits(let minorUnits)? = amount else { return quote }
        let bears = quote.card == .credit && quote.place == .allowed && minorUnits > 0
        let fee = bears ? known.surcharge?.amount(on: minorUnits) ?? 0 : 0
        quote.fee = Money(minorUnits: fee, currency: known.currency)
        return quote
    }
}

extension DecisionContext {
    /// The leading digits of the card behind a token; nil when there is no such token. A token of a bank account has
    /// none.
    func storedBIN(of token: AccountText, in scope: SiteScope) -> BIN? {
        let name = token.compacted.asToken
        if let account = books.vault.account(name, in: scope) { return CardFacts(account).bin }
        switch behavior.account(published: name, in: scope) {
        case .card(let number): return number.bin
        case .bank: return BIN("")
        case nil: return nil
        }
    }
}
