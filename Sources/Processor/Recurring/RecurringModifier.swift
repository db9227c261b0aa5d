package import Payments

/// What is added to a recurring amount, or taken off: an add-on or a discount. Source: reference of Fluid Pay, §12.1.
package struct RecurringModifier: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case addOn, discount }

    package var id: ObjectID
    package var name = ""
    package var description = ""
    /// Minor units, or thousandths of a percent of the recurring amount.
    package var component: AmountComponent
    /// For how many bills; 0: for ever.
    package var duration = 0
    /// Nil where it stands within a plan or a subscription.
    package var createdAt: Instant?
    package var updatedAt: Instant?

    package init(id: ObjectID, _ component: AmountComponent) {
        self.id = id
        self.component = component
    }

    /// Within a plan or a subscription it has no times of its own.
    var nested: RecurringModifier {
        var copy = self
        copy.createdAt = nil
        copy.updatedAt = nil
        return copy
    }
}

/// What a client says about an add-on or a discount; nil stays.
package struct ModifierContent: Sendable {
    package var name: String?
    package var description: String?
    package var component: AmountComponent?
    package var duration: Int?

    package init() {}

    func apply(to modifier: inout RecurringModifier, in context: DecisionContext) {
        if let name { modifier.name = context.keepable(name) }
        if let description { modifier.description = context.keepable(description) }
        if let component { modifier.component = component }
        if let duration { modifier.duration = duration }
    }
}

/// One of the account's add-ons or discounts as a plan or a subscription takes it, with what is different there.
package struct ModifierReference: Sendable {
    package var id: ObjectID
    package var content: ModifierContent

    package init(_ id: ObjectID, _ content: ModifierContent) {
        self.id = id
        self.content = content
    }
}

/// Why nothing becomes of a request about recurring payments.
package enum RecurringFault: Error, Hashable, Sendable {
    case notFound
    /// An add-on or a discount that a plan or subscription names, by its place in the list.
    case unknownModifier(RecurringModifier.Kind, place: Int)
    case unknownPlan, unknownCustomer, unknownPayment, unknownAddress
    case missing(Field)
    case customAmount
    case nextBillDate
    /// The subscription has ended.
    case status
    case tooMany

    package enum Field: String, Hashable, Sendable { case amount, frequency, days }
}
