package import Payments

/// A request, translated. Deciding is pure: no input or output, no clock but the one handed in, no change of the books.
package protocol Command: Sendable {
    associatedtype Outcome: Sendable

    /// Named in the journal and by rules, for example `authorization`.
    var operation: String { get }
    /// Consumes the command, so that a large one is handed on and not copied.
    consuming func decide(in context: DecisionContext) -> Decision<Outcome>
}

/// What a command may look at. A class, so that handing it on costs nothing; it lives only while a command is decided,
/// because books that somebody else still holds would have to be copied when they change.
package final class DecisionContext: Sendable {
    package let behavior: Behavior
    package let books: Books
    /// Those of the books that every payment asks, apart: the way through the books is counted at each step.
    let ledger: Ledger
    let vault: Vault
    /// World time.
    package let now: Instant
    package let seed: UInt64
    /// Told what the rules look at, for whoever wants to explain an answer.
    package let ruleObserver: RuleObserver?

    package init(
        behavior: Behavior, books: Books, now: Instant, seed: UInt64, ruleObserver: RuleObserver? = nil
    ) {
        self.behavior = behavior
        self.books = books
        ledger = books.ledger
        vault = books.vault
        self.now = now
        self.seed = seed
        self.ruleObserver = ruleObserver
    }

    /// The gateway's own calendar.
    package var civilNow: CivilTime { behavior.clock.zone.civilTime(now) }
}

/// Gets every question that is put to rules.
package typealias RuleObserver = @Sendable (RuleConsultation) -> Void

/// What rules are asked: which rules, about what, what they remember at that moment, and the seed of their draws.
package struct RuleConsultation: Sendable {
    package let rules: RuleBook
    package let subject: RuleSubject
    package let state: any RuleStateReading & Sendable
    package let seed: UInt64

    /// Each rule and whether it holds, in order.
    package var considerations: [RuleConsideration] { rules.explain(subject, state: state, seed: seed) }
}

/// What a command comes to: what the world records and delivers, and the outcome to tell.
package struct Decision<Outcome: Sendable>: Sendable {
    package var effects: Effects
    package var outcome: Outcome

    package init(events: [Event] = [], outcome: Outcome, reasons: [Reason] = []) {
        effects = Effects(events: events, reasons: reasons)
        self.outcome = outcome
    }
}

/// The part of a decision that is the same for all commands.
package struct Effects: Sendable {
    package var events: [Event]
    package var reasons: [Reason]
    package var delivery: Delivery = .ordinary
    /// Takes the place of the service's own answer.
    package var replacement: ReplacementAnswer?

    package init(events: [Event], reasons: [Reason]) {
        self.events = events
        self.reasons = reasons
    }
}

/// An HTTP answer that a rule gives in place of the service's own.
package struct ReplacementAnswer: Hashable, Sendable {
    package let status: Int
    package let contentType: String
    package let body: String
}

/// Where a decision stands in the journal, and how its answer is delivered.
@usableFromInline
package struct Recorded: Sendable {
    package let sequence: Int
    /// How often the world had been rewound.
    package let era: Int
    package let delivery: Delivery
    package let replacement: ReplacementAnswer?
    /// World time of the decision.
    package let at: Instant
}

/// A decision that has been recorded. Inlined, for otherwise its type would be looked up each time.
@usableFromInline
package struct Performed<Outcome: Sendable>: Sendable {
    @usableFromInline package let recorded: Recorded
    @usableFromInline package let outcome: Outcome

    @inlinable
    package init(_ recorded: Recorded, _ outcome: Outcome) {
        self.recorded = recorded
        self.outcome = outcome
    }

    package var sequence: Int { recorded.sequence }
    package var delivery: Delivery { recorded.delivery }
    package var replacement: ReplacementAnswer? { recorded.replacement }
}
