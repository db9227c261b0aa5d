import HashTreeCollections
import Payments

/// What a gateway of accounts and orders keeps beside vault and ledger. Each part has its own events.
package struct GatewayBooks: Equatable, Sendable {
    package private(set) var access = AccessBooks()
    package private(set) var charges: ChargeBooks
    package private(set) var recurring = RecurringBooks()
    package private(set) var fileBatches: FileBatchBook
    package private(set) var webhooks: WebhookBook
    package private(set) var records: RecordBook
    private var processorChanges: TreeDictionary<ObjectID, ProcessorChange> = [:]
    /// How many objects of each account have an id.
    private var objects: TreeDictionary<ObjectID, Int> = [:]

    package init(_ limits: LimitSettings) {
        charges = ChargeBooks(limit: limits.transactions)
        fileBatches = FileBatchBook(limit: limits.uploadedRows)
        webhooks = WebhookBook(limit: limits.webhookMessages)
        records = RecordBook(limit: limits.records)
    }

    var hasProcessorChanges: Bool { !processorChanges.isEmpty }
    package func change(ofProcessor id: ObjectID) -> ProcessorChange? { processorChanges[id] }

    func objectCount(of account: ObjectID) -> Int { objects[account] ?? 0 }

    mutating func apply(_ event: GatewayEvent) {
        switch event {
        case .numbered(let account, let count): objects[account] = count
        case .access(let event): access.apply(event)
        case .processorChanged(let id, let change): processorChanges[id, default: ProcessorChange()].merge(change)
        case .charge(let event): charges.apply(event)
        case .recurring(let event): recurring.apply(event)
        case .fileBatch(let event): fileBatches.apply(event)
        case .webhook(let event): webhooks.apply(event)
        case .record(let event): records.apply(event)
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
