import Payments
import Processor
import ServiceKit

/// A profile and perhaps an account as requests name them: `<profileid>`, `<profileid>/<acctid>`.
struct ProfileName {
    let id: ProfileID
    /// Nil: the default account, or all of them.
    let number: Int?

    /// - Parameter account: the account in a member of its own, as older clients send it.
    /// - Returns: nil for a name that no profile has: 20 digits, and one to three.
    init?(_ text: String, account: String?) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(id: String(parts[0]), account: parts.count == 2 ? String(parts[1]) : account ?? "")
    }

    /// The segments of a path.
    init?(_ parameters: PathParameters) {
        self.init(id: parameters["profileid"] ?? "", account: parameters["acctid"] ?? "")
    }

    private init?(id: String, account: String) {
        guard Digits.areAll(id), id.utf8.count == 20 else { return nil }
        self.id = ProfileID(id)
        guard !account.isEmpty else {
            number = nil
            return
        }
        guard Digits.areAll(account), account.utf8.count <= 3, let number = Int(account) else { return nil }
        self.number = number
    }
}

/// The members of a stored account, in requests and in answers (reference §11).
enum ProfileFields {
    static func content(_ fields: WireFields) -> SaveProfile.Content {
        var content = SaveProfile.Content()
        content.source = AuthFields.source(fields)
        content.bankKind = bankKind(fields)
        content.expiry = AuthFields.expiry(fields.text("expiry"))
        content.holder = holder(fields)
        content.optsOutOfUpdates = flag("auoptout", fields)
        content.permitsStoring = flag("cofpermission", fields)
        return content
    }

    static func holder(_ fields: WireFields) -> ContactDetails {
        var holder = ContactDetails()
        holder.name = fields.text("name")
        holder.company = fields.text("company")
        holder.address = fields.text("address")
        holder.address2 = fields.text("address2")
        holder.city = fields.text("city")
        holder.region = fields.text("region")
        holder.country = fields.text("country")
        holder.postalCode = fields.text("postal")
        holder.phone = fields.text("phone")
        holder.email = fields.text("email")
        return holder
    }

    static func bankKind(_ fields: WireFields) -> StoredAccount.Kind? {
        switch fields.text("accttype")?.uppercased() {
        case "ECHK": .checking
        case "ESAV": .savings
        default: nil
        }
    }

    /// Nil when it is not sent, or is neither `Y` nor `N`.
    static func flag(_ name: FieldName, _ fields: WireFields) -> Bool? {
        if fields.isYes(name) { return true }
        return fields.text(name)?.isSameWord("N") == true ? false : nil
    }

    static func addIDs(_ key: StoredAccountKey, to object: inout AnswerObject) {
        object.add("profileid", key.profile.id.text)
        object.add("acctid", String(key.number))
    }

    static func addAccount(_ account: StoredAccount, _ call: GatewayCall, to object: inout AnswerObject) {
        object.add("token", account.token.text)
        object.add("accttype", ifPresent: text(account.kind, call))
        object.add("expiry", ifPresent: account.expiry?.monthYear)
    }

    static func addHolder(_ account: StoredAccount, to object: inout AnswerObject) {
        let holder = account.holder
        object.add("name", ifPresent: holder.name)
        object.add("company", ifPresent: holder.company)
        object.add("address", ifPresent: holder.address)
        object.add("address2", ifPresent: holder.address2)
        object.add("city", ifPresent: holder.city)
        object.add("region", ifPresent: holder.region)
        object.add("country", ifPresent: holder.country)
        object.add("postal", ifPresent: holder.postalCode)
        object.add("phone", ifPresent: holder.phone)
        object.add("email", ifPresent: holder.email)
    }

    /// `accttype`.
    static func text(_ kind: StoredAccount.Kind, _ call: GatewayCall) -> String? {
        switch kind {
        case .card(let brand): brand.map { call.request.behavior.brands.shortName(of: $0) }
        case .checking: "ECHK"
        case .savings: "ESAV"
        }
    }
}
