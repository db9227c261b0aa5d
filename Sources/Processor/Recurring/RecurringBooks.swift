import HashTreeCollections
import Payments

/// Add-ons, discounts, plans and subscriptions of all accounts.
package struct RecurringBooks: Equatable, Sendable {
    private var addOns = ObjectShelf<RecurringModifier>()
    private var discounts = ObjectShelf<RecurringModifier>()
    package private(set) var plans = ObjectShelf<RecurringPlan>()
    package private(set) var subscriptions = ObjectShelf<Subscription>()
    /// Subscriptions by plan, and by customer.
    private var byPlan: TreeDictionary<ObjectID, PersistentSortedMap<ObjectID, Bool>> = [:]
    private var byCustomer: TreeDictionary<ObjectID, PersistentSortedMap<ObjectID, Bool>> = [:]

    package init() {}

    package func modifiers(_ kind: RecurringModifier.Kind) -> ObjectShelf<RecurringModifier> {
        kind == .addOn ? addOns : discounts
    }

    /// The subscriptions of a plan, oldest first.
    package func subscriptions(plan: ObjectID, of account: ObjectID) -> [Subscription] {
        found(byPlan[plan], of: account)
    }

    package func subscriptions(customer: ObjectID, of account: ObjectID) -> [Subscription] {
        found(byCustomer[customer], of: account)
    }

    private func found(_ ids: PersistentSortedMap<ObjectID, Bool>?, of account: ObjectID) -> [Subscription] {
        (ids?.all ?? []).compactMap { subscriptions[$0.key, of: account] }
    }

    mutating func apply(_ event: RecurringEvent) {
        switch event {
        case .modifierKept(.addOn, let account, let modifier): addOns.keep(modifier, modifier.value.id, of: account)
        case .modifierKept(.discount, let account, let modifier):
            discounts.keep(modifier, modifier.value.id, of: account)
        case .modifierDeleted(.addOn, let account, let id): addOns.remove(id, of: account)
        case .modifierDeleted(.discount, let account, let id): discounts.remove(id, of: account)
        case .planKept(let account, let plan): plans.keep(plan, plan.value.id, of: account)
        case .planDeleted(let account, let id): plans.remove(id, of: account)
        case .subscriptionKept(let subscription): keep(subscription)
        case .subscriptionDeleted(let account, let id):
            if let before = subscriptions[id, of: account] { unlist(before) }
            subscriptions.remove(id, of: account)
        }
    }

    private mutating func keep(_ boxed: Boxed<Subscription>) {
        let subscription = boxed.value
        let before = subscriptions[subscription.id, of: subscription.account]
        subscriptions.keep(boxed, subscription.id, of: subscription.account)
        guard before?.plan != subscription.plan || before?.payer.customer != subscription.payer.customer else {
            return
        }
        if let before { unlist(before) }
        if let plan = subscription.plan { byPlan[plan, default: PersistentSortedMap()][subscription.id] = true }
        byCustomer[subscription.payer.customer, default: PersistentSortedMap()][subscription.id] = true
    }

    private mutating func unlist(_ subscription: Subscription) {
        if let plan = subscription.plan { byPlan.unlist(subscription.id, under: plan) }
        byCustomer.unlist(subscription.id, under: subscription.payer.customer)
    }
}

extension TreeDictionary<ObjectID, PersistentSortedMap<ObjectID, Bool>> {
    fileprivate mutating func unlist(_ id: ObjectID, under key: ObjectID) {
        self[key]?[id] = nil
        if self[key]?.isEmpty == true { self[key] = nil }
    }
}

/// Objects of each account by id; ids sort by the second in which they came to be.
package struct ObjectShelf<Value: Equatable & Sendable>: Equatable, Sendable {
    private var accounts: TreeDictionary<ObjectID, PersistentSortedMap<ObjectID, Boxed<Value>>> = [:]

    package init() {}

    package subscript(id: ObjectID, of account: ObjectID) -> Value? { accounts[account]?[id]?.value }

    package func count(of account: ObjectID) -> Int { accounts[account]?.count ?? 0 }

    /// Newest first.
    package func all(of account: ObjectID) -> some Sequence<Value> {
        let shelf = accounts[account] ?? PersistentSortedMap()
        return (0..<shelf.count).reversed().lazy.compactMap { shelf.element(at: $0)?.value.value }
    }

    mutating func keep(_ value: Boxed<Value>, _ id: ObjectID, of account: ObjectID) {
        accounts[account, default: PersistentSortedMap()][id] = value
    }

    mutating func remove(_ id: ObjectID, of account: ObjectID) { accounts[account]?[id] = nil }
}

/// What can happen to recurring payments.
package enum RecurringEvent: Equatable, Sendable {
    /// An add-on or a discount of an account came to be or was changed.
    case modifierKept(RecurringModifier.Kind, account: ObjectID, Boxed<RecurringModifier>)
    case modifierDeleted(RecurringModifier.Kind, account: ObjectID, ObjectID)
    case planKept(account: ObjectID, Boxed<RecurringPlan>)
    case planDeleted(account: ObjectID, ObjectID)
    case subscriptionKept(Boxed<Subscription>)
    case subscriptionDeleted(account: ObjectID, ObjectID)
}
