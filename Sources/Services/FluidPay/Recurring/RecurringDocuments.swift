import JSON
import Payments
import Processor

/// Add-ons and discounts as answers show them: amount or percentage, the other one null. Reference §12.1.
enum ModifierDocument {
    static func json(_ modifier: RecurringModifier) -> JSONValue {
        let value = JSONValue(modifier.component.value)
        let isFlat = modifier.component.kind == .flat
        return JSONValue(pairs: [
            ("id", .string(modifier.id.text)), ("name", .string(modifier.name)),
            ("description", .string(modifier.description)), ("amount", isFlat ? value : .null),
            ("percentage", isFlat ? .null : value), ("duration", JSONValue(modifier.duration)),
            ("created_at", WireTime.json(modifier.createdAt)), ("updated_at", WireTime.json(modifier.updatedAt)),
        ])
    }
}

/// Plans as answers show them. Reference §12.2.
enum PlanDocument {
    static func json(_ plan: RecurringPlan) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .string(plan.id.text)), ("name", .string(plan.name)), ("description", .string(plan.description)),
            ("amount", JSONValue(plan.terms.amount)),
        ]
        if !plan.currency.isEmpty { members.append(("currency", .string(plan.currency))) }
        members += TermsDocument.schedule(plan.terms)
        members += [
            ("total_add_ons", JSONValue(plan.terms.total(.addOn))),
            ("total_discounts", JSONValue(plan.terms.total(.discount))),
        ]
        members += TermsDocument.modifiers(plan.terms)
        members += [
            ("features", ["allow_custom_amount": JSONValue(plan.allowsCustomAmount)]),
            ("created_at", WireTime.json(plan.createdAt)), ("updated_at", WireTime.json(plan.updatedAt)),
        ]
        return JSONValue(pairs: members)
    }
}

/// What plans and subscriptions show alike.
enum TermsDocument {
    static func schedule(_ terms: RecurringTerms) -> [(String, JSONValue)] {
        [
            ("billing_cycle_interval", JSONValue(terms.schedule.interval)),
            ("billing_frequency", .string(WireName.snake(terms.schedule.frequency.rawValue))),
            ("billing_days", .string(terms.schedule.days.map(String.init).joined(separator: ","))),
            ("charge_on_day", JSONValue(terms.chargesOnDay)), ("duration", JSONValue(terms.duration)),
        ]
    }

    static func modifiers(_ terms: RecurringTerms) -> [(String, JSONValue)] {
        [
            ("add_ons", .array(terms.addOns.map(ModifierDocument.json))),
            ("discounts", .array(terms.discounts.map(ModifierDocument.json))),
        ]
    }
}

/// Subscriptions as answers show them. Reference §12.3.
enum SubscriptionDocument {
    static func json(_ subscription: Subscription) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .string(subscription.id.text)), ("plan_id", .string(subscription.plan?.text ?? "")),
            ("status", .string(WireName.snake(subscription.status.rawValue))),
            ("description", .string(subscription.description)), ("customer", payer(subscription.payer)),
            ("amount", JSONValue(subscription.terms.amount)), ("total_adds", JSONValue(subscription.total(.addOn))),
            ("total_discounts", JSONValue(subscription.total(.discount))),
        ]
        members += TermsDocument.schedule(subscription.terms)
        members.append(("next_bill_date", .string(DayText.text(subscription.nextAttemptDay))))
        members += TermsDocument.modifiers(subscription.terms)
        for memo in subscription.memos {
            if let value = StoredJSON.value(memo.text) { members.append((memo.name, value)) }
        }
        members += [
            ("created_at", WireTime.json(subscription.createdAt)),
            ("updated_at", WireTime.json(subscription.updatedAt)),
        ]
        return JSONValue(pairs: members)
    }

    private static func payer(_ payer: Subscription.Payer) -> JSONValue {
        JSONValue(pairs: [
            ("id", .string(payer.customer.text)), ("payment_method_type", .string(payer.paymentType ?? "")),
            ("payment_method_id", .string(payer.payment?.text ?? "")),
            ("billing_address_id", .string(payer.billingAddress?.text ?? "")),
            ("shipping_address_id", .string(payer.shippingAddress?.text ?? "")),
        ])
    }
}

/// Days of the calendar on the wire: `2030-01-31`.
enum DayText {
    static func text(_ day: Int) -> String { String(CivilTime(daysSince1970: day).iso8601.prefix(10)) }

    static func read(_ text: String) -> Int? { WireTime.day(text).map { CivilTime($0).daysSince1970 } }
}
