import Payments

/// What an amount is to be reckoned from. All amounts are minor units; all rates are exact.
package struct CalculationRequest: Sendable {
    /// Something sold, with its own discounts and taxes.
    package struct Item: Hashable, Sendable {
        package var unitPrice: Int64 = 0
        /// Millionths.
        package var quantity: Int64 = 1_000_000
        package var discount: Int64 = 0
        package var freight: Int64 = 0
        package var isTaxable = false
        /// Ten-thousandths of a percent.
        package var discountRate: Int64 = 0
        package var taxRate: Int64 = 0
        package var localTaxRate: Int64 = 0
        package var nationalTaxRate: Int64 = 0

        package init() {}
    }

    package struct Flags: Hashable, Sendable {
        package var skipsCashDiscount = false
        package var skipsSurcharge = false
        package var skipsServiceFee = false
        package var skipsConsumerChoice = false
        package var includesDefaultTax: Bool?
        package var isTaxExempt: Bool?
        package var usesSurchargeFallback = false
        package var addsTax: Bool?

        package init() {}
    }

    package var processor: ObjectID?
    package var currency = ""
    package var method = ""
    package var amount: Int64?
    package var subtotal: Int64?
    package var items: [Item] = []
    package var products: [Item] = []
    package var shipping: AmountComponent?
    package var duty: AmountComponent?
    package var tip: AmountComponent?
    package var tax: AmountComponent?
    package var nationalTax: AmountComponent?
    package var localTax: AmountComponent?
    package var serviceFee: AmountComponent?
    package var surcharge: AmountComponent?
    package var adjustment: AmountComponent?
    package var addons: [AmountComponent] = []
    package var discounts: [AmountComponent] = []
    package var additional: [AmountComponent] = []
    package var bin: String?
    package var state: String?
    package var flags = Flags()

    package init() {}

    /// No amount of a request or of a step is more than this, so that sums stay exact.
    package static let largest: Int64 = 1_000_000_000_000
}

/// Why nothing can be reckoned.
package enum CalculationFault: Error, Hashable, Sendable {
    case noAmount, unknownProcessor, noProcessor, currency, binMissing, stateMissing, tooLarge
}

/// What came of it: each part, how much of it is in the total, and the total.
package struct Calculation: Hashable, Sendable {
    /// Nil: does not apply.
    package struct Part: Hashable, Sendable {
        package var value: Int64?
        package var included: Int64?

        package init(value: Int64? = nil, included: Int64? = nil) {
            self.value = value
            self.included = included
        }
    }

    package var processor = ObjectID("")
    package var method = ""
    package var lineItems: Int64?
    package var freight: Int64?
    package var shipping = Part()
    package var discount = Part()
    package var addon = Part()
    package var duty = Part()
    package var tip = Part()
    package var additional = Part()
    package var adjustment = Part()
    package var tax = Part()
    package var nationalTax = Part()
    package var localTax = Part()
    package var serviceFee = Part()
    package var surcharge = Part()
    package var subtotal: Int64 = 0
    package var amount: Int64 = 0
    package var additionalTotal: Int64 = 0
    package var total: Int64 = 0
    package var isCashDiscount = false
    package var isDualPricing = false
    package var isDualPricingV2 = false
    /// What the other way to pay would come to.
    package var cardTotal: Int64 = 0
    package var bankTotal: Int64 = 0
    package var showsChoice = false
    package var disclaimer = ""
    package var disclaimerHTML = ""

    package init() {}

    /// Before it is cut off at zero.
    package var sumOfParts: Int64 {
        let added = [shipping, duty, tip, tax, nationalTax, localTax, serviceFee, surcharge]
        return added.reduce(amount + additionalTotal) { $0 + ($1.included ?? 0) } - (discount.included ?? 0)
    }
}
