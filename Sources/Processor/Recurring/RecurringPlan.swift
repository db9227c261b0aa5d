package import Payments

/// A price that is charged again and again. Source: reference of Fluid Pay, §12.2.
package struct RecurringPlan: Hashable, Sendable {
    package var id: ObjectID
    package var name = ""
    package var description = ""
    package var terms: RecurringTerms
    package var currency = ""
    package var allowsCustomAmount = false
    package let createdAt: Instant
    package var updatedAt: Instant

    init(id: ObjectID, _ terms: RecurringTerms, at now: Instant) {
        self.id = id
        self.terms = terms
        createdAt = now
        updatedAt = now
    }
}

/// What a plan and a subscription have in common: how much, how often, how long.
package struct RecurringTerms: Hashable, Sendable {
    /// Minor units, without add-ons and discounts.
    package var amount: Int64
    package var schedule: BillingSchedule
    package var chargesOnDay = false
    /// Number of bills; 0: for ever.
    package var duration = 0
    package var addOns: [RecurringModifier] = []
    package var discounts: [RecurringModifier] = []

    init(amount: Int64, _ schedule: BillingSchedule) {
        self.amount = amount
        self.schedule = schedule
    }

    package subscript(kind: RecurringModifier.Kind) -> [RecurringModifier] {
        get { kind == .addOn ? addOns : discounts }
        set { if kind == .addOn { addOns = newValue } else { discounts = newValue } }
    }

    /// What all add-ons, or all discounts, come to when so many bills were made since they were agreed on.
    package func total(_ kind: RecurringModifier.Kind, after bills: Int = 0) -> Int64 {
        self[kind].reduce(0) { sum, modifier in
            guard modifier.duration == 0 || bills < modifier.duration else { return sum }
            return sum.saturatingAdd(modifier.component.amount(of: amount))
        }
    }

    /// What the next bill comes to; never below zero.
    package func charge(after bills: Int) -> Int64 {
        max(0, amount.saturatingAdd(total(.addOn, after: bills)).saturatingAdd(-total(.discount, after: bills)))
    }
}

/// What a client says about a plan or a subscription; nil stays.
package struct TermsContent: Sendable {
    package var amount: Int64?
    package var frequency: BillingSchedule.Frequency?
    package var interval: Int?
    package var days: [Int]?
    package var chargesOnDay: Bool?
    package var duration: Int?
    package var addOns: [ModifierReference]?
    package var discounts: [ModifierReference]?

    package init() {}

    /// - Parameter before: what stays where nothing is said; nil when everything has to be said.
    func terms(
        from before: RecurringTerms?, of account: ObjectID, in context: DecisionContext
    ) throws(RecurringFault) -> RecurringTerms {
        guard let amount = amount ?? before?.amount else { throw .missing(.amount) }
        guard let frequency = frequency ?? before?.schedule.frequency else { throw .missing(.frequency) }
        guard let days = days ?? before?.schedule.days,
            let schedule = BillingSchedule(frequency, every: interval ?? before?.schedule.interval ?? 1, on: days)
        else { throw .missing(.days) }
        var terms = before ?? RecurringTerms(amount: amount, schedule)
        terms.amount = amount
        terms.schedule = schedule
        terms.chargesOnDay = chargesOnDay ?? terms.chargesOnDay
        terms.duration = duration ?? terms.duration
        if let addOns { terms.addOns = try context.modifiers(addOns, .addOn, of: account) }
        if let discounts { terms.discounts = try context.modifiers(discounts, .discount, of: account) }
        return terms
    }
}

extension DecisionContext {
    fileprivate func modifiers(
        _ references: [ModifierReference], _ kind: RecurringModifier.Kind, of account: ObjectID
    ) throws(RecurringFault) -> [RecurringModifier] {
        guard references.count <= behavior.limits.modifiers else { throw .tooMany }
        var found: [RecurringModifier] = []
        for (place, reference) in references.enumerated() {
            guard var modifier = books.gateway.recurring.modifiers(kind)[reference.id, of: account]?.nested else {
                throw .unknownModifier(kind, place: place)
            }
            reference.content.apply(to: &modifier, in: self)
            found.append(modifier)
        }
        return found
    }
}
