import HashTreeCollections
import Payments

/// What a gateway of accounts and orders keeps beside vault and ledger. Each part has its own events.
package struct GatewayBooks: Equatable, Sendable {
    private struct Parts: Equatable, Sendable {
        var access: AccessBooks
        var charges: ChargeBooks
        var recurring = RecurringBooks()
        var fileBatches: FileBatchBook
        var webhooks: WebhookBook
        var records: RecordBook
        var processorChanges: TreeDictionary<ObjectID, ProcessorChange> = [:]
        /// How many objects of each account have an id.
        var objects: TreeDictionary<ObjectID, Int> = [:]
    }

    /// Shared, because whoever reads the books has a copy.
    private var parts: Shared<Parts>

    package init(_ limits: LimitSettings) {
        parts = Shared(
            Parts(
                access: AccessBooks(sessions: limits.sessions),
                charges: ChargeBooks(limit: limits.transactions),
                fileBatches: FileBatchBook(limit: limits.uploadedRows),
                webhooks: WebhookBook(limits),
                records: RecordBook(limit: limits.records)))
    }

    package var access: AccessBooks { _read { yield parts.value.access } }
    package var charges: ChargeBooks { _read { yield parts.value.charges } }
    package var recurring: RecurringBooks { _read { yield parts.value.recurring } }
    package var fileBatches: FileBatchBook { _read { yield parts.value.fileBatches } }
    package var webhooks: WebhookBook { _read { yield parts.value.webhooks } }
    package var records: RecordBook { _read { yield parts.value.records } }

    var hasProcessorChanges: Bool { !parts.value.processorChanges.isEmpty }
    package func change(ofProcessor id: ObjectID) -> ProcessorChange? { parts.value.processorChanges[id] }

    func objectCount(of account: ObjectID) -> Int { parts.value.objects[account] ?? 0 }

    mutating func apply(_ event: GatewayEvent) {
        switch event {
        case .numbered(let account, let count): parts.value.objects[account] = count
        case .access(let event): parts.value.access.apply(event)
        case .processorChanged(let id, let change):
            parts.value.processorChanges[id, default: ProcessorChange()].merge(change)
        case .charge(let event): parts.value.charges.apply(event)
        case .recurring(let event): parts.value.recurring.apply(event)
        case .fileBatch(let event): parts.value.fileBatches.apply(event)
        case .webhook(let event): parts.value.webhooks.apply(event)
        case .record(let event): parts.value.records.apply(event)
        }
    }
}

/// What can happen in the books of a gateway.
package enum GatewayEvent: Equatable, Sendable {
    /// So many objects of an account have got an id.
    case numbered(ObjectID, objects: Int)
    case access(AccessEvent)
    case processorChanged(ObjectID, ProcessorChange)
    case charge(ChargeEvent)
    case recurring(RecurringEvent)
    case fileBatch(FileBatchEvent)
    case webhook(WebhookEvent)
    case record(RecordEvent)
}
