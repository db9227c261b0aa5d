import Payments
import Processor

extension AuthFields {
    /// What `profile` and `acctid` of an authorization mean (reference §11). A token in `profile` is the name of none.
    static func profile(_ fields: WireFields) -> ProfileUse {
        guard let text = fields.text("profile"), !text.isSameWord("N") else { return .none }
        if text.isSameWord("Y") { return .store }
        guard let name = ProfileName(text, account: fields.text("acctid")) else { return .unreadable }
        return .stored(name.id, number: name.number)
    }

    static func addCustomer(_ fields: WireFields, to command: inout Authorize) {
        command.profile = profile(fields)
        command.hasDefaultPostalCode = fields.text("postal") == nil
        if command.profile == .store { command.customer = Boxed(customer(fields)) }
    }

    private static func customer(_ fields: WireFields) -> Authorize.Customer {
        var customer = Authorize.Customer()
        customer.holder = ProfileFields.holder(fields)
        customer.bankKind = ProfileFields.bankKind(fields)
        customer.optsOutOfUpdates = ProfileFields.flag("auoptout", fields)
        customer.permitsStoring = ProfileFields.flag("cofpermission", fields)
        return customer
    }
}
