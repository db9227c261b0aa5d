import JSON
import Payments
import Processor
import ServiceKit

/// The catalogue and orders (reference §4.5).
enum OrderEndpoints {
    static func catalogue(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let supplier = call.request.queryValue("equipmentSupplierCd")
        let type = call.request.queryValue("equipmentTypeCd")
        let rows = call.settings.equipment.filter { equipment in
            (supplier.map { $0 == equipment.supplier } ?? true) && (type.map { $0 == equipment.type } ?? true)
        }
        return call.answer(page(rows.map(row), call))
    }

    private static func row(_ equipment: BoardingSettings.Equipment) -> JSONValue {
        func price(_ cents: Int64) -> JSONValue { .number(DecimalText.write(cents, decimals: 2)) }
        return [
            "equipmentId": JSONValue(equipment.id), "equipmentName": .string(equipment.name),
            "description": .string(equipment.description), "make": .string(equipment.make),
            "model": .string(equipment.model), "imageUrl": .null, "sku": .string(equipment.sku),
            "platformCd": .string(equipment.platform), "equipmentTypeCd": .string(equipment.type),
            "equipmentSupplierCd": .string(equipment.supplier), "defaultPrice": price(equipment.price),
            "defaultPlanPrice": price(equipment.planPrice), "allowCustomBillingFlg": true,
            "standardShippingPrice": price(equipment.shipping), "expeditedShippingPrice": price(equipment.expedited),
        ]
    }

    /// Pages are counted from 1 and have 20 rows, unless the client says otherwise.
    private static func page(_ rows: [JSONValue], _ call: CoPilotCall) -> AnswerObject {
        let number = max(1, call.request.queryValue("pageNumber").flatMap { Int($0) } ?? 1)
        let size = min(max(1, call.request.queryValue("pageSize").flatMap { Int($0) } ?? 20), 1000)
        let start = (number - 1).multipliedReportingOverflow(by: size)
        let before = start.overflow ? rows.count : min(start.partialValue, rows.count)
        let shown = rows[before..<min(rows.count, before + size)]
        var object = AnswerObject()
        object.add("rows", value: .array(Array(shown)))
        object.add("totalServerItemsCount", value: JSONValue(rows.count))
        object.add("totalDisplayItemsCount", value: JSONValue(before))
        object.add("moreRowsAvailable", value: .bool(before + shown.count < rows.count))
        object.add("columnSums", value: .null)
        object.add("errors", value: .null)
        return object
    }

    static func place(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let order = try order(call)
        let application = try call.application(order.present("merchantId")?.text ?? "")
        let terms = try terms(order, call)
        return try call.perform(
            .order(
                application.number, equipment: terms.equipment, quantity: terms.quantity,
                document: JSONValue.object(order).serializedText()),
            { reply in
                var object = AnswerObject()
                if case .order(let order) = reply { object.add("orderId", value: JSONValue(order.number)) }
                object.add("errors", value: .null)
                return object
            })
    }

    static func change(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let sent = try order(call)
        let terms = try terms(sent, call)
        return try call.perform(
            .changeOrder(
                try known(call, id).number, equipment: terms.equipment, quantity: terms.quantity,
                document: JSONValue.object(sent).serializedText()), { _ in CoPilotCall.done })
    }

    static func cancel(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        try call.perform(.cancelOrder(try known(call, id).number), { _ in CoPilotCall.done })
    }

    static func read(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        var object = AnswerObject()
        for member in document(try known(call, id), call).members { object.add(member.name, value: member.value) }
        object.add("errors", value: .null)
        return call.answer(object)
    }

    static func list(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        let merchant = try call.application(call.request.queryValue("merchantId") ?? "")
        let orders = call.request.world.snapshot.books.boarding.orders(of: merchant.number)
        return call.answer(page(orders.map { .object(document($0, call)) }, call))
    }

    private static func known(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> EquipmentOrder {
        let world = try CoPilotCall.settled(call.request)
        guard let number = Int(id), let order = world.books.boarding.order(number),
            world.books.boarding.application(order.application)?.scope == call.request.scope
        else { throw CoPilotFault.notFound }
        return order
    }

    private static func order(_ call: CoPilotCall) throws(CoPilotFault) -> JSONObject {
        guard let order = try call.body().present("order")?.object else {
            throw CoPilotFault(400, "9001", "order is required.", field: "order")
        }
        return order
    }

    /// What an order has to say: the table of members, and what hangs on its billing.
    private static func terms(
        _ order: JSONObject, _ call: CoPilotCall
    ) throws(CoPilotFault) -> (equipment: Int, quantity: Int) {
        let check = MemberCheck(
            document: JSONObject(pairs: [("order", .object(order))]),
            members: call.settings.members.filter { $0.path.hasPrefix("order") }, settings: call.settings)
        var faults = check.faults
        let needed: [String] =
            switch order.present("billingFrequencyCd")?.text {
            case "ONETIME": ["unitPrice"]
            case "MONTHLY": ["monthlyPrice"]
            default: []
            }
        let payer = order.present("billToCd")?.text == "PARTNERCC" ? ["profileId", "acctId"] : []
        for name in needed + payer where order.present(name) == nil {
            faults.append(CoPilotFault.Element(needed: name, "order.\(name)"))
        }
        let equipment = order.present("equipmentId")?.text.flatMap { Int($0) } ?? 0
        if order.present("equipmentId") != nil, !call.settings.equipment.contains(where: { $0.id == equipment }) {
            faults.append(.init(code: "9003", message: "equipmentId is invalid.", field: "order.equipmentId"))
        }
        let quantity = order.present("quantity")?.text.flatMap { Int($0) } ?? 0
        if order.present("quantity") != nil, !(1...9999).contains(quantity) {
            faults.append(.init(code: "9003", message: "quantity is invalid.", field: "order.quantity"))
        }
        guard faults.isEmpty else { throw CoPilotFault(400, faults) }
        return (equipment, quantity)
    }

    private static func document(_ order: EquipmentOrder, _ call: CoPilotCall) -> JSONObject {
        var object = ApplicationDocument.object(order.document)
        func moment(_ status: EquipmentOrder.Status) -> JSONValue {
            order.changedAt[status].map { .string(StatusText.time($0, call)) } ?? .null
        }
        object["orderId"] = JSONValue(order.number)
        object["merchantId"] = JSONValue(order.application.number)
        object["orderStatusCd"] = .string(order.status.rawValue)
        object["placedDatetime"] = moment(.placed)
        object["fulfillingDatetime"] = moment(.fulfilling)
        object["shippedDatetime"] = moment(.shipped)
        object["canceledDatetime"] = moment(.cancelled)
        return object
    }
}
