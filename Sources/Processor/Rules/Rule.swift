package import Payments

/// One rule of a scenario: when these conditions hold, do this. The first rule that matches wins.
package struct Rule: Sendable {
    package var conditions: RuleConditions
    package var action: RuleAction
    /// `rules[3]` or the rule's own name.
    package var name: String
    package var source: SourceLine?

    package init(name: String, conditions: RuleConditions, action: RuleAction, source: SourceLine? = nil) {
        self.name = name
        self.conditions = conditions
        self.action = action
        self.source = source
    }
}

/// What has to hold, all of it. A part that is empty or nil holds always.
package struct RuleConditions: Sendable {
    package var services: Set<String> = []
    package var operations: Set<String> = []
    package var sites: Set<SiteName> = []
    package var environments: Set<Environment> = []
    package var merchants: Set<MerchantID> = []
    package var processors: Set<ProcessorName> = []
    package var cards: [PrimaryAccountNumber] = []
    package var tokens: Set<CardToken> = []
    package var brands: Set<CardBrand> = []
    /// Leading digits, as few as one wants; more than a request's ``CardFacts/bin`` has never hold.
    package var bins: [BIN] = []
    package var lastFours: Set<String> = []
    /// In minor units.
    package var amounts: [ClosedRange<Int64>] = []
    package var currencies: Set<String> = []
    package var postalCodes: [TextPattern] = []
    package var orderIDs: [TextPattern] = []
    package var cardholders: [TextPattern] = []
    package var entryModes: Set<EntryMode> = []
    /// Members of the request body by their wire name.
    package var fields: [FieldCondition] = []
    /// Header fields of the request.
    package var headers: [FieldCondition] = []
    package var attempt: AttemptCondition?
    /// Named states of the world that must have these values; an unset state has the value `""`.
    package var states: [StateValue] = []
    /// Holds for this many of a million requests that fulfil the other conditions, drawn from the world's seed for each
    /// merchant separately. 0 or less holds never, a million or more always.
    package var perMillion: Int?

    package init() {}
}

/// A text, wholly or in part, compared scalar by scalar. Letters compare without case only where that is said.
package enum TextPattern: Hashable, Sendable {
    case exactly(String)
    case prefix(String)
    case suffix(String)
    case contains(String)
    /// `*` stands for any text, `?` for any one Unicode scalar; nothing else is special.
    case glob(String)
}

/// A condition on a named member or header; nil patterns ask only whether it is there.
package struct FieldCondition: Hashable, Sendable {
    package var name: String
    package var patterns: [TextPattern]
    /// False: the field must be absent, and patterns are not looked at.
    package var isPresent: Bool

    package init(name: String, patterns: [TextPattern] = [], isPresent: Bool = true) {
        self.name = name
        self.patterns = patterns
        self.isPresent = isPresent
    }
}

/// Holds for the n-th request that fulfils the rule's other conditions, ``RuleConditions/perMillion`` aside.
///
/// A request without what is counted by (no order id, say) is not counted, and the rule does not hold for it.
package struct AttemptCondition: Hashable, Sendable {
    /// What is counted separately.
    package enum Scope: String, Hashable, Sendable, CaseIterable {
        case world, merchant, card, order, transaction
    }

    /// 1 is the first. Empty asks for nothing and counts nothing.
    package var numbers: [ClosedRange<Int>]
    package var scope: Scope

    package init(numbers: [ClosedRange<Int>], scope: Scope = .world) {
        self.numbers = numbers
        self.scope = scope
    }
}

package struct StateValue: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What a rule does. The answer and the way it is delivered are independent.
package struct RuleAction: Sendable {
    package enum Answer: Sendable {
        case approve
        case approvePartially(minorUnits: Int64)
        /// A code of the merchant's processor, with its status and text.
        case respond(code: String, text: String?)
        /// One of the gateway's own refusals.
        case refuse(Refusal)
        /// The processor never answers: the gateway gives up after the time of the scenario, or after this one.
        case timeout(after: Duration?)
        /// An HTTP answer in place of the service's own.
        case http(status: Int, contentType: String, body: String)
        /// One of the tokenizer's own errors; it says nothing to other services.
        case tokenizerError(code: Int)
        /// The same by what went wrong; which code that is, the scenario says.
        case tokenizerFault(TokenizerFault)
    }

    package var answer: Answer?
    package var delivery: Delivery?
    package var states: [StateValue] = []
    /// What happens at settlement; such a rule looks at nothing else.
    package var settlement: SettlementWish?

    package init(
        answer: Answer? = nil, delivery: Delivery? = nil, states: [StateValue] = [], settlement: SettlementWish? = nil
    ) {
        self.answer = answer
        self.delivery = delivery
        self.states = states
        self.settlement = settlement
    }
}

/// How the answer reaches the client. The domain carries the wish; the socket layer carries it out.
package struct Delivery: Hashable, Sendable {
    package enum CommitPoint: String, Hashable, Sendable, CaseIterable {
        /// Nothing has happened in the books.
        case before
        /// It has happened; only the answer suffers.
        case after
    }

    package enum Loss: Hashable, Sendable {
        case dropped
        case reset
        case truncated(afterBytes: Int)
        case slow(bytesPerPiece: Int, pause: Duration)
        /// The body is cut so that it is no JSON any more, with a length that fits.
        case malformed
    }

    /// In world time.
    package var delay: Duration
    package var loss: Loss?
    /// Nil leaves it to the answer: a prescribed decline, time-out or HTTP answer strikes before, a loss after.
    package var strikes: CommitPoint?

    package init(delay: Duration = .zero, loss: Loss? = nil, strikes: CommitPoint? = nil) {
        self.delay = delay
        self.loss = loss
        self.strikes = strikes
    }

    package static let ordinary = Delivery()
}
