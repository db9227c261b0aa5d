import HashTreeCollections
package import Payments

/// What is known of merchants that came to be while the world ran: they live in its books, not in its scenario.
package struct Boarding: Equatable, Sendable {
    private var merchants: TreeDictionary<MerchantKey, Boxed<Merchant>> = [:]
    private var applications: TreeDictionary<ApplicationNumber, Boxed<MerchantApplication>> = [:]
    private var orders: TreeDictionary<Int, Boxed<EquipmentOrder>> = [:]
    private var orderNumbers = PersistentArray<Int>()
    package private(set) var attachmentCount = 0

    package init() {}

    /// How many merchants were boarded.
    package var merchantCount: Int { merchants.count }
    package var applicationCount: Int { applications.count }
    package var orderCount: Int { orders.count }

    package func merchant(_ key: MerchantKey) -> Merchant? { merchants[key]?.value }
    package func application(_ number: ApplicationNumber) -> MerchantApplication? { applications[number]?.value }
    package func order(_ number: Int) -> EquipmentOrder? { orders[number]?.value }

    /// In the order in which they were placed.
    package var allOrders: [EquipmentOrder] { orderNumbers.all.compactMap { orders[$0]?.value } }

    mutating func apply(_ event: BoardingEvent) {
        switch event {
        case .merchantBoarded(let merchant, let scope):
            merchants[MerchantKey(scope: scope, id: merchant.value.id)] = merchant
        case .applicationChanged(let application): applications[application.value.number] = application
        case .attached: attachmentCount += 1
        case .orderChanged(let order):
            if orders.updateValue(order, forKey: order.value.number) == nil { orderNumbers.append(order.value.number) }
        }
    }
}

/// What can happen while merchants are boarded.
package enum BoardingEvent: Equatable, Sendable {
    /// The gateway knows the merchant from now on.
    case merchantBoarded(Boxed<Merchant>, scope: SiteScope)
    /// An application came, or became another one.
    case applicationChanged(Boxed<MerchantApplication>)
    case attached(ApplicationNumber)
    case orderChanged(Boxed<EquipmentOrder>)
}
