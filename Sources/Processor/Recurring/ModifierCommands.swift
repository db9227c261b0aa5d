import Payments

/// Makes an add-on or a discount, or changes one.
package struct SaveModifier: Command {
    package var kind: RecurringModifier.Kind
    package var account: GatewayAccount
    /// Nil: a new one.
    package var id: ObjectID?
    package var content: ModifierContent

    package init(
        _ kind: RecurringModifier.Kind, _ id: ObjectID?, of account: GatewayAccount, _ content: ModifierContent
    ) {
        self.kind = kind
        self.id = id
        self.account = account
        self.content = content
    }

    package var operation: String { id == nil ? "createModifier" : "updateModifier" }

    package func decide(in context: DecisionContext) -> Decision<Result<RecurringModifier, RecurringFault>> {
        let shelf = context.books.gateway.recurring.modifiers(kind)
        var mint = context.mint(account.id)
        var modifier: RecurringModifier
        if let id {
            guard let found = shelf[id, of: account.id] else { return Decision(outcome: .failure(.notFound)) }
            modifier = found
        } else {
            guard shelf.count(of: account.id) < context.behavior.limits.catalog else {
                return Decision(outcome: .failure(.tooMany))
            }
            guard let component = content.component else { return Decision(outcome: .failure(.missing(.amount))) }
            modifier = RecurringModifier(id: mint.next(), component)
            modifier.createdAt = context.now
        }
        content.apply(to: &modifier, in: context)
        modifier.updatedAt = context.now
        let event = RecurringEvent.modifierKept(kind, account: account.id, Boxed(modifier))
        return Decision(events: mint.events + [.gateway(.recurring(event))], outcome: .success(modifier))
    }
}

/// Removes an add-on or a discount. Plans and subscriptions that have it keep what they have.
package struct DeleteModifier: Command {
    package var kind: RecurringModifier.Kind
    package var account: GatewayAccount
    package var id: ObjectID

    package init(_ kind: RecurringModifier.Kind, _ id: ObjectID, of account: GatewayAccount) {
        self.kind = kind
        self.id = id
        self.account = account
    }

    package var operation: String { "deleteModifier" }

    package func decide(in context: DecisionContext) -> Decision<Result<RecurringModifier, RecurringFault>> {
        guard let found = context.books.gateway.recurring.modifiers(kind)[id, of: account.id] else {
            return Decision(outcome: .failure(.notFound))
        }
        return Decision(
            events: [.gateway(.recurring(.modifierDeleted(kind, account: account.id, id)))], outcome: .success(found))
    }
}

/// Something of the recurring payments of an account by its id; nil when there is none.
package struct FindRecurring<Value: Sendable>: Command {
    private let look: @Sendable (RecurringBooks) -> Value

    /// - Parameter look: reads what is wanted.
    package init(_ look: @escaping @Sendable (RecurringBooks) -> Value) { self.look = look }

    package var operation: String { "findRecurring" }

    package func decide(in context: DecisionContext) -> Decision<Value> {
        Decision(outcome: look(context.books.gateway.recurring))
    }
}
