package import Payments

/// What a customer vault keeps of a customer beside stored accounts. Source: reference of Fluid Pay, §13.
package struct CustomerRecord: Hashable, Sendable {
    /// What is true of all payments of the customer.
    package enum Flag: String, Hashable, Sendable, CaseIterable { case surchargeExempt }

    package struct Address: Hashable, Sendable {
        package let id: ObjectID
        package var address: PostalAddress
    }

    package var description = ""
    package var notes = ""
    package var flags: Set<Flag> = []
    /// In the order in which they were added; no two are alike.
    package var addresses: [Address] = []
    package var defaultBilling: ObjectID?
    package var defaultShipping: ObjectID?
    package let createdAt: Instant
    package var updatedAt: Instant

    package init(createdAt: Instant) {
        self.createdAt = createdAt
        updatedAt = createdAt
    }

    package func address(_ id: ObjectID?) -> PostalAddress? {
        id.flatMap { id in addresses.first { $0.id == id }?.address }
    }
}

/// What a customer vault keeps of a stored account beside token and expiry.
package struct VaultingDetails: Hashable, Sendable {
    /// What is true of a card; the gateway declines some payments by itself because of it.
    package enum Flag: String, Hashable, Sendable, CaseIterable {
        case surchargeExempt, applepay, closedContact, contact, lockedSecurity, lockedStopRecurring
    }

    /// How the gateway names the account.
    package let id: ObjectID
    package var masked = ""
    package var secCode = ""
    package var flags: Set<Flag> = []
    package var processor: ObjectID?
    package let createdAt: Instant
    package var updatedAt: Instant

    init(id: ObjectID, createdAt: Instant) {
        self.id = id
        self.createdAt = createdAt
        updatedAt = createdAt
    }
}

extension CustomerProfile {
    /// The account with an id of the gateway.
    package func account(named id: ObjectID) -> StoredAccount? { accounts.first { $0.vaulting?.id == id } }

    /// How a gateway names the customer.
    package var objectID: ObjectID { ObjectID(key.id.text) }
}

extension StoredAccount.Kind {
    package var tender: Tender {
        switch self {
        case .card: .card
        case .checking, .savings: .ach
        }
    }
}

extension DecisionContext {
    func customerKey(_ id: ObjectID, of account: GatewayAccount) -> ProfileKey {
        ProfileKey(owner: account.customerOwner, id: ProfileID(id.text))
    }

    /// A customer of an account of a gateway.
    package func customer(_ id: ObjectID, of account: GatewayAccount) -> CustomerProfile? {
        books.profiles[customerKey(id, of: account)]
    }
}

extension GatewayAccount {
    /// Whose profiles its customers are: an account is one merchant, however many processors it has.
    package var customerOwner: MerchantKey { MerchantKey(scope: scope, id: MerchantID(id.text)) }
}
