import Payments

/// A customer while it is made or changed: what is there so far, and what happens to bring it about.
struct CustomerDraft {
    let context: DecisionContext
    let account: GatewayAccount
    private(set) var mint: ObjectIDMint
    private(set) var profile: CustomerProfile
    /// What happens to the customer, and what happens besides: numbers that become known, tokens that are used up.
    private(set) var ownEvents: [Event] = []
    private(set) var otherEvents: [Event] = []
    /// The part that was added last.
    private(set) var created: ObjectID?
    private var record: CustomerRecord

    /// A new customer.
    init(_ id: ObjectID, of account: GatewayAccount, _ mint: ObjectIDMint, in context: DecisionContext) {
        self.context = context
        self.account = account
        self.mint = mint
        record = CustomerRecord(createdAt: context.now)
        let key = context.customerKey(id, of: account)
        profile = CustomerProfile(key, record: Boxed(record))
        ownEvents = [.profile(.opened(key, Boxed(record)))]
    }

    /// A customer that is there.
    init(
        changing id: ObjectID, of account: GatewayAccount, _ mint: ObjectIDMint? = nil, in context: DecisionContext
    ) throws(VaultFault) {
        guard let profile = context.customer(id, of: account), let record = profile.record?.value else {
            throw .notFound
        }
        self.context = context
        self.account = account
        self.mint = mint ?? context.mint(account.id)
        self.profile = profile
        self.record = record
    }

    var key: ProfileKey { profile.key }
    var events: [Event] { otherEvents + ownEvents }
    var allEvents: [Event] { mint.events + events }
    var saved: SavedCustomer { SavedCustomer(profile: profile, created: created, accountID: account.id) }

    // MARK: - The record

    mutating func change(_ body: (inout CustomerRecord) throws(VaultFault) -> Void) throws(VaultFault) {
        let before = record
        try body(&record)
        guard record != before else { return }
        record.updatedAt = context.now
        let boxed = Boxed(record)
        profile.keep(boxed)
        ownEvents.append(.profile(.recordKept(key, boxed)))
    }

    /// Adds an address, or finds the one that is alike.
    mutating func addressID(for address: PostalAddress) throws(VaultFault) -> ObjectID {
        let kept = address.storable
        if let there = record.addresses.first(where: { $0.address == kept }) { return there.id }
        return try add(kept)
    }

    mutating func add(_ address: PostalAddress) throws(VaultFault) -> ObjectID {
        let kept = address.storable
        guard !record.addresses.contains(where: { $0.address == kept }) else { throw .duplicateAddress }
        guard record.addresses.count < context.behavior.limits.customerParts else { throw .tooMany(.address) }
        let id = mint.next()
        try change { $0.addresses.append(CustomerRecord.Address(id: id, address: kept)) }
        created = id
        return id
    }

    mutating func replaceAddress(_ id: ObjectID, with address: PostalAddress) throws(VaultFault) {
        let kept = address.storable
        guard let place = record.addresses.firstIndex(where: { $0.id == id }) else { throw .unknown(.address) }
        guard !record.addresses.contains(where: { $0.address == kept && $0.id != id }) else {
            throw .duplicateAddress
        }
        try change { $0.addresses[place].address = kept }
    }

    /// Defaults that meant it mean none any more.
    mutating func removeAddress(_ id: ObjectID) throws(VaultFault) {
        guard record.addresses.contains(where: { $0.id == id }) else { throw .unknown(.address) }
        try change { record in
            record.addresses.removeAll { $0.id == id }
            if record.defaultBilling == id { record.defaultBilling = nil }
            if record.defaultShipping == id { record.defaultShipping = nil }
        }
    }

    // MARK: - Accounts

    /// Adds an account; the first one is the default.
    mutating func add(_ method: VaultMethod) throws(VaultFault) {
        let id = mint.next()
        let details = VaultingDetails(id: id, createdAt: context.now)
        let stored = try method.account(details, of: account, in: context)
        otherEvents += stored.events
        try add(stored.account, id)
    }

    /// Adds the account of a payment, which is in the vault by then.
    mutating func add(_ instrument: ChargeInstrument) throws(VaultFault) {
        let id = mint.next()
        try add(StoredAccount(instrument, VaultingDetails(id: id, createdAt: context.now)), id)
    }

    private mutating func add(_ stored: StoredAccount, _ id: ObjectID) throws(VaultFault) {
        guard profile.count < context.behavior.limits.customerParts else { throw .tooMany(.payment) }
        var stored = stored
        stored.number = profile.lastNumber + 1
        keep(stored)
        created = id
        if profile.defaultNumber == 0 { choose(stored.number) }
    }

    mutating func replace(_ id: ObjectID, with method: VaultMethod) throws(VaultFault) {
        guard let before = profile.account(named: id), let details = before.vaulting else {
            throw .unknown(.payment)
        }
        var stored = try method.changed(before, details, of: account, in: context)
        stored.account.number = before.number
        stored.account.vaulting?.updatedAt = context.now
        otherEvents += stored.events
        keep(stored.account)
    }

    /// The oldest of the others becomes the default when the default one goes.
    mutating func removeAccount(_ id: ObjectID, _ tender: Tender?) throws(VaultFault) {
        guard let account = profile.account(named: id), tender == nil || account.kind.tender == tender else {
            throw .unknown(.payment)
        }
        profile.remove(account.number)
        ownEvents.append(.profile(.accountRemoved(StoredAccountKey(key, account.number))))
        if profile.defaultNumber == account.number { choose(profile.accounts.first?.number ?? 0) }
    }

    mutating func chooseDefault(_ id: ObjectID, _ tender: Tender?) throws(VaultFault) {
        guard let account = profile.account(named: id), tender == nil || account.kind.tender == tender else {
            throw .unknown(.payment)
        }
        if profile.defaultNumber != account.number { choose(account.number) }
    }

    private mutating func choose(_ number: Int) {
        profile.chooseDefault(number)
        ownEvents.append(.profile(.defaultChosen(StoredAccountKey(key, number))))
    }

    private mutating func keep(_ account: StoredAccount) {
        let boxed = Boxed(account)
        profile.store(boxed)
        ownEvents.append(.profile(.accountStored(key, boxed)))
    }
}

/// A customer after a change, and the part that came to be.
package struct SavedCustomer: Sendable {
    package let profile: CustomerProfile
    package let created: ObjectID?
    /// Whose customer it is.
    package let accountID: ObjectID
}
