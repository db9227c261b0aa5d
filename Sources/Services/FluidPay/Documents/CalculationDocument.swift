import JSON
import Payments
import Processor

/// The answer of the calculation, keys in their documented order. Reference §9.3.
struct CalculationDocument {
    let result: Calculation

    init(_ result: Calculation) { self.result = result }

    var json: JSONValue {
        var object = JSONObject(pairs: values)
        object.append("processor_id", .string(result.processor.text))
        object.append("payment_method", .string(result.method))
        object.append("included_amounts", included)
        object.append("subtotal", JSONValue(result.subtotal))
        object.append("amount", JSONValue(result.amount))
        object.append("additional_total", JSONValue(result.additionalTotal))
        object.append("total", JSONValue(result.total))
        object.append("features", features)
        object.append("display", display)
        object.append("disclaimer", disclaimer)
        return .object(object)
    }

    private func number(_ value: Int64?) -> JSONValue { value.map { JSONValue($0) } ?? .null }

    private var values: [(String, JSONValue)] {
        [
            ("line_items", number(result.lineItems)), ("shipping_amount", number(result.shipping.value)),
            ("discount_amount", number(result.discount.value)), ("freight_amount", number(result.freight)),
            ("addon_amount", number(result.addon.value)), ("duty_amount", number(result.duty.value)),
            ("tip_amount", number(result.tip.value)), ("additional_amounts", number(result.additional.value)),
            ("tax_amount", number(result.tax.value)), ("national_tax_amount", number(result.nationalTax.value)),
            ("local_tax_amount", number(result.localTax.value)), ("service_fee", number(result.serviceFee.value)),
            ("surcharge", number(result.surcharge.value)),
        ]
    }

    private var included: JSONValue {
        JSONValue(pairs: [
            ("shipping_amount", number(result.shipping.included)),
            ("discount_amount", number(result.discount.included)), ("duty_amount", number(result.duty.included)),
            ("tip_amount", number(result.tip.included)), ("tax_amount", number(result.tax.included)),
            ("national_tax_amount", number(result.nationalTax.included)),
            ("local_tax_amount", number(result.localTax.included)),
            ("service_fee", number(result.serviceFee.included)), ("surcharge", number(result.surcharge.included)),
        ])
    }

    private var features: JSONValue {
        JSONValue(pairs: [
            ("surcharge", JSONValue((result.surcharge.included ?? 0) > 0)),
            ("cash_discount", JSONValue(result.isCashDiscount)), ("dual_pricing", JSONValue(result.isDualPricing)),
            ("dual_pricing_v2", JSONValue(result.isDualPricingV2)),
        ])
    }

    /// Shown is what is not zero.
    private var display: JSONValue {
        let parts: [(String, Int64)] = [
            ("subtotal", result.subtotal), ("amount", result.amount), ("shipping", result.shipping.value ?? 0),
            ("freight", result.freight ?? 0), ("duty", result.duty.value ?? 0),
            ("discount", result.discount.value ?? 0), ("service_fee", result.serviceFee.value ?? 0),
            ("surcharge", result.surcharge.value ?? 0), ("tax", result.tax.value ?? 0),
            ("national_tax", result.nationalTax.value ?? 0), ("local_tax", result.localTax.value ?? 0),
            ("tip", result.tip.value ?? 0), ("total", result.total),
        ]
        var object = JSONObject(
            pairs: parts.map { name, value in
                (name, JSONValue(pairs: [("value", JSONValue(value)), ("display", JSONValue(value != 0))]))
            })
        object.append(
            "consumer_choice",
            JSONValue(pairs: [
                ("card", JSONValue(result.cardTotal)), ("ach", JSONValue(result.bankTotal)),
                ("display", JSONValue(result.showsChoice)),
            ]))
        return .object(object)
    }

    private var disclaimer: JSONValue {
        JSONValue(pairs: [
            ("text", .string(result.disclaimer)), ("html", .string(result.disclaimerHTML)),
            ("display", JSONValue(!result.disclaimer.isEmpty)),
        ])
    }
}
