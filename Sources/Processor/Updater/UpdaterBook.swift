import HashTreeCollections
package import Payments

/// An account that a merchant has enrolled with the updater.
package struct EnrolledAccount: Hashable, Sendable {
    package let merchant: MerchantKey
    package let token: CardToken

    package init(merchant: MerchantKey, token: CardToken) {
        self.merchant = merchant
        self.token = token
    }
}

/// An update as it is told.
package struct AccountUpdate: Hashable, Sendable {
    /// On the gateway's calendar, counted from 1970.
    package let day: Int
    package let change: AccountChange
    package let old: CardToken
    /// Of a number that has changed; and of one that has not where only the expiry is new.
    package let new: CardToken?
    /// `YYYYMMDD`.
    package let expiry: String?
    /// Stored accounts that were brought up to date.
    package let profiles: [StoredAccountKey]
}

/// The accounts that merchants have enrolled, by when they are due; and what came of them, by day.
package struct UpdaterBook: Equatable, Sendable {
    package struct Enrolment: Hashable, Sendable {
        package internal(set) var expiry: CardExpiry?
        /// When the next update comes.
        package internal(set) var due: Instant
        /// How many have come.
        package internal(set) var runs = 0
        /// Of accounts that are due at once, the one that was enrolled first comes first.
        fileprivate var serial = 0
    }

    private struct Due: Hashable, Comparable, Sendable {
        let instant: Instant
        let serial: Int

        init(_ enrolment: Enrolment) {
            instant = enrolment.due
            serial = enrolment.serial
        }

        static func < (a: Due, b: Due) -> Bool {
            a.instant == b.instant ? a.serial < b.serial : a.instant < b.instant
        }
    }

    private struct Dated: Hashable, Comparable, Sendable {
        let day: Int
        let serial: Int

        static func < (a: Dated, b: Dated) -> Bool { a.day == b.day ? a.serial < b.serial : a.day < b.day }
    }

    private var enrolments: TreeDictionary<EnrolledAccount, Enrolment> = [:]
    private var due: TreeDictionary<MerchantKey, PersistentSortedMap<Due, CardToken>> = [:]
    private var updates: TreeDictionary<MerchantKey, PersistentSortedMap<Dated, Boxed<AccountUpdate>>> = [:]
    private var serial = 0
    /// Updates that are remembered of one merchant.
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    // MARK: - Reading

    package subscript(account: EnrolledAccount) -> Enrolment? { enrolments[account] }

    package func count(of merchant: MerchantKey) -> Int { due[merchant]?.count ?? 0 }

    /// When the next update of a merchant's accounts comes.
    func next(of merchant: MerchantKey) -> Instant? { due[merchant]?.first?.key.instant }

    /// The accounts whose time has come, in order.
    func due(of merchant: MerchantKey, until now: Instant) -> [CardToken] {
        var tokens: [CardToken] = []
        due[merchant]?.visit { key, token in
            guard key.instant <= now else { return false }
            tokens.append(token)
            return true
        }
        return tokens
    }

    /// Updates since a day, oldest first: how many there are, and those at some positions.
    func updates(of merchant: MerchantKey, since day: Int, _ positions: Range<Int>) -> (
        total: Int, shown: [AccountUpdate]
    ) {
        guard let updates = updates[merchant] else { return (0, []) }
        let first = updates.position(of: Dated(day: day, serial: 0))
        let total = updates.count - first
        let shown = positions.clamped(to: 0..<total).compactMap { updates.element(at: first + $0)?.value.value }
        return (total, shown)
    }

    // MARK: - Changing

    mutating func apply(_ event: UpdaterEvent) {
        switch event {
        case .enrolled(let account, let expiry, let instant):
            let before = remove(account)
            serial += 1
            var enrolment = before ?? Enrolment(due: instant, serial: serial)
            enrolment.expiry = expiry
            enrolment.due = instant
            put(account, enrolment)
        case .removed(let account):
            _ = remove(account)
        case .looked(let account, let update, let next):
            guard var enrolment = remove(account) else { return }
            enrolment.due = next
            enrolment.runs += 1
            put(account, enrolment)
            if let update { keep(update, of: account.merchant) }
        }
    }

    private mutating func put(_ account: EnrolledAccount, _ enrolment: Enrolment) {
        enrolments[account] = enrolment
        due[account.merchant, default: PersistentSortedMap()][Due(enrolment)] = account.token
    }

    private mutating func remove(_ account: EnrolledAccount) -> Enrolment? {
        guard let enrolment = enrolments.removeValue(forKey: account) else { return nil }
        due[account.merchant]?[Due(enrolment)] = nil
        return enrolment
    }

    private mutating func keep(_ update: Boxed<AccountUpdate>, of merchant: MerchantKey) {
        serial += 1
        var kept = updates[merchant] ?? PersistentSortedMap()
        kept[Dated(day: update.value.day, serial: serial)] = update
        if kept.count > limit, let oldest = kept.first { kept[oldest.key] = nil }
        updates[merchant] = kept
    }
}

/// What can happen to enrolled accounts.
package enum UpdaterEvent: Equatable, Sendable {
    /// Enrolled, or enrolled again; the next update comes then.
    case enrolled(EnrolledAccount, expiry: CardExpiry?, due: Instant)
    case removed(EnrolledAccount)
    /// The card networks were asked. Nil: they had nothing to say.
    case looked(EnrolledAccount, Boxed<AccountUpdate>?, next: Instant)
}
