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
        command.holder = ProfileFields.holder(fields)
        command.hasDefaultPostalCode = fields.text("postal") == nil
        command.bankKind = ProfileFields.bankKind(fields)
        command.optsOutOfUpdates = ProfileFields.flag("auoptout", fields)
        command.permitsStoring = ProfileFields.flag("cofpermission", fields)
    }
}
