import JSON
import Payments
import Processor
import ServiceKit

/// A world as it is told.
enum WorldDocument {
    static func json(_ view: WorldHandle.View) -> JSONValue {
        let world = view.world
        return [
            "name": .string(world.name), "scenario": .string(world.behavior.name), "seed": JSONValue(world.seed),
            "origin": world.origin.map(origin) ?? .null, "clock": JSONValue(pairs: ClockDocument.pairs(view)),
            "lastSequence": JSONValue(world.lastSequence), "kept": RangeDocument.json(world.journal.kept),
            "rewindable": RangeDocument.json(world.rewindable), "counts": counts(world),
        ]
    }

    private static func origin(_ origin: World.Origin) -> JSONValue {
        ["world": .string(origin.world), "sequence": JSONValue(origin.sequence)]
    }

    private static func counts(_ world: World) -> JSONValue {
        let ledger = world.books.ledger
        return [
            "entries": JSONValue(world.journal.kept?.count ?? 0), "transactions": JSONValue(ledger.count),
            "batches": JSONValue(ledger.batchCount), "openBatches": JSONValue(ledger.openBatches.count),
            "tokens": JSONValue(world.books.vault.count),
        ]
    }
}

/// A settled batch as it is told.
struct BatchDocument {
    let world: World

    func json(_ id: BatchID) -> JSONValue {
        let zone = world.behavior.clock.zone
        let batch = world.books.ledger[id]
        return [
            "site": .string(id.merchant.scope.site.text),
            "environment": .string(id.merchant.scope.environment.rawValue), "merchant": .string(id.merchant.id.text),
            "batch": JSONValue(id.number), "transactions": JSONValue(batch?.members.count ?? 0),
            "net": batch.flatMap(net).map { MoneyDocument.json($0) } ?? .null,
            "openedAt": MomentDocument.json(batch?.openedAt, in: zone),
            "settledAt": MomentDocument.json(batch?.settledAt, in: zone),
        ]
    }

    func list(_ batches: [BatchID]) -> JSONValue { .array(batches.map(json)) }

    /// What the merchant gets: never stored, always added up.
    private func net(_ batch: SettlementBatch) -> Money? {
        let members = batch.members.all.compactMap { world.books.ledger[$0] }
        guard let currency = members.first?.approved.currency, members.count == batch.members.count else { return nil }
        var total: Int64 = 0
        for member in members {
            let (sum, overflowed) = total.addingReportingOverflow(Self.signed(member))
            guard !overflowed, member.approved.currency == currency else { return nil }
            total = sum
        }
        return Money(minorUnits: total, currency: currency)
    }

    private static func signed(_ transaction: Transaction) -> Int64 {
        switch transaction.kind {
        case .authorization, .verification: transaction.approved.minorUnits
        case .credit, .refund: -abs(transaction.approved.minorUnits)
        }
    }
}
