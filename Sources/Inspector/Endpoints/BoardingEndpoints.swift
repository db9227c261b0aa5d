import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// Applications for boarding and orders of equipment: looked at, and put into any state.
enum BoardingEndpoints {
    static let routes = [
        Route(
            method: .get, path: "/v1/worlds/{world}/applications", id: "listApplications", group: "Boarding",
            about: "Lists the applications of merchants, in the order in which they came.",
            success: (200, "All applications.", .named(Shapes.applications)), faults: [404, 503],
            answer: listApplications),
        Route(
            method: .get, path: "/v1/worlds/{world}/applications/{merchantId}", id: "getApplication",
            group: "Boarding", about: "Shows an application.",
            success: (200, "The application.", .named(Shapes.application)), faults: [404, 503],
            answer: showApplication),
        Route(
            method: .put, path: "/v1/worlds/{world}/applications/{merchantId}", id: "changeApplication",
            group: "Boarding",
            about: "Puts an application into a state, whichever it is in; from there it goes on by the clock.",
            body: Shapes.applicationChange, success: (200, "The application.", .named(Shapes.application)),
            faults: [404, 503], answer: changeApplication),
        Route(
            method: .get, path: "/v1/worlds/{world}/orders", id: "listOrders", group: "Boarding",
            about: "Lists the orders of equipment, in the order in which they were placed.",
            success: (200, "All orders.", .named(Shapes.equipmentOrders)), faults: [404, 503], answer: listOrders),
        Route(
            method: .get, path: "/v1/worlds/{world}/orders/{orderId}", id: "getOrder", group: "Boarding",
            about: "Shows an order.", success: (200, "The order.", .named(Shapes.equipmentOrder)), faults: [404, 503],
            answer: showOrder),
        Route(
            method: .put, path: "/v1/worlds/{world}/orders/{orderId}", id: "changeOrder", group: "Boarding",
            about: "Puts an order into a state, whichever it is in; from there it goes on by the clock.",
            body: Shapes.equipmentOrderChange, success: (200, "The order.", .named(Shapes.equipmentOrder)),
            faults: [404, 503],
            answer: changeOrder),
    ]

    // MARK: - Applications

    private static let listApplications: Route.Handler = { call throws(ControlFault) in
        let view = try view(call)
        let all = view.world.books.boarding.allApplications
        return ControlAnswer(200, ["applications": .array(all.map { document($0, view) })])
    }

    private static let showApplication: Route.Handler = { call throws(ControlFault) in
        let view = try view(call)
        return ControlAnswer(200, document(try application(call, view), view))
    }

    private static let changeApplication: Route.Handler = { call throws(ControlFault) in
        let number = try application(call, try view(call)).number
        guard let status = call.body["status"]?.stringValue.flatMap({ MerchantApplication.Status(rawValue: $0) }) else {
            preconditionFailure("the route's body has a status of the list")
        }
        try operate(call, .application(number, status))
        let view = try view(call)
        return ControlAnswer(200, document(try application(call, view), view))
    }

    private static func application(
        _ call: ControlCall, _ view: WorldHandle.View
    ) throws(ControlFault) -> MerchantApplication {
        let name = call.parameter("merchantId")
        let found = Int(name).flatMap { view.world.books.boarding.application(ApplicationNumber($0)) }
        guard let found else { throw .unknownApplication(name) }
        return found
    }

    private static func document(_ application: MerchantApplication, _ view: WorldHandle.View) -> JSONValue {
        [
            "merchantId": JSONValue(application.number.number), "site": .string(application.scope.site.text),
            "environment": .string(application.scope.environment.rawValue), "name": .string(application.facts.name),
            "status": .string(application.status.rawValue), "signature": .string(application.signature.rawValue),
            "merchant": application.merchant.map { .string($0.text) } ?? .null,
            "due": due(.application(application.number), view),
        ]
    }

    // MARK: - Orders

    private static let listOrders: Route.Handler = { call throws(ControlFault) in
        let view = try view(call)
        return ControlAnswer(200, ["orders": .array(view.world.books.boarding.allOrders.map { document($0, view) })])
    }

    private static let showOrder: Route.Handler = { call throws(ControlFault) in
        let view = try view(call)
        return ControlAnswer(200, document(try order(call, view), view))
    }

    private static let changeOrder: Route.Handler = { call throws(ControlFault) in
        let number = try order(call, try view(call)).number
        guard let status = call.body["status"]?.stringValue.flatMap({ EquipmentOrder.Status(rawValue: $0) }) else {
            preconditionFailure("the route's body has a status of the list")
        }
        try operate(call, .order(number, status))
        let view = try view(call)
        return ControlAnswer(200, document(try order(call, view), view))
    }

    private static func order(_ call: ControlCall, _ view: WorldHandle.View) throws(ControlFault) -> EquipmentOrder {
        let name = call.parameter("orderId")
        guard let found = Int(name).flatMap({ view.world.books.boarding.order($0) }) else { throw .unknownOrder(name) }
        return found
    }

    private static func document(_ order: EquipmentOrder, _ view: WorldHandle.View) -> JSONValue {
        [
            "orderId": JSONValue(order.number), "merchantId": JSONValue(order.application.number),
            "equipmentId": JSONValue(order.equipment), "quantity": JSONValue(order.quantity),
            "status": .string(order.status.rawValue), "due": due(.order(order.number), view),
        ]
    }

    // MARK: - Shared

    private static func view(_ call: ControlCall) throws(ControlFault) -> WorldHandle.View {
        let handle = try call.world()
        do throws(JournalFault) { return try handle.settledView() } catch { throw .journal(error) }
    }

    /// - Note: that the thing exists has been looked up.
    private static func operate(_ call: ControlCall, _ action: OperateBoarding.Action) throws(ControlFault) {
        let handle = try call.world()
        do throws(JournalFault) { _ = try handle.perform(OperateBoarding(action)) } catch { throw .journal(error) }
    }

    /// When its state changes by itself; null: never.
    private static func due(_ work: ScheduledWork, _ view: WorldHandle.View) -> JSONValue {
        MomentDocument.json(view.world.books.agenda.due(work), in: view.world.behavior.clock.zone)
    }
}
