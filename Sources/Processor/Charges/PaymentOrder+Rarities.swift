import Payments

/// What few payments have lies elsewhere in memory, for an order is copied often, and kept as long as the ledger
/// remembers its payment: what is as it was at the beginning takes no room.
extension PaymentOrder {
    struct Rarities: RareParts {
        var idempotencyKey = ""
        var description = ""
        var orderID = ""
        var poNumber = ""
        var ipAddress = ""
        var sendsReceipt = false
        var email = ""
        var shipFromPostalCode = ""
        var commodityCode = ""
        var merchantVAT = ""
        var customerVAT = ""
        var customer = ObjectID("")
        var customerPaymentType = ""
        var customerPayment = ObjectID("")
        var subscription = ObjectID("")
        var referenced = ObjectID("")
        var terminal = ObjectID("")
        var cardOnFile = ""
        var billingMethod = ""
        var initialTransaction = ""
        var returned: Return?
        var billing: Boxed<PostalAddress>?
        var shipping: Boxed<PostalAddress>?
    }

    package var idempotencyKey: String {
        get { rarities?.value.idempotencyKey ?? "" }
        set { if newValue != idempotencyKey { rarities.change { $0.idempotencyKey = newValue } } }
    }

    package var description: String {
        get { rarities?.value.description ?? "" }
        set { if newValue != description { rarities.change { $0.description = newValue } } }
    }

    package var orderID: String {
        get { rarities?.value.orderID ?? "" }
        set { if newValue != orderID { rarities.change { $0.orderID = newValue } } }
    }

    package var poNumber: String {
        get { rarities?.value.poNumber ?? "" }
        set { if newValue != poNumber { rarities.change { $0.poNumber = newValue } } }
    }

    package var ipAddress: String {
        get { rarities?.value.ipAddress ?? "" }
        set { if newValue != ipAddress { rarities.change { $0.ipAddress = newValue } } }
    }

    package var sendsReceipt: Bool {
        get { rarities?.value.sendsReceipt == true }
        set { if newValue != sendsReceipt { rarities.change { $0.sendsReceipt = newValue } } }
    }

    package var email: String {
        get { rarities?.value.email ?? "" }
        set { if newValue != email { rarities.change { $0.email = newValue } } }
    }

    package var shipFromPostalCode: String {
        get { rarities?.value.shipFromPostalCode ?? "" }
        set { if newValue != shipFromPostalCode { rarities.change { $0.shipFromPostalCode = newValue } } }
    }

    package var commodityCode: String {
        get { rarities?.value.commodityCode ?? "" }
        set { if newValue != commodityCode { rarities.change { $0.commodityCode = newValue } } }
    }

    package var merchantVAT: String {
        get { rarities?.value.merchantVAT ?? "" }
        set { if newValue != merchantVAT { rarities.change { $0.merchantVAT = newValue } } }
    }

    package var customerVAT: String {
        get { rarities?.value.customerVAT ?? "" }
        set { if newValue != customerVAT { rarities.change { $0.customerVAT = newValue } } }
    }

    package var customer: ObjectID {
        get { rarities?.value.customer ?? ObjectID("") }
        set { if newValue != customer { rarities.change { $0.customer = newValue } } }
    }

    package var customerPaymentType: String {
        get { rarities?.value.customerPaymentType ?? "" }
        set { if newValue != customerPaymentType { rarities.change { $0.customerPaymentType = newValue } } }
    }

    package var customerPayment: ObjectID {
        get { rarities?.value.customerPayment ?? ObjectID("") }
        set { if newValue != customerPayment { rarities.change { $0.customerPayment = newValue } } }
    }

    package var subscription: ObjectID {
        get { rarities?.value.subscription ?? ObjectID("") }
        set { if newValue != subscription { rarities.change { $0.subscription = newValue } } }
    }

    package var referenced: ObjectID {
        get { rarities?.value.referenced ?? ObjectID("") }
        set { if newValue != referenced { rarities.change { $0.referenced = newValue } } }
    }

    package var terminal: ObjectID {
        get { rarities?.value.terminal ?? ObjectID("") }
        set { if newValue != terminal { rarities.change { $0.terminal = newValue } } }
    }

    package var cardOnFile: String {
        get { rarities?.value.cardOnFile ?? "" }
        set { if newValue != cardOnFile { rarities.change { $0.cardOnFile = newValue } } }
    }

    package var billingMethod: String {
        get { rarities?.value.billingMethod ?? "" }
        set { if newValue != billingMethod { rarities.change { $0.billingMethod = newValue } } }
    }

    package var initialTransaction: String {
        get { rarities?.value.initialTransaction ?? "" }
        set { if newValue != initialTransaction { rarities.change { $0.initialTransaction = newValue } } }
    }

    package var returned: Return? {
        get { rarities?.value.returned }
        set { if newValue != returned { rarities.change { $0.returned = newValue } } }
    }

    package var billing: PostalAddress {
        get { rarities?.value.billing?.value ?? PostalAddress() }
        set { if newValue != billing { rarities.change { $0.billing = newValue.isEmpty ? nil : Boxed(newValue) } } }
    }

    package var shipping: PostalAddress {
        get { rarities?.value.shipping?.value ?? PostalAddress() }
        set { if newValue != shipping { rarities.change { $0.shipping = newValue.isEmpty ? nil : Boxed(newValue) } } }
    }

    /// Masks digits in the addresses that could be a card number: they go into the books.
    mutating func maskAddresses() {
        if let address = rarities?.value.billing { billing = address.value.storable }
        if let address = rarities?.value.shipping { shipping = address.value.storable }
    }
}

extension PaymentOrder.Instrument {
    package var masked: String { mask.text }

    struct Rarities: RareParts {
        var routingNumber = ""
        var secCode = ""
        var accountType = ""
        var terminal: PaymentOrder.TerminalAnswer?
        var redirect: PaymentOrder.Redirect?
    }

    package var routingNumber: String {
        get { rarities?.value.routingNumber ?? "" }
        set { if newValue != routingNumber { rarities.change { $0.routingNumber = newValue } } }
    }

    package var secCode: String {
        get { rarities?.value.secCode ?? "" }
        set { if newValue != secCode { rarities.change { $0.secCode = newValue } } }
    }

    package var accountType: String {
        get { rarities?.value.accountType ?? "" }
        set { if newValue != accountType { rarities.change { $0.accountType = newValue } } }
    }

    package var terminal: PaymentOrder.TerminalAnswer? {
        get { rarities?.value.terminal }
        set { if newValue != terminal { rarities.change { $0.terminal = newValue } } }
    }

    package var redirect: PaymentOrder.Redirect? {
        get { rarities?.value.redirect }
        set { if newValue != redirect { rarities.change { $0.redirect = newValue } } }
    }
}
