import HashTreeCollections
package import Payments

/// Something that an account keeps with its gateway, beside payments and customers.
/// Source: reference of Fluid Pay, §16.
package struct GatewayRecord: Equatable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case product, customField, invoice, cart }

    package let id: ObjectID
    package let account: ObjectID
    package let kind: Kind
    /// In the service's own form; opaque to the engine.
    package let document: String
    /// What the engine knows of an invoice.
    package internal(set) var invoice: InvoiceState?
    package let createdAt: Instant
    package internal(set) var updatedAt: Instant
}

/// What is asked for, and what of it has been paid. Minor units.
package struct InvoiceState: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case pending, paid, partiallyPaid, declined, pastDue, authorized, failed
    }

    package var subtotal: Int64 = 0
    package var tax: Int64 = 0
    package var shipping: Int64 = 0
    package var adjustment: Int64 = 0
    package var paid: Int64 = 0
    package var serviceFees: Int64 = 0
    package var surcharges: Int64 = 0
    package var allowsPartial = false
    package var kind = PaymentOrder.Kind.sale
    package var cardProcessor: ObjectID?
    package var bankProcessor: ObjectID?
    package var due: Instant?
    package var status = Status.pending

    package init() {}

    package var total: Int64 {
        max(0, subtotal.saturatingAdd(tax).saturatingAdd(shipping).saturatingAdd(adjustment))
    }

    package var amountDue: Int64 { max(0, total - paid) }

    /// With what the clock has done: nobody has paid by the day.
    package func status(at now: Instant) -> Status {
        guard let due, due <= now else { return status }
        switch status {
        case .pending, .partiallyPaid, .declined: return .pastDue
        case .paid, .pastDue, .authorized, .failed: return status
        }
    }
}

/// The records of a world, by id; one more than the limit is refused.
package struct RecordBook: Equatable, Sendable {
    private let limit: Int
    private var records: TreeDictionary<ObjectID, Boxed<GatewayRecord>> = [:]

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { records.count >= limit }

    package func record(_ id: ObjectID) -> GatewayRecord? { records[id]?.value }

    /// Oldest first.
    package func records(_ kind: GatewayRecord.Kind, of account: ObjectID) -> [GatewayRecord] {
        records.values.map(\.value).filter { $0.kind == kind && $0.account == account }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    mutating func apply(_ event: RecordEvent) {
        switch event {
        case .kept(let record): records[record.value.id] = record
        case .deleted(let id): records[id] = nil
        }
    }
}

package enum RecordEvent: Equatable, Sendable {
    case kept(Boxed<GatewayRecord>)
    case deleted(ObjectID)
}

/// Why something cannot be done with a record.
package enum RecordFault: Error, Hashable, Sendable {
    case notFound, full
    case charge(ChargeFault)
    /// An invoice in this state.
    case status(InvoiceState.Status)
    case amountTooLarge, partial
    /// A member names a record or a processor that the account does not have.
    case unknownMention(member: String)
}
