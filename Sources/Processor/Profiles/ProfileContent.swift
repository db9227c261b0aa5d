import Payments

extension SaveProfile.Content {
    /// The account to store, without its number yet.
    func account(
        _ resolution: Result<AccountResolution, RefusalFault>, _ merchant: MerchantKey, _ context: DecisionContext
    ) throws(RefusalFault) -> StoredAccount {
        let found = try resolution.get()
        var account = StoredAccount(
            number: 1, token: found.account.token, kind: try kind(of: found.account, merchant, context))
        account.expiry = try date() ?? found.held?.expiry
        account.holder = try kept(holder, context)
        account.optsOutOfUpdates = optsOutOfUpdates ?? false
        account.permitsStoring = permitsStoring ?? false
        return account
    }

    /// A stored account after a change. Token and kind stay when no account is sent: nothing could be paid without.
    func change(
        _ before: StoredAccount, _ resolution: Result<AccountResolution, RefusalFault>?, keeps: Bool,
        _ merchant: MerchantKey, _ context: DecisionContext
    ) throws(RefusalFault) -> StoredAccount {
        var after = before
        if let found = try resolution?.get() {
            after.token = found.account.token
            after.kind = try kind(of: found.account, merchant, context)
        }
        let sent = try kept(holder, context)
        let date = try date()
        after.holder = keeps ? sent.completed(by: before.holder) : sent
        after.expiry = date ?? (keeps ? before.expiry : nil)
        after.optsOutOfUpdates = optsOutOfUpdates ?? (keeps && before.optsOutOfUpdates)
        after.permitsStoring = permitsStoring ?? (keeps && before.permitsStoring)
        return after
    }

    private func date() throws(RefusalFault) -> CardExpiry? {
        switch expiry {
        case .absent: return nil
        case .date(let date): return date
        case .unreadable: throw RefusalFault(.nonNumericExpiry)
        }
    }

    private func kind(
        of account: VaultedAccount, _ merchant: MerchantKey, _ context: DecisionContext
    ) throws(RefusalFault) -> StoredAccount.Kind {
        switch account.kind {
        case .card(let brand, _, _, _): return .card(brand)
        case .bank(let routingNumber, _):
            let known = context.merchant(merchant)
            let books = known.flatMap { context.behavior.processors[$0.processor]?.ach != nil } ?? false
            guard known?.achMerchant != nil || books else { throw RefusalFault(.achNotSupported) }
            guard routingNumber.utf8.count == 9 else { throw RefusalFault(.invalidCard) }
            return bankKind ?? .checking
        }
    }

    /// Texts as they are kept: within their fields, without anything that could be a card number.
    private func kept(
        _ holder: ContactDetails, _ context: DecisionContext
    ) throws(RefusalFault) -> ContactDetails {
        let settings = context.behavior.gateway.profiles
        var holder = holder
        if settings.joinsAddressLines, let second = holder.address2 {
            holder.address = holder.address.map { $0 + " " + second } ?? second
            holder.address2 = nil
        }
        for part in ContactDetails.parts {
            guard let text = holder[keyPath: part] else { continue }
            let longest = settings.joinsAddressLines && part == \.address ? 61 : Self.longest(part)
            if text.count > longest, settings.longTexts == .refuse { throw RefusalFault(.invalidField) }
            holder[keyPath: part] = context.keepable(String(text.prefix(longest)))
        }
        if let phone = holder.phone { holder.phone = String(phone.prefix(settings.phoneLength)) }
        return holder
    }

    /// Source: reference §4.1.
    private static func longest(_ part: WritableKeyPath<ContactDetails, String?>) -> Int {
        switch part {
        case \.name, \.address, \.address2, \.city: 30
        case \.region: 20
        case \.country: 2
        case \.postalCode: 9
        case \.phone: 15
        default: 128
        }
    }
}
