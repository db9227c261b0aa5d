import HashTreeCollections
package import Payments

/// A customer of a merchant with stored accounts, one of which is used when none is named.
package struct CustomerProfile: Equatable, Sendable {
    package let key: ProfileKey
    /// 0 while there is no account.
    package private(set) var defaultNumber: Int
    /// The highest number that was ever given; numbers of removed accounts do not come again.
    package private(set) var lastNumber: Int
    private var accountsByNumber: TreeDictionary<Int, Boxed<StoredAccount>>
    /// What a gateway with a customer vault keeps of the customer; nil at one that knows accounts alone.
    package private(set) var record: Boxed<CustomerRecord>?

    /// The first account is the default one.
    init(_ key: ProfileKey, first: Boxed<StoredAccount>) {
        self.key = key
        defaultNumber = first.value.number
        lastNumber = first.value.number
        accountsByNumber = [first.value.number: first]
    }

    /// A customer without an account so far.
    init(_ key: ProfileKey, record: Boxed<CustomerRecord>) {
        self.key = key
        self.record = record
        defaultNumber = 0
        lastNumber = 0
        accountsByNumber = [:]
    }

    package var count: Int { accountsByNumber.count }

    package subscript(number: Int) -> StoredAccount? { accountsByNumber[number]?.value }

    /// The account with a number, or the default one.
    package func account(_ number: Int?) -> StoredAccount? { self[number ?? defaultNumber] }

    /// All accounts by number.
    package var accounts: [StoredAccount] {
        accountsByNumber.values.map(\.value).sorted { $0.number < $1.number }
    }

    mutating func store(_ account: Boxed<StoredAccount>) {
        accountsByNumber[account.value.number] = account
        lastNumber = max(lastNumber, account.value.number)
    }

    mutating func remove(_ number: Int) { accountsByNumber[number] = nil }

    mutating func chooseDefault(_ number: Int) { defaultNumber = number }

    mutating func keep(_ record: Boxed<CustomerRecord>) { self.record = record }
}

/// Names a profile of a merchant, or of a site whose merchants share their profiles.
package struct ProfileKey: Hashable, Comparable, Sendable {
    package let owner: MerchantKey
    package let id: ProfileID

    package init(owner: MerchantKey, id: ProfileID) {
        self.owner = owner
        self.id = id
    }

    package static func < (a: ProfileKey, b: ProfileKey) -> Bool {
        a.id == b.id ? a.owner.description < b.owner.description : a.id.text < b.id.text
    }
}

/// Names a stored account: its profile, and its number within.
package struct StoredAccountKey: Hashable, Comparable, Sendable {
    package let profile: ProfileKey
    package let number: Int

    package init(_ profile: ProfileKey, _ number: Int) {
        self.profile = profile
        self.number = number
    }

    package static func < (a: StoredAccountKey, b: StoredAccountKey) -> Bool {
        a.profile == b.profile ? a.number < b.number : a.profile < b.profile
    }
}

/// A card or bank account that a merchant keeps for later payments: a token and what belongs to it.
package struct StoredAccount: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case card(CardBrand?)
        case checking, savings
    }

    /// From 1, within the profile.
    package var number: Int
    package var token: CardToken
    package var kind: Kind
    package var expiry: CardExpiry?
    package var holder = ContactDetails()
    /// The holder does not want the card to be kept up to date.
    package var optsOutOfUpdates = false
    /// The holder has agreed that the credentials are stored.
    package var permitsStoring = false
    /// What a gateway with a customer vault keeps of it besides.
    package var vaulting: VaultingDetails?

    package init(number: Int, token: CardToken, kind: Kind) {
        self.number = number
        self.token = token
        self.kind = kind
    }
}

/// A person or company as a merchant describes it.
package struct ContactDetails: Hashable, Sendable {
    package var name: String?
    package var company: String?
    package var address: String?
    package var address2: String?
    package var city: String?
    package var region: String?
    package var country: String?
    package var postalCode: String?
    package var phone: String?
    package var email: String?

    package init() {}

    /// These details, and where they are silent those of `other`.
    package func completed(by other: ContactDetails) -> ContactDetails {
        var result = other
        for part in Self.parts { if let text = self[keyPath: part] { result[keyPath: part] = text } }
        return result
    }

    package func map(_ change: (WritableKeyPath<ContactDetails, String?>, String) -> String) -> ContactDetails {
        var result = self
        for part in Self.parts { if let text = self[keyPath: part] { result[keyPath: part] = change(part, text) } }
        return result
    }

    /// Every part, in the usual order.
    package static var parts: [WritableKeyPath<ContactDetails, String?>] {
        [
            \.name, \.company, \.address, \.address2, \.city, \.region, \.country, \.postalCode, \.phone, \.email,
        ]
    }
}
