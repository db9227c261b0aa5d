package import Payments

extension Authorize {
    /// The answer where money would be real: published test cards decline, everything else is approved, and neither
    /// amounts nor triggers count.
    func productionAnswer(_ draft: borrowing TransactionDraft, in context: DecisionContext) -> IssuerAnswer {
        guard let card = draft.testCard else {
            return IssuerAnswer(response: draft.booking.profile.approval, reason: .partOfProduction)
        }
        let response = draft.booking.profile.testCardInProduction ?? context.refusalRow(.invalidCard).response
        return IssuerAnswer(response: response, reason: .testCardInProduction(card.source))
    }
}

extension DecisionContext {
    /// A number that could be somebody's card: not published for tests, and with a good check digit.
    package func looksReal(_ number: PrimaryAccountNumber, _ card: IdentifiedCard) -> Bool {
        card.published == nil && number.passesLuhn
    }
}
