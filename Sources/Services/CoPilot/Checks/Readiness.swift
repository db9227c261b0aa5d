import JSON
import Processor
import ServiceKit

/// What an application needs before it leaves the partner's hands, beyond what was needed to create it.
enum Readiness {
    /// A merchant who has ordered Clover devices pays for their platform (table of members, `cloverPlatformFee`).
    static func check(_ application: MerchantApplication, _ call: CoPilotCall) throws(CoPilotFault) {
        guard application.status == .inProgress else { return }
        let path = "merchant.fees.cloverPlatformFee"
        let hasFee = DocumentPath.value(path, in: ApplicationDocument(application).object) != nil
        guard !hasFee, hasCloverOrder(application, call) else { return }
        throw CoPilotFault(400, "9001", "cloverPlatformFee is required.", field: path)
    }

    private static func hasCloverOrder(_ application: MerchantApplication, _ call: CoPilotCall) -> Bool {
        let boarding = call.request.world.snapshot.books.boarding
        return boarding.orders(of: application.number).contains { order in
            guard order.status != .cancelled else { return false }
            let equipment = call.settings.equipment.first { $0.id == order.equipment }
            let model = equipment?.terminalModel.flatMap { call.request.behavior.terminals.model($0) }
            return model?.family == .clover
        }
    }
}
