import JSON
import Payments
import Processor

/// Bodies of requests about recurring payments. Reference §12.
enum RecurringReading {
    private static let durations = 0...9999

    /// An add-on or a discount, or what a plan changes about one.
    static func modifier(_ fields: WireFields) throws(CallFault) -> ModifierContent {
        var content = ModifierContent()
        content.name = try fields.text("name", atMost: 255)
        content.description = try fields.text("description", atMost: 255)
        content.duration = try fields.integer("duration", in: durations)
        let amount = try fields.amount("amount")
        let share = try fields.amount("percentage")
        if amount != nil, share != nil { throw .invalid("\(fields.path)amount and percentage cannot be used together") }
        if let amount { content.component = AmountComponent(.flat, amount) }
        if let share {
            guard share == 0 || (100...100_000).contains(share) else {
                throw .invalid("invalid \(fields.path)percentage: 0, or 100 to 100000")
            }
            content.component = AmountComponent(.percentage, share)
        }
        return content
    }

    static func plan(_ fields: WireFields) throws(CallFault) -> PlanContent {
        var content = PlanContent()
        content.name = try fields.text("name", atMost: 255)
        content.description = try fields.text("description", atMost: 255)
        content.currency = try fields.nonempty("currency", atMost: 3)
        content.allowsCustomAmount = try fields.fields("features")?.flag("allow_custom_amount")
        content.updatesSubscriptions = try fields.flag("update_subscriptions") ?? false
        content.terms = try terms(fields)
        return content
    }

    static func subscription(_ fields: WireFields) throws(CallFault) -> SubscriptionContent {
        var content = SubscriptionContent()
        content.plan = try fields.nonempty("plan_id").map { ObjectID($0) }
        content.description = try fields.text("description", atMost: 255)
        content.payer = try fields.fields("customer").map { part throws(CallFault) in
            try PaymentReading.stored(part)
        }
        content.terms = try terms(fields)
        content.nextBill = try day("next_bill_date", try fields.nonempty("next_bill_date"))
        if let items = try fields.objects("line_items") {
            var total: Int64 = 0
            for item in items {
                let (sum, overflowed) = total.addingReportingOverflow(try amount(of: item))
                guard !overflowed else { throw .invalid("the amount is too large") }
                total = sum
            }
            content.memos = [fields.memo("line_items")].compactMap(\.self)
            if try fields.flag("derive_amount_from_line_items") == true { content.terms.amount = total }
        }
        return content
    }

    /// `amount` of a line item, or else its price times its quantity less its discount.
    private static func amount(of item: WireFields) throws(CallFault) -> Int64 {
        try LineItemTexts.check(item)
        if let amount = try item.amount("amount") { return amount }
        let price = try item.amount("unit_price") ?? 0
        let quantity = try item.integer("quantity", in: 0...1_000_000) ?? 1
        let (product, overflowed) = price.multipliedReportingOverflow(by: Int64(quantity))
        guard !overflowed else { throw .invalid("the amount is too large") }
        return max(0, product - (try item.amount("discount_amount") ?? 0))
    }

    static func day(_ name: String, _ text: String?) throws(CallFault) -> Int? {
        guard let text else { return nil }
        guard let day = DayText.read(text) else { throw .invalid("invalid \(name): YYYY-MM-DD") }
        return day
    }

    // MARK: - Terms

    private static func terms(_ fields: WireFields) throws(CallFault) -> TermsContent {
        var terms = TermsContent()
        terms.amount = try fields.amount("amount")
        terms.interval = try fields.integer("billing_cycle_interval", in: BillingSchedule.intervals)
        if let word = try fields.nonempty("billing_frequency") {
            guard let frequency = BillingSchedule.Frequency(rawValue: WireName.camel(word)) else {
                throw fields.invalid("billing_frequency")
            }
            terms.frequency = frequency
        }
        terms.days = try days(fields)
        terms.chargesOnDay = try fields.flag("charge_on_day")
        terms.duration = try fields.integer("duration", in: durations)
        terms.addOns = try references("add_ons", fields)
        terms.discounts = try references("discounts", fields)
        return terms
    }

    /// `10`, `1,15`, `0`.
    private static func days(_ fields: WireFields) throws(CallFault) -> [Int]? {
        guard let text = try fields.nonempty("billing_days", atMost: 20) else { return nil }
        var days: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let digits = part.filter { $0 != " " }
            guard Digits.areAll(digits), let day = Int(digits) else { throw fields.invalid("billing_days") }
            days.append(day)
        }
        return days
    }

    private static func references(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> [ModifierReference]? {
        guard let list = try fields.objects(name) else { return nil }
        return try list.map { part throws(CallFault) in
            ModifierReference(ObjectID(try part.required("id")), try modifier(part))
        }
    }
}

/// The words for what is not done about recurring payments.
enum RecurringFaultText {
    static func fault(_ fault: RecurringFault) -> CallFault {
        switch fault {
        case .notFound: .notFound
        case .unknownModifier(let kind, let place):
            .invalid("invalid \(kind == .addOn ? "add_ons" : "discounts")[\(place)].id")
        case .unknownPlan: .invalid("invalid plan_id")
        case .unknownCustomer: .charge(.customer)
        case .unknownPayment: .charge(.customerPayment)
        case .unknownAddress: .charge(.customerAddress)
        case .missing(.amount): .invalid("amount is required")
        case .missing(.frequency): .invalid("billing_frequency is required")
        case .missing(.days): .invalid("invalid billing_days")
        case .customAmount: .invalid("the plan does not allow a custom amount")
        case .nextBillDate: .invalid("invalid next_bill_date: in the past")
        case .status: .invalid("subscription status does not allow this")
        case .tooMany: .invalid("the limit is reached")
        }
    }
}
