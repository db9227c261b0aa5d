package import Payments

/// What an authorization has to do with a customer's profile.
package enum ProfileUse: Hashable, Sendable {
    case none
    /// Pays with a stored account; without a number with the default one.
    case stored(ProfileID, number: Int?)
    /// Stores the account once the payment is approved.
    case store
    /// A name that no profile can have.
    case unreadable

    /// The account comes from the profile.
    var namesAccount: Bool {
        switch self {
        case .stored, .unreadable: true
        case .none, .store: false
        }
    }
}

extension Authorize {
    /// The authorization with account, expiry and address of the profile, as far as the request does not say them, and
    /// the account looked up.
    func withStoredAccount(
        in context: DecisionContext
    ) -> (command: Authorize, resolution: Result<AccountResolution, RefusalFault>) {
        switch profile {
        case .none, .store: return (self, context.resolve(source, in: merchant.scope))
        case .unreadable: return (self, .failure(RefusalFault(.profileNotFound)))
        case .stored(let id, let number):
            let key = ProfileKey(owner: context.profileOwner(merchant), id: id)
            guard let account = context.books.profiles[key]?.account(number) else {
                return (self, .failure(RefusalFault(.profileNotFound)))
            }
            var command = self
            command.source = .account(AccountText(account.token.text))
            command.storedAccount = StoredAccountKey(key, account.number)
            if expiry == .absent, let date = account.expiry { command.expiry = .date(date) }
            command.name = name ?? account.holder.name
            command.address = address ?? account.holder.address
            command.country = country ?? account.holder.country
            if !sendsPostalCode, let stored = account.holder.postalCode {
                command.postalCode = stored
                command.hasDefaultPostalCode = false
            }
            return (command, context.resolve(command.source, in: merchant.scope))
        }
    }

    /// What is stored when the payment is approved.
    var profileContent: SaveProfile.Content {
        var content = SaveProfile.Content()
        content.source = source
        content.expiry = expiry
        guard let customer = customer?.value else { return content }
        content.bankKind = customer.bankKind
        content.holder = customer.holder
        content.optsOutOfUpdates = customer.optsOutOfUpdates
        content.permitsStoring = customer.permitsStoring
        return content
    }
}

extension TransactionDraft {
    /// Notes the stored account that pays, or stores the account when that was asked for and the payment is approved.
    mutating func keepProfile() {
        guard transaction.response.status == .approved else { return }
        if let used = command.storedAccount {
            transaction.details.storedAccount = used
            return
        }
        guard command.profile == .store, let account else { return }
        let resolution = AccountResolution(account: account, isNew: false, held: held, reasons: [])
        var shelf = ProfileShelf(command.merchant, context)
        do throws(RefusalFault) {
            var wanted = command.profileContent
            if let date = transaction.details.expiry { wanted.expiry = .date(date) }
            let content = try wanted.account(.success(resolution), command.merchant, context)
            try shelf.create(content, makesDefault: false)
        } catch {
            reasons.append(.note("the payment is approved, but its account is not stored: \(error.refusal.rawValue)"))
            return
        }
        transaction.details.storedAccount = shelf.saved?.key
        accountEvents += shelf.events.map(Event.profile)
        reasons += shelf.reasons
    }
}
