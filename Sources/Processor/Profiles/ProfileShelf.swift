import Payments

/// Works out the events that put an account into a profile.
struct ProfileShelf {
    private let owner: MerchantKey
    private let merchant: MerchantKey
    private let context: DecisionContext
    private(set) var events: [ProfileEvent] = []
    private(set) var reasons: [Reason] = []
    private(set) var saved: SaveProfile.Saved?

    init(_ merchant: MerchantKey, _ context: DecisionContext) {
        self.merchant = merchant
        self.context = context
        owner = context.profileOwner(merchant)
    }

    private var settings: ProfileSettings { context.behavior.gateway.profiles }

    /// A new profile, or the one in which the same account is stored already.
    mutating func create(_ account: StoredAccount, makesDefault: Bool) throws(RefusalFault) {
        if settings.findsDuplicates, let twin = context.books.profiles.twin(of: account, owner: owner),
            let profile = context.books.profiles[twin.profile], let there = profile[twin.number]
        {
            if makesDefault, profile.defaultNumber != twin.number { events.append(.defaultChosen(twin)) }
            reasons.append(.note("the same account is stored already: its ids are given again"))
            saved = SaveProfile.Saved(
                key: twin, account: there, isDefault: makesDefault || profile.defaultNumber == twin.number,
                wasThere: true)
            return
        }
        guard context.books.profiles.count < context.behavior.limits.profiles else {
            throw RefusalFault(.profilesExhausted)
        }
        let key = ProfileKey(owner: owner, id: nextID())
        events.append(.created(key, Boxed(account)))
        saved = SaveProfile.Saved(
            key: StoredAccountKey(key, account.number), account: account, isDefault: true, wasThere: false)
    }

    mutating func add(_ account: StoredAccount, to id: ProfileID, makesDefault: Bool) throws(RefusalFault) {
        let profile = try profile(id)
        guard profile.lastNumber < settings.accountsPerProfile else { throw RefusalFault(.invalidField) }
        var account = account
        account.number = profile.lastNumber + 1
        events.append(.accountStored(profile.key, Boxed(account)))
        finish(StoredAccountKey(profile.key, account.number), account, profile, makesDefault, wasThere: false)
    }

    func stored(
        _ id: ProfileID, _ number: Int?
    ) throws(RefusalFault) -> (key: StoredAccountKey, account: StoredAccount) {
        let profile = try profile(id)
        guard let account = profile.account(number) else { throw RefusalFault(.profileNotFound) }
        return (StoredAccountKey(profile.key, account.number), account)
    }

    mutating func replace(_ key: StoredAccountKey, _ account: StoredAccount, makesDefault: Bool) {
        guard let profile = context.books.profiles[key.profile] else { return }
        if profile[key.number] != account { events.append(.accountStored(key.profile, Boxed(account))) }
        finish(key, account, profile, makesDefault, wasThere: true)
    }

    private mutating func finish(
        _ key: StoredAccountKey, _ account: StoredAccount, _ profile: CustomerProfile, _ makesDefault: Bool,
        wasThere: Bool
    ) {
        if makesDefault, profile.defaultNumber != key.number { events.append(.defaultChosen(key)) }
        saved = SaveProfile.Saved(
            key: key, account: account, isDefault: makesDefault || profile.defaultNumber == key.number,
            wasThere: wasThere)
    }

    private func profile(_ id: ProfileID) throws(RefusalFault) -> CustomerProfile {
        guard let profile = context.books.profiles[ProfileKey(owner: owner, id: id)] else {
            throw RefusalFault(.profileNotFound)
        }
        return profile
    }

    /// 20 digits, the first of them 1: drawn from the seed and the owner's count, which goes on when profiles are
    /// removed.
    private func nextID() -> ProfileID {
        var count = context.books.profiles.createdCount(of: owner)
        while true {
            // Away from the counters of transactions, which begin at -1.
            var identifiers = IdentifierSource(seed: context.seed, merchant: owner, counter: -2 - count)
            let id = ProfileID("1" + identifiers.digits(10) + identifiers.digits(9))
            if context.books.profiles[ProfileKey(owner: owner, id: id)] == nil { return id }
            count += 1
        }
    }
}

extension DecisionContext {
    /// Whose profiles a merchant sees: its own, or those of the whole site.
    package func profileOwner(_ merchant: MerchantKey) -> MerchantKey {
        behavior.profileOwner(merchant)
    }
}

extension Behavior {
    /// Whose profiles a merchant sees: its own, or those of the whole site.
    package func profileOwner(_ merchant: MerchantKey) -> MerchantKey {
        gateway.profiles.areSharedBySite ? MerchantKey(scope: merchant.scope, id: "") : merchant
    }
}
