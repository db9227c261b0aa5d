import Processor

/// Applications for boarding, and orders of equipment.
extension Shapes {
    private typealias Field = Schema.Field

    private static let applicationStatus = Schema.choice(MerchantApplication.Status.allCases.map(\.rawValue))
    private static let orderStatus = Schema.choice(EquipmentOrder.Status.allCases.map(\.rawValue))
    private static let due = Field("due", .nullable(.named(moment)), "When its state changes by itself.")

    static let application = Component(
        "Application", "Somebody's wish to become a merchant.",
        .object([
            Field("merchantId", .anyInteger, "Of the boarding service."), Field("site", .text),
            Field("environment", .text), Field("name", .text), Field("status", applicationStatus),
            Field("signature", .choice(MerchantApplication.Signature.allCases.map(\.rawValue))),
            Field("merchant", .nullable(.text), "The merchant id at the gateway, once it is boarded."), due,
        ]))

    static let applications = Component(
        "Applications", "All applications of a world.", .object([Field("applications", .list(.named(application)))]))

    static let applicationChange = Component(
        "ApplicationChange", "The state from now on.", .object([Field("status", applicationStatus)]))

    static let equipmentOrder = Component(
        "EquipmentOrder", "An order of equipment.",
        .object([
            Field("orderId", .anyInteger), Field("merchantId", .anyInteger), Field("equipmentId", .anyInteger),
            Field("quantity", .anyInteger), Field("status", orderStatus), due,
        ]))

    static let equipmentOrders = Component(
        "EquipmentOrders", "All orders of equipment of a world.",
        .object([Field("orders", .list(.named(equipmentOrder)))]))

    static let equipmentOrderChange = Component(
        "EquipmentOrderChange", "The state from now on.", .object([Field("status", orderStatus)]))
}
