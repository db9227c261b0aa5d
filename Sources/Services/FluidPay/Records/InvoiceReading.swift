import JSON
import Payments
import Processor

/// The body of an invoice. Reference §16; the items' members are ours, since no source has them.
enum InvoiceReading {
    private static let texts: [(name: MemberName, limit: Int)] = [
        ("company_name", 100), ("customer_number", 50), ("invoice_number", 50), ("customer_id", 40),
        ("payable_to", 1000), ("bill_to", 1000), ("message", 1000), ("email_to", 254),
    ]

    /// What answers repeat.
    static func document(_ fields: WireFields) throws(CallFault) -> JSONObject {
        var object = JSONObject()
        for text in texts {
            let name = text.name.description
            if name == "payable_to" || name == "bill_to", let value = fields.object.present(text.name),
                value.object != nil
            {
                object.append(name, Redaction.redacted(value))
            } else if let value = try fields.text(text.name, atMost: text.limit) {
                object.append(name, .string(value))
            }
        }
        if let currency = try fields.nonempty("currency") { object.append("currency", .string(currency.lowercased())) }
        if let way = try fields.nonempty("send_via") {
            guard ["none", "text", "email", "both"].contains(way) else { throw fields.invalid("send_via") }
            object.append("send_via", .string(way))
        }
        if let email = object["email_to"]?.stringValue, !AddressReading.isEmail(email) {
            throw fields.invalid("email_to")
        }
        for name in ["date_due", "tax_percent"] as [MemberName] {
            if let text = try fields.text(name) { object.append(name.description, .string(text)) }
        }
        for name in ["enable_tax", "enable_shipping"] as [MemberName] {
            if let flag = try fields.flag(name) { object.append(name.description, .bool(flag)) }
        }
        for name in ["items", "payment_methods"] as [MemberName] {
            if let list = try fields.list(name) { object.append(name.description, Redaction.redacted(.array(list))) }
        }
        return object
    }

    static func state(_ fields: WireFields) throws(CallFault) -> InvoiceState {
        var state = InvoiceState()
        guard let items = try fields.objects("items"), !items.isEmpty else { throw .invalid("items is required") }
        guard items.count <= 1000 else { throw .invalid("invalid items: more than 1000") }
        for item in items { state.subtotal += try amount(of: item) }
        guard state.subtotal <= largest else { throw .invalid("invalid items: the amount is too large") }
        if try fields.flag("enable_tax") == true {
            let percent = try fields.integer("tax_percent", in: 0...1_000_000) ?? 0
            state.tax = AmountComponent(.percentage, Int64(percent)).amount(of: state.subtotal)
        }
        if try fields.flag("enable_shipping") == true { state.shipping = try fields.amount("shipping") ?? 0 }
        state.adjustment = try adjustment(fields)
        state.paid = try fields.amount("amount_paid") ?? 0
        guard state.paid <= state.total else { throw fields.invalid("amount_paid") }
        state.allowsPartial = try fields.flag("allow_partial_payment") ?? false
        switch try fields.nonempty("transaction_type") ?? "sale" {
        case "sale": state.kind = .sale
        case "authorize": state.kind = .authorize
        default: throw fields.invalid("transaction_type")
        }
        state.cardProcessor = try fields.nonempty("card_processor_id").map { ObjectID($0) }
        state.bankProcessor = try fields.nonempty("ach_processor_id").map { ObjectID($0) }
        if let text = try fields.nonempty("date_due") {
            guard let due = InstantText.read(text) ?? WireTime.day(text) else { throw fields.invalid("date_due") }
            state.due = due
        }
        if state.paid > 0 { state.status = state.amountDue == 0 ? .paid : .partiallyPaid }
        return state
    }

    private static let largest: Int64 = 1_000_000_000_000

    private static func amount(of item: WireFields) throws(CallFault) -> Int64 {
        _ = try item.required("name", atMost: 100)
        let quantity = try item.integer("quantity", in: 1...100_000) ?? 1
        var given = try item.amount("unit_price")
        if given == nil { given = try item.amount("price") }
        guard let price = given else { throw .invalid("\(item.path)unit_price is required") }
        guard price <= largest / 1_000_000 else { throw item.invalid("unit_price") }
        return price * Int64(quantity)
    }

    /// May be negative.
    private static func adjustment(_ fields: WireFields) throws(CallFault) -> Int64 {
        guard let value = fields.object.present("adjustment") else { return 0 }
        guard let number = value.integer ?? value.stringValue.flatMap({ Int($0) }), abs(Int64(number)) <= largest else {
            throw fields.invalid("adjustment")
        }
        return Int64(number)
    }
}
