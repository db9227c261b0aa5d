import JSON
import Payments
import Processor
import Testing

/// What one test card does on one processor: a row of the scenario's card, advice and association tables.
struct CardCase: Sendable, CustomTestStringConvertible {
    let number: String
    let processor: ProcessorName
    let effect: CardEffect

    var testDescription: String { "\(processor) …\(number.suffix(4)) \(name)" }

    private var name: String {
        switch effect.kind {
        case .approve(let code): "approve \(code ?? "")"
        case .decline(let response): "decline \(response.code)"
        case .partial(let approved, let response): "partial \(response.code) \(text(approved))"
        case .share(let percent, let response): "partial \(response.code) \(percent) %"
        case .declineRefund(let response): "decline of the refund \(response.code)"
        case .timeout: "timeout"
        case .debit: "debit"
        case .byAmount(let minorUnits, let answer):
            "\(text(minorUnits)) \(answer.response.code)\(answer.onlyRecurring ? " recurring" : "")"
        }
    }

    /// Every effect of every card on every processor where it has one and that a merchant of the first site is on.
    static let all: [CardCase] = {
        guard let behavior = Table.behavior else { return [] }
        return behavior.cards.cards.flatMap { card in
            card.effects.flatMap { effect in
                Table.cardEmulators.filter { effect.processors.isEmpty || effect.processors.contains($0) }.map {
                    CardCase(number: card.number.withClearDigits { $0 }, processor: $0, effect: effect)
                }
            }
        }
    }()

    static func all(_ fits: (CardEffect.Kind) -> Bool) -> [CardCase] { all.filter { fits($0.effect.kind) } }
}

/// Minor units of dollars as the wire has them.
func text(_ minorUnits: Int64) -> String { Money(minorUnits: minorUnits, currency: .usd).decimalText }
