import Payments

/// The time has come at which card networks tell of a merchant's enrolled accounts.
struct AccountUpdates {
    private let merchant: MerchantKey
    private var context: DecisionContext
    private var events: [Event] = []
    private var reasons: [Reason] = []

    static func decide(_ merchant: MerchantKey, in context: DecisionContext) -> Effects {
        var updates = AccountUpdates(merchant: merchant, context: context)
        for token in context.books.updater.due(of: merchant, until: context.now) { updates.look(at: token) }
        if let next = updates.context.books.updater.next(of: merchant) {
            updates.note([.agenda(.planned(.accountUpdates(merchant), at: next))])
        }
        return Effects(events: updates.events, reasons: updates.reasons)
    }

    private init(merchant: MerchantKey, context: DecisionContext) {
        self.merchant = merchant
        self.context = context
    }

    private var settings: UpdaterSettings { context.behavior.updater }

    private mutating func note(_ more: [Event]) {
        events += more
        context = context.after(more)
    }

    private mutating func look(at token: CardToken) {
        let key = EnrolledAccount(merchant: merchant, token: token)
        guard let enrolment = context.books.updater[key] else { return }
        var chance = IdentifierSource(
            seed: context.seed ^ (UInt64(token.text) ?? 0), merchant: merchant, counter: enrolment.runs)
        let change = change(token, &chance)
        let next = context.now + settings.every
        guard change != .nothing, let update = update(token, change, &chance) else {
            return note([.updater(.looked(key, nil, next: next))])
        }
        note([.updater(.looked(key, Boxed(update), next: next))])
    }

    /// By the last four digits, else by chance.
    private mutating func change(_ token: CardToken, _ chance: inout IdentifierSource) -> AccountChange {
        if let row = settings.outcomes[token.lastFour] {
            reasons.append(.accountUpdate(row.change, token, row.source))
            return row.change
        }
        let changes = AccountChange.allCases
        return changes[Int(chance.next() % UInt64(changes.count))]
    }

    private mutating func update(
        _ token: CardToken, _ change: AccountChange, _ chance: inout IdentifierSource
    ) -> AccountUpdate? {
        guard let account = context.vault.account(token, in: merchant.scope) else { return nil }
        var new: CardToken?
        var expiry: String?
        switch change {
        case .number:
            new = newToken(like: account, &chance)
            expiry = anExpiry(&chance)
        case .expiry:
            new = token
            expiry = anExpiry(&chance)
        case .closed, .contact, .invalid, .nothing: break
        }
        let profiles = bringUpToDate(token, new, expiry)
        return AccountUpdate(
            day: context.civilNow.daysSince1970, change: change, old: token, new: new, expiry: expiry,
            profiles: profiles)
    }

    private func anExpiry(_ chance: inout IdentifierSource) -> String? {
        guard !settings.expiries.isEmpty else { return nil }
        return settings.expiries[Int(chance.next() % UInt64(settings.expiries.count))]
    }

    /// A number of the same issuer and length, which nobody ever sees.
    private mutating func newToken(like account: VaultedAccount, _ chance: inout IdentifierSource) -> CardToken? {
        guard case .card(_, let bin, let length, _) = account.kind, length > bin.digits.utf8.count + 1 else {
            return nil
        }
        let body = bin.digits + chance.digits(length - bin.digits.utf8.count - 1)
        guard let number = PrimaryAccountNumber(body + String(Luhn.checkDigit(for: body))) else { return nil }
        let resolution = context.vaulted(number, as: context.identify(number), in: merchant.scope)
        note(resolution.events(in: merchant.scope))
        return resolution.account.token
    }

    /// Stored accounts with the old number get the new one, unless their holders do not want that.
    private mutating func bringUpToDate(
        _ old: CardToken, _ new: CardToken?, _ expiry: String?
    ) -> [StoredAccountKey] {
        let owner = context.profileOwner(merchant)
        let keys = context.books.profiles.accounts(with: old, of: owner)
        var changed: [StoredAccountKey] = []
        for key in keys {
            guard var account = context.books.profiles[key.profile]?[key.number], !account.optsOutOfUpdates else {
                continue
            }
            changed.append(key)
            guard let new else { continue }
            account.token = new
            account.expiry = expiry.flatMap { CardExpiry($0) } ?? account.expiry
            note([.profile(.accountStored(key.profile, Boxed(account)))])
        }
        return changed
    }
}

extension DecisionContext {
    /// The same moment, once something has happened.
    func after(_ events: [Event]) -> DecisionContext {
        guard !events.isEmpty else { return self }
        var books = books
        books.apply(events)
        return DecisionContext(behavior: behavior, books: books, now: now, seed: seed, ruleObserver: ruleObserver)
    }
}
