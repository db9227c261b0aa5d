import JSON
import Payments
import Processor
import ServiceKit

/// `POST /api/transaction/search`. Reference §6.7.
enum SearchEndpoint {
    private typealias Filter = @Sendable (Charged) -> Bool

    static func answer(_ call: FluidCall) -> ServiceAnswer {
        call.reading(AccessNeed()) { () throws(CallFault) in
            try Wish(try call.fields())
        } perform: { wish in
            call.perform(AccessNeed()) { caller in
                var command = SearchCharges(of: caller.account, created: wish.created, wish.range) { charged in
                    wish.filters.allSatisfy { $0(charged) }
                }
                command.id = wish.id
                command.party = wish.party
                return command
            } answer: { page throws(CallFault) in
                Envelope(page.elements.map { TransactionDocument($0, call.request.behavior) }, totalCount: page.total)
            }
        }
    }

    /// What a body asks for.
    private struct Wish: Sendable {
        let created: ClosedRange<Instant>?
        let range: PageRange
        let filters: [Filter]
        let id: ObjectID?
        let party: ChargeParty?

        init(_ fields: WireFields) throws(CallFault) {
            created = try SearchReading.dates("created_at", fields)
            range = PageRange(
                limit: try SearchReading.limit(fields, from: 0), offset: try SearchReading.offset(fields))
            filters =
                try texts(fields) + numbers(fields) + dates(fields) + addresses("billing_address", \.billing, fields)
                + addresses("shipping_address", \.shipping, fields)
            id = try SearchReading.wanted("transaction_id", fields).map { ObjectID($0) }
            if let subscription = try SearchReading.wanted("subscription_id", fields) {
                party = .subscription(ObjectID(subscription))
            } else {
                party = try SearchReading.wanted("customer_id", fields).map { .customer(ObjectID($0)) }
            }
        }
    }

    private static let textMembers: [(name: MemberName, text: @Sendable (Charged) -> String)] = [
        ("transaction_id", { $0.id.text }), ("user_id", { $0.order.user.text }),
        ("user_name", { $0.order.userName }), ("type", { $0.order.kind.rawValue }),
        ("ip_address", { $0.order.ipAddress }), ("po_number", { $0.order.poNumber }),
        ("order_id", { $0.order.orderID }), ("payment_method", { $0.order.method.rawValue }),
        ("payment_type", { $0.transaction.account.tender == .ach ? "ach" : "card" }),
        ("status", { $0.status.wireName }), ("processor_id", { $0.transaction.merchant.id.text }),
        ("processor_name", { $0.processor?.name ?? "" }), ("customer_id", { $0.order.customer.text }),
        ("settlement_batch_id", { $0.settledAt == nil ? "" : $0.batch.map(BatchName.id) ?? "" }),
        ("transaction_source", { $0.order.source.wireName }),
        ("currency_iso_code", { $0.transaction.requested.currency.code.lowercased() }),
        ("terminal_id", { $0.order.terminal.text }),
        ("terminal_description", { $0.order.instrument.terminal?.description ?? "" }),
        ("subscription_id", { $0.order.subscription.text }),
        ("cc_first_six", { $0.transaction.account.bin?.digits ?? "" }),
        ("cc_last_four", { $0.transaction.account.lastFour }),
    ]

    private static func texts(_ fields: WireFields) throws(CallFault) -> [Filter] {
        var filters: [Filter] = []
        for member in textMembers {
            guard let filter = try SearchReading.text(member.name, fields) else { continue }
            filters.append { filter(member.text($0)) }
        }
        if let filter = try SearchReading.text("transaction_or_order_id", fields) {
            filters.append { filter($0.id.text) || filter($0.order.orderID) }
        }
        return filters
    }

    private static let numberMembers: [(name: MemberName, number: @Sendable (Charged) -> Int64)] = [
        ("amount", { Int64($0.transaction.requested.minorUnits.magnitude) }),
        ("amount_authorized", { Int64($0.transaction.authorized.magnitude) }),
        ("amount_captured", { Int64($0.transaction.captured.magnitude) }),
        ("amount_settled", { $0.settledAmount }), ("tax_amount", { $0.order.amounts.tax }),
    ]

    private static func numbers(_ fields: WireFields) throws(CallFault) -> [Filter] {
        var filters: [Filter] = []
        for member in numberMembers {
            guard let filter = try SearchReading.number(member.name, fields) else { continue }
            filters.append { filter(member.number($0)) }
        }
        return filters
    }

    private static let dateMembers: [(name: MemberName, date: @Sendable (Charged) -> Instant?)] = [
        ("captured_at", { $0.transaction.capturedAt }), ("settled_at", { $0.settledAt }),
        ("updated_at", { $0.updatedAt }),
    ]

    private static func dates(_ fields: WireFields) throws(CallFault) -> [Filter] {
        var filters: [Filter] = []
        for member in dateMembers {
            guard let range = try SearchReading.dates(member.name, fields) else { continue }
            filters.append { charged in member.date(charged).map(range.contains) ?? false }
        }
        return filters
    }

    private static func addresses(
        _ name: MemberName, _ address: any KeyPath<PaymentOrder, PostalAddress> & Sendable, _ fields: WireFields
    ) throws(CallFault) -> [Filter] {
        guard let part = try fields.fields(name) else { return [] }
        var filters: [Filter] = []
        for member in AddressMembers.all {
            guard let filter = try SearchReading.text(member.name, part) else { continue }
            filters.append { filter(member.text($0.order[keyPath: address])) }
        }
        return filters
    }
}
