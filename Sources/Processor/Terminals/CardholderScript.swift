package import Payments

/// What the virtual cardholder in front of a terminal does when something is asked.
///
/// Entries are looked at in order; the first that suits the question and is not used up is what happens. When none is
/// left, the scenario's default answers.
package struct CardholderScript: Hashable, Sendable {
    package var entries: [Entry] = []

    package init() {}

    package struct Entry: Hashable, Sendable {
        /// Empty: whatever question the action suits.
        package var questions: Set<CardholderQuestion> = []
        /// How long the cardholder thinks.
        package var after: Duration = .zero
        package var action: CardholderAction
        /// How often it happens; nil: again and again.
        package var uses: Int? = 1
        package var source: SourceLine?

        package init(action: CardholderAction) { self.action = action }

        package func suits(_ question: CardholderQuestion) -> Bool {
            action.suits(question) && (questions.isEmpty || questions.contains(question))
        }
    }
}

/// Something that a terminal asks.
package enum CardholderQuestion: String, Hashable, Sendable, CaseIterable {
    /// A text with yes and no.
    case confirmation
    /// Whether the amount is right.
    case amount
    case input
    case signature
    case tip
    /// A card, by chip, antenna or stripe.
    case card
    /// A card number, typed.
    case cardNumber
}

/// What the cardholder does.
package enum CardholderAction: Hashable, Sendable {
    case present(PresentedCard)
    case confirm(Bool)
    case enter(String)
    case sign
    case tip(TipChoice)
    /// Presses the red key.
    case cancel
    /// Walks away: the question waits until its time is over.
    case leave
    /// Something goes wrong with the device or the card.
    case fail(TerminalFault)

    package enum TipChoice: Hashable, Sendable {
        case none
        case minorUnits(Int64)
        case percent(Int)
        /// 1 is the first of the percentages that are offered.
        case preset(Int)
    }

    func suits(_ question: CardholderQuestion) -> Bool {
        switch self {
        case .present(let card): question == (card.entry == .keyed ? .cardNumber : .card)
        case .confirm: question == .confirmation || question == .amount
        case .enter: question == .input
        case .sign: question == .signature
        case .tip: question == .tip
        case .cancel, .leave, .fail: true
        }
    }
}

/// A test card and how it comes to the terminal.
package struct PresentedCard: Hashable, Sendable {
    package var number: PrimaryAccountNumber
    /// Nil: December of next year.
    package var expiry: CardExpiry?
    package var name: String?
    /// `chip`, `contactless`, `swiped`, `keyed`, `fallbackSwipe` or `fallbackKeyed`.
    package var entry: EntryMode
    package var cvv: CardVerificationValue?
    package var postalCode: String?
    package var address: String?
    package var entersPIN = false
    package var isDebit = false
    package var source: SourceLine?

    package init(number: PrimaryAccountNumber, entry: EntryMode) {
        self.number = number
        self.entry = entry
    }
}
