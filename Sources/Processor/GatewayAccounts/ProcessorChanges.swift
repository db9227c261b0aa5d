import Payments

/// What requests have changed of a processor's entry in the scenario; nil is as it stands there.
/// Source: reference of Fluid Pay, §16.
package struct ProcessorChange: Hashable, Sendable {
    package var name: String?
    package var isDefault: Bool?
    package var isActive: Bool?
    /// Members that change nothing, in the service's own form; opaque to the engine.
    package var document: String?

    package init() {}

    mutating func merge(_ later: ProcessorChange) {
        name = later.name ?? name
        isDefault = later.isDefault ?? isDefault
        isActive = later.isActive ?? isActive
        document = later.document ?? document
    }
}

extension DecisionContext {
    /// An account as the scenario and later changes have it.
    package func account(_ id: ObjectID) -> GatewayAccount? {
        guard var account = behavior.accounts.account(id) else { return nil }
        guard books.gateway.hasProcessorChanges else { return account }
        for (position, processor) in account.processors.enumerated() {
            guard let change = books.gateway.change(ofProcessor: processor.id) else { continue }
            account.processors[position].name = change.name ?? processor.name
            account.processors[position].isDefault = change.isDefault ?? processor.isDefault
            account.processors[position].isActive = change.isActive ?? processor.isActive
        }
        return account
    }

    /// A merchant that a caller may look after: its own, or one of the partner that it is.
    fileprivate func merchant(_ id: ObjectID, of caller: Caller) -> GatewayAccount? {
        guard let merchant = account(id), merchant.kind == .merchant, merchant.scope == caller.account.scope,
            id == caller.account.id || merchant.partner == caller.account.id
        else { return nil }
        return merchant
    }
}

/// A processor of a merchant with what the service keeps of it.
package struct FoundProcessor: Sendable {
    package let processor: GatewayProcessor
    package let document: String?
}

/// The processors of a merchant, all or one; none for somebody else's merchant.
package struct FindProcessors: Command {
    package let merchant: ObjectID
    package let id: ObjectID?
    package let caller: Caller

    package init(of merchant: ObjectID, id: ObjectID? = nil, for caller: Caller) {
        self.merchant = merchant
        self.id = id
        self.caller = caller
    }

    package var operation: String { "findProcessors" }

    package func decide(in context: DecisionContext) -> Decision<[FoundProcessor]> {
        let all = context.merchant(merchant, of: caller)?.processors ?? []
        return Decision(
            outcome: all.filter { id == nil || $0.id == id }.map { processor in
                FoundProcessor(
                    processor: processor, document: context.books.gateway.change(ofProcessor: processor.id)?.document)
            })
    }
}

/// Changes a processor of a merchant. One that becomes the default takes that from the others of its kind.
package struct UpdateProcessor: Command {
    package let merchant: ObjectID
    package let id: ObjectID
    package let caller: Caller
    /// Made of the document that is kept.
    package let change: @Sendable (String?) -> ProcessorChange

    package init(
        _ id: ObjectID, of merchant: ObjectID, by caller: Caller,
        _ change: @escaping @Sendable (String?) -> ProcessorChange
    ) {
        self.id = id
        self.merchant = merchant
        self.caller = caller
        self.change = change
    }

    package var operation: String { "updateProcessor" }

    /// Nil for a processor of nobody.
    package func decide(in context: DecisionContext) -> Decision<FoundProcessor?> {
        guard let account = context.merchant(merchant, of: caller), let known = account.processor(id) else {
            return Decision(outcome: nil)
        }
        var change = change(context.books.gateway.change(ofProcessor: id)?.document)
        change.name = change.name.map(context.keepable)
        change.document = change.document.map(context.keepable)
        var events: [Event] = [.gateway(.processorChanged(id, change))]
        if change.isDefault == true {
            var other = ProcessorChange()
            other.isDefault = false
            events += account.processors.filter { $0.tender == known.tender && $0.id != id && $0.isDefault }
                .map { .gateway(.processorChanged($0.id, other)) }
        }
        let later = context.following(events)
        guard let changed = later.account(merchant)?.processor(id) else { return Decision(outcome: nil) }
        return Decision(
            events: events,
            outcome: FoundProcessor(
                processor: changed, document: later.books.gateway.change(ofProcessor: id)?.document))
    }
}
