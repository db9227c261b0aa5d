import JSON
import Payments
import Processor
import ServiceKit

/// Subscriptions. Reference §12.3.
enum SubscriptionEndpoints {
    private static let need = AccessNeed()

    static func create(_ call: FluidCall) -> ServiceAnswer { save(call, nil) }

    static func update(_ call: FluidCall) -> ServiceAnswer { save(call, call.id("id")) }

    private static func save(_ call: FluidCall, _ id: ObjectID?) -> ServiceAnswer {
        call.reading(need) { () throws(CallFault) in
            let content = try RecurringReading.subscription(try call.fields())
            if id == nil, content.payer == nil { throw .invalid("customer is required") }
            return content
        } perform: { content in
            call.perform(need) { caller in
                SaveSubscription(id, of: caller.account, by: caller.user, content)
            } answer: { outcome throws(CallFault) in
                try document(outcome)
            }
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            FindRecurring { $0.subscriptions[id, of: caller.account.id] }
        } answer: { found throws(CallFault) in
            guard let found else { throw .notFound }
            return Envelope(SubscriptionDocument.json(found))
        }
    }

    static func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            DeleteSubscription(id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            _ = try RecurringAnswer.success(outcome)
            return Envelope(.null)
        }
    }

    private static let byHand: Set<Subscription.Status> = [.paused, .active, .pastDue, .cancelled, .completed]

    /// A change by GET, as the service has it.
    static func setStatus(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.reading(need) { () throws(CallFault) in
            guard let status = Subscription.Status(rawValue: WireName.camel(call.parameters["status"] ?? "")),
                byHand.contains(status)
            else { throw .invalid("invalid status") }
            let day = try RecurringReading.day("next_bill_date", call.request.queryValue("next_bill_date"))
            return (status, day)
        } perform: { status, day in
            call.perform(need) { caller in
                SetSubscriptionStatus(id, of: caller.account, to: status, nextBill: day)
            } answer: { outcome throws(CallFault) in
                try document(outcome)
            }
        }
    }

    private static func document(_ outcome: SubscriptionOutcome) throws(CallFault) -> Envelope {
        Envelope(SubscriptionDocument.json(try RecurringAnswer.success(outcome)))
    }

    // MARK: - Search

    private typealias Filter = @Sendable (Subscription) -> Bool

    static func search(_ call: FluidCall) -> ServiceAnswer {
        call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            let range = PageRange(limit: try SearchReading.limit(fields), offset: try SearchReading.offset(fields))
            let customer = try fields.fields("customer")
            let plan = try SearchReading.wanted("plan_id", fields)
            let payer = try customer.flatMap { part throws(CallFault) in try SearchReading.wanted("id", part) }
            return (range, plan, payer, try filters(fields, customer))
        } perform: { range, plan, payer, filters in
            call.perform(need) { caller in
                var command = SearchSubscriptions(of: caller.account, range) { subscription in
                    filters.allSatisfy { $0(subscription) }
                }
                command.plan = plan.map { ObjectID($0) }
                command.customer = payer.map { ObjectID($0) }
                return command
            } answer: { page throws(CallFault) in
                Envelope(.array(page.elements.map(SubscriptionDocument.json)), totalCount: page.total)
            }
        }
    }

    private static func filters(_ fields: WireFields, _ customer: WireFields?) throws(CallFault) -> [Filter] {
        var filters: [Filter] = []
        if let filter = try SearchReading.text("plan_id", fields) { filters.append { filter($0.plan?.text ?? "") } }
        if let customer, let filter = try SearchReading.text("id", customer) {
            filters.append { filter($0.payer.customer.text) }
        }
        if let filter = try SearchReading.text("status", fields) {
            filters.append { filter(WireName.snake($0.status.rawValue)) }
        }
        if let range = try SearchReading.dates("next_bill_date", fields) {
            filters.append { range.contains(CivilTime(daysSince1970: $0.nextAttemptDay).instant) }
        }
        if let range = try SearchReading.dates("expiration_date", fields) {
            filters.append {
                $0.expirationDay.map { range.contains(CivilTime(daysSince1970: $0).instant) } ?? false
            }
        }
        return filters
    }
}
