import JSON
import Payments
import Processor

/// Components of amounts: `type`, `value`, `include`. Reference §9.2.
enum ComponentReading {
    /// A percentage of more than this is a mistake; flat values are bounded as all amounts are.
    private static let largestPercentage: Int64 = 10_000_000

    static func read(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> AmountComponent? {
        guard let part = try fields.fields(name) else { return nil }
        return try read(part)
    }

    static func list(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> [AmountComponent] {
        guard let parts = try fields.objects(name) else { return [] }
        guard parts.count <= 1000 else { throw .invalid("\(name): more than 1000 elements") }
        var components: [AmountComponent] = []
        for part in parts { components.append(try read(part)) }
        return components
    }

    private static func read(_ part: WireFields) throws(CallFault) -> AmountComponent {
        guard let kind = try part.choice("type", AmountComponent.Kind.self) else {
            throw .invalid("\(part.path)type is required")
        }
        guard let value = try CalculationReading.bounded("value", part) else {
            throw .invalid("\(part.path)value is required")
        }
        if kind == .percentage, value > largestPercentage { throw part.invalid("value") }
        return AmountComponent(kind, value, includes: try part.flag("include") ?? false)
    }
}

/// The body of `POST /api/calculate/amounts`. Reference §9.1.
enum CalculationReading {
    static func read(_ fields: WireFields) throws(CallFault) -> CalculationRequest {
        var request = CalculationRequest()
        request.processor = try fields.nonempty("processor_id").map { ObjectID($0) }
        request.currency = try fields.required("currency")
        request.method = try fields.required("payment_method")
        guard ["card", "ach", "token", "terminal", "cash", "apple_pay_token"].contains(request.method) else {
            throw fields.invalid("payment_method")
        }
        let type = try fields.required("transaction_type")
        guard ["verification", "auth", "authorize", "sale", "void", "refund", "credit"].contains(type) else {
            throw fields.invalid("transaction_type")
        }
        request.amount = try bounded("amount", fields)
        request.subtotal = try bounded("subtotal", fields)
        request.items = try items(fields)
        request.products = try products(fields)
        if request.subtotal == nil, request.items.isEmpty, request.products.isEmpty {
            throw .invalid("subtotal is required")
        }
        try readComponents(fields, into: &request)
        request.bin = try fields.nonempty("cc_bin")
        request.state = try fields.nonempty("state")
        request.flags = try flags(try fields.fields("flags"))
        _ = try fields.text("country", atMost: 50)
        _ = try fields.text("source", atMost: 100)
        return request
    }

    static func bounded(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> Int64? {
        guard let amount = try fields.amount(name) else { return nil }
        guard amount <= CalculationRequest.largest else { throw fields.invalid(name) }
        return amount
    }

    private static func readComponents(
        _ fields: WireFields, into request: inout CalculationRequest
    ) throws(CallFault) {
        request.adjustment = try ComponentReading.read("processor_payment_adjustment", fields)
        request.shipping = try ComponentReading.read("shipping_amount", fields)
        request.duty = try ComponentReading.read("duty_amount", fields)
        request.tip = try ComponentReading.read("tip_amount", fields)
        request.tax = try ComponentReading.read("tax_amount", fields)
        request.nationalTax = try ComponentReading.read("national_tax_amount", fields)
        request.localTax = try ComponentReading.read("local_tax_amount", fields)
        request.serviceFee = try ComponentReading.read("service_fee", fields)
        request.surcharge = try ComponentReading.read("surcharge", fields)
        request.addons = try ComponentReading.list("addon_amount", fields)
        request.discounts = try ComponentReading.list("discount_amount", fields)
        request.additional = try ComponentReading.list("additional_amounts", fields)
    }

    private static func flags(_ fields: WireFields?) throws(CallFault) -> CalculationRequest.Flags {
        var flags = CalculationRequest.Flags()
        guard let fields else { return flags }
        flags.skipsCashDiscount = try fields.flag("skip_cash_discount") ?? false
        flags.skipsSurcharge = try fields.flag("skip_surcharge") ?? false
        flags.skipsServiceFee = try fields.flag("skip_service_fee") ?? false
        flags.skipsConsumerChoice = try fields.flag("skip_consumer_choice") ?? false
        flags.includesDefaultTax = try fields.flag("include_default_tax_to_total")
        flags.isTaxExempt = try fields.flag("tax_exempt")
        flags.usesSurchargeFallback = try fields.flag("processor_surcharge_fallback") ?? false
        flags.addsTax = try fields.flag("add_tax_to_total")
        return flags
    }

    private static func items(_ fields: WireFields) throws(CallFault) -> [CalculationRequest.Item] {
        var items: [CalculationRequest.Item] = []
        for part in try objects("line_items", fields) {
            _ = try part.required("id")
            _ = try part.required("name")
            var item = CalculationRequest.Item()
            guard let price = try bounded("unit_price", part) else {
                throw .invalid("\(part.path)unit_price is required")
            }
            item.unitPrice = price
            guard let quantity = try decimal("quantity", part, decimals: 6) else {
                throw .invalid("\(part.path)quantity is required")
            }
            item.quantity = quantity
            _ = try decimal("quantity_shipped", part, decimals: 6)
            item.discount = try bounded("discount_amount", part) ?? 0
            item.freight = try bounded("freight_amount", part) ?? 0
            item.isTaxable = try part.flag("taxable") ?? false
            item.taxRate = try rate("tax_rate", part)
            item.localTaxRate = try rate("local_tax_rate", part)
            item.nationalTaxRate = try rate("national_tax_rate", part)
            item.discountRate = try rate("discount_rate", part)
            items.append(item)
        }
        return items
    }

    private static func products(_ fields: WireFields) throws(CallFault) -> [CalculationRequest.Item] {
        var items: [CalculationRequest.Item] = []
        for part in try objects("products", fields) {
            _ = try part.required("id")
            _ = try part.required("name")
            var item = CalculationRequest.Item()
            guard let price = try bounded("price", part) else { throw .invalid("\(part.path)price is required") }
            item.unitPrice = price
            item.localTaxRate = try rate("local_tax", part)
            item.nationalTaxRate = try rate("national_tax", part)
            _ = try part.flag("fixed_amount")
            _ = try part.flag("fixed_qty")
            items.append(item)
        }
        return items
    }

    private static func objects(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> [WireFields] {
        let parts = try fields.objects(name) ?? []
        guard parts.count <= 1000 else { throw .invalid("\(name): more than 1000 elements") }
        return parts
    }

    /// `10.25` is a rate of 10.25 %; ten-thousandths of a percent inside.
    private static func rate(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> Int64 {
        let rate = try decimal(name, fields, decimals: 4) ?? 0
        guard rate <= 10_000_000 else { throw fields.invalid(name) }
        return rate
    }

    private static func decimal(_ name: MemberName, _ fields: WireFields, decimals: Int) throws(CallFault) -> Int64? {
        guard let text = try fields.nonempty(name) else { return nil }
        do throws(DecimalText.Fault) {
            let value = try DecimalText.majorUnits(text, decimals: decimals)
            if value >= 0, value <= 1_000_000_000_000 { return value }
        } catch {
            throw fields.invalid(name)
        }
        throw fields.invalid(name)
    }
}
