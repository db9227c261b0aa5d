import HashTreeCollections
import Payments

/// The customer profiles of all merchants. Finding one costs the same, however many there are.
package struct ProfileBook: Equatable, Sendable {
    private var profiles: TreeDictionary<ProfileKey, Boxed<CustomerProfile>> = [:]
    /// Accounts by everything in which a second one would have to be equal to be the same.
    private var alike: TreeDictionary<Likeness, PersistentSortedMap<StoredAccountKey, Bool>> = [:]
    /// Stored accounts by their token.
    private var byToken: TreeDictionary<Holding, PersistentSortedMap<StoredAccountKey, Bool>> = [:]
    /// How many profiles an owner ever had: what their ids are drawn by.
    private var created: TreeDictionary<MerchantKey, Int> = [:]
    /// The customers of each owner that have a record, in the order in which they came to be.
    private var listed: TreeDictionary<MerchantKey, PersistentSortedMap<Listing, Bool>> = [:]

    private struct Listing: Comparable, Sendable {
        let createdAt: Instant
        let id: String

        init(_ key: ProfileKey, _ record: CustomerRecord) {
            createdAt = record.createdAt
            id = key.id.text
        }

        static func < (a: Listing, b: Listing) -> Bool {
            a.createdAt == b.createdAt ? a.id < b.id : a.createdAt < b.createdAt
        }
    }

    package init() {}

    package var count: Int { profiles.count }

    package subscript(key: ProfileKey) -> CustomerProfile? { profiles[key]?.value }

    /// How many profiles an owner ever had.
    package func createdCount(of owner: MerchantKey) -> Int { created[owner] ?? 0 }

    /// The first stored account that is the same but for its number.
    package func twin(of account: StoredAccount, owner: MerchantKey) -> StoredAccountKey? {
        alike[Likeness(account, owner)]?.first?.key
    }

    /// The stored accounts with a token, in a fixed order.
    func accounts(with token: CardToken, of owner: MerchantKey) -> [StoredAccountKey] {
        byToken[Holding(owner: owner, token: token)]?.all.map(\.key) ?? []
    }

    /// The customers of an owner that have a record, newest first.
    package func customers(of owner: MerchantKey) -> some Sequence<CustomerProfile> {
        let list = listed[owner] ?? PersistentSortedMap()
        return (0..<list.count).reversed().lazy.compactMap { position in
            list.element(at: position).flatMap { self[ProfileKey(owner: owner, id: ProfileID($0.key.id))] }
        }
    }

    package func customerCount(of owner: MerchantKey) -> Int { listed[owner]?.count ?? 0 }

    mutating func apply(_ event: ProfileEvent) {
        switch event {
        case .opened(let key, let record):
            profiles[key] = Boxed(CustomerProfile(key, record: record))
            listed[key.owner, default: PersistentSortedMap()][Listing(key, record.value)] = true
        case .recordKept(let key, let record):
            guard var profile = self[key] else { return }
            profile.keep(record)
            profiles[key] = Boxed(profile)
        case .created(let key, let first):
            profiles[key] = Boxed(CustomerProfile(key, first: first))
            created[key.owner, default: 0] += 1
            index(first.value, key)
        case .accountStored(let key, let account):
            guard var profile = self[key] else { return }
            if let before = profile[account.value.number] { forget(before, key) }
            profile.store(account)
            profiles[key] = Boxed(profile)
            index(account.value, key)
        case .defaultChosen(let key):
            guard var profile = self[key.profile] else { return }
            profile.chooseDefault(key.number)
            profiles[key.profile] = Boxed(profile)
        case .accountRemoved(let key):
            guard var profile = self[key.profile] else { return }
            if let before = profile[key.number] { forget(before, key.profile) }
            profile.remove(key.number)
            profiles[key.profile] = Boxed(profile)
        case .removed(let key):
            for account in self[key]?.accounts ?? [] { forget(account, key) }
            if let record = self[key]?.record { listed[key.owner]?[Listing(key, record.value)] = nil }
            profiles[key] = nil
        }
    }

    private mutating func index(_ account: StoredAccount, _ key: ProfileKey) {
        alike[Likeness(account, key.owner), default: PersistentSortedMap()][StoredAccountKey(key, account.number)] =
            true
        let holding = Holding(owner: key.owner, token: account.token)
        byToken[holding, default: PersistentSortedMap()][StoredAccountKey(key, account.number)] = true
    }

    private mutating func forget(_ account: StoredAccount, _ key: ProfileKey) {
        let likeness = Likeness(account, key.owner)
        alike[likeness]?[StoredAccountKey(key, account.number)] = nil
        if alike[likeness]?.isEmpty == true { alike[likeness] = nil }
        let holding = Holding(owner: key.owner, token: account.token)
        byToken[holding]?[StoredAccountKey(key, account.number)] = nil
        if byToken[holding]?.isEmpty == true { byToken[holding] = nil }
    }

    /// A token that an owner has stored.
    private struct Holding: Hashable, Sendable {
        let owner: MerchantKey
        let token: CardToken
    }

    /// What has to be equal for two accounts to be the same one stored twice.
    private struct Likeness: Hashable, Sendable {
        let owner: MerchantKey
        let account: StoredAccount

        init(_ account: StoredAccount, _ owner: MerchantKey) {
            self.owner = owner
            var account = account
            account.number = 0
            account.permitsStoring = false
            account.vaulting = nil
            account.holder.company = nil
            account.holder.address2 = nil
            self.account = account
        }
    }
}

/// What can happen to profiles.
package enum ProfileEvent: Equatable, Sendable {
    /// A profile came to be with its first account, which is the default one.
    case created(ProfileKey, Boxed<StoredAccount>)
    /// An account was added, or took the place of the one with its number.
    case accountStored(ProfileKey, Boxed<StoredAccount>)
    /// Number 0: there is none any more.
    case defaultChosen(StoredAccountKey)
    case accountRemoved(StoredAccountKey)
    case removed(ProfileKey)
    /// A customer with a record and without an account came to be.
    case opened(ProfileKey, Boxed<CustomerRecord>)
    case recordKept(ProfileKey, Boxed<CustomerRecord>)
}
