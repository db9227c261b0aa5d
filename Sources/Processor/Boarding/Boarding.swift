import HashTreeCollections
package import Payments

/// What is known of merchants that came to be while the world ran: they live in its books, not in its scenario.
package struct Boarding: Equatable, Sendable {
    private var merchants: TreeDictionary<MerchantKey, Boxed<Merchant>> = [:]

    package init() {}

    /// How many merchants were boarded.
    package var merchantCount: Int { merchants.count }

    package func merchant(_ key: MerchantKey) -> Merchant? { merchants[key]?.value }

    mutating func apply(_ event: BoardingEvent) {
        switch event {
        case .merchantBoarded(let merchant, let scope):
            merchants[MerchantKey(scope: scope, id: merchant.value.id)] = merchant
        }
    }
}

/// What can happen while merchants are boarded.
package enum BoardingEvent: Equatable, Sendable {
    /// The gateway knows the merchant from now on.
    case merchantBoarded(Boxed<Merchant>, scope: SiteScope)
}
