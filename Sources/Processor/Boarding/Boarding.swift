import HashTreeCollections
package import Payments

/// What is known of merchants that came to be while the world ran: they live in its books, not in its scenario.
package struct Boarding: Equatable, Sendable {
    private let attachmentBytesLimit: Int
    private let attachmentLimit: Int
    private var merchants: TreeDictionary<MerchantKey, Boxed<Merchant>> = [:]
    private var applications: TreeDictionary<ApplicationNumber, Boxed<MerchantApplication>> = [:]
    /// Applications that wait for their signature, by the key of their page.
    private var signing: TreeDictionary<String, ApplicationNumber> = [:]
    private var orders: TreeDictionary<Int, Boxed<EquipmentOrder>> = [:]
    private var ordersOf: TreeDictionary<ApplicationNumber, PersistentArray<Int>> = [:]
    private var attachments: TreeDictionary<Int, Boxed<Attachment>> = [:]
    private var attachmentsOf: TreeDictionary<ApplicationNumber, PersistentArray<Int>> = [:]
    private var attachmentOrder = PersistentArray<Int>()
    /// How many documents ever came.
    package private(set) var attachmentCount = 0
    /// Of all documents that are kept.
    package private(set) var attachmentBytes = 0

    package init(_ limits: LimitSettings) {
        attachmentBytesLimit = limits.attachmentBytes
        attachmentLimit = limits.attachments
    }

    /// How many merchants were boarded.
    package var merchantCount: Int { merchants.count }
    package var applicationCount: Int { applications.count }
    package var orderCount: Int { orders.count }

    package func merchant(_ key: MerchantKey) -> Merchant? { merchants[key]?.value }
    /// The same without a copy.
    package func boxedMerchant(_ key: MerchantKey) -> Boxed<Merchant>? { merchants[key] }
    package func application(_ number: ApplicationNumber) -> MerchantApplication? { applications[number]?.value }
    /// The application that is signed on the page with this key.
    package func signing(_ key: String) -> ApplicationNumber? { signing[key] }

    /// In the order in which they came.
    package var allApplications: [MerchantApplication] {
        applications.values.map(\.value).sorted { $0.number < $1.number }
    }

    package func order(_ number: Int) -> EquipmentOrder? { orders[number]?.value }

    /// In the order in which they were placed.
    package var allOrders: [EquipmentOrder] { orders.values.map(\.value).sorted { $0.number < $1.number } }

    /// In the order in which they were placed.
    package func orders(of application: ApplicationNumber) -> [EquipmentOrder] {
        (ordersOf[application]?.all ?? []).compactMap { orders[$0]?.value }
    }

    package func attachment(_ number: Int) -> Attachment? { attachments[number]?.value }

    /// Those that are still kept, oldest first.
    package func attachments(of application: ApplicationNumber) -> [Attachment] {
        (attachmentsOf[application]?.all ?? []).compactMap { attachments[$0]?.value }
    }

    mutating func apply(_ event: BoardingEvent) {
        switch event {
        case .merchantBoarded(let merchant, let scope):
            merchants[MerchantKey(scope: scope, id: merchant.value.id)] = merchant
        case .merchantClosed(let key):
            guard var merchant = merchants[key]?.value else { return }
            merchant.isEnabled = false
            merchants[key] = Boxed(merchant)
        case .applicationChanged(let application):
            let before = applications.updateValue(application, forKey: application.value.number)
            if let key = before?.value.signatureKey { signing[key] = nil }
            if let key = application.value.signatureKey, application.value.signature == .pending {
                signing[key] = application.value.number
            }
        case .attached(let attachment): keep(attachment)
        case .orderChanged(let order):
            if orders.updateValue(order, forKey: order.value.number) == nil {
                ordersOf[order.value.application, default: PersistentArray()].append(order.value.number)
            }
        }
    }

    /// The newest is always kept; of the older ones, as many as fit.
    private mutating func keep(_ attachment: Boxed<Attachment>) {
        let number = attachment.value.number
        attachments[number] = attachment
        attachmentsOf[attachment.value.application, default: PersistentArray()].append(number)
        attachmentOrder.append(number)
        attachmentCount += 1
        attachmentBytes += attachment.value.content.bytes.count
        while attachmentBytes > attachmentBytesLimit || attachmentOrder.count > attachmentLimit,
            attachmentOrder.count > 1, let oldest = attachmentOrder[attachmentOrder.start]
        {
            forget(oldest)
        }
    }

    private mutating func forget(_ number: Int) {
        attachmentOrder.removeFirst()
        guard let gone = attachments.removeValue(forKey: number)?.value else { return }
        attachmentBytes -= gone.content.bytes.count
        // The oldest of all is the oldest of its application.
        attachmentsOf[gone.application]?.removeFirst()
        if attachmentsOf[gone.application]?.isEmpty == true { attachmentsOf[gone.application] = nil }
    }
}

/// What can happen while merchants are boarded.
package enum BoardingEvent: Equatable, Sendable {
    /// The gateway knows the merchant from now on.
    case merchantBoarded(Boxed<Merchant>, scope: SiteScope)
    /// A merchant that was boarded takes no payments any more.
    case merchantClosed(MerchantKey)
    /// An application came, or became another one.
    case applicationChanged(Boxed<MerchantApplication>)
    case attached(Boxed<Attachment>)
    case orderChanged(Boxed<EquipmentOrder>)
}
