import JSON
import Payments
import Processor
import ServiceKit

/// What can be done with a payment by its id. Reference §6.
enum FollowUpEndpoints {
    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        let policy = call.policy
        return call.perform(AccessNeed()) { caller in
            FindCharge(id, of: caller.account)
        } answer: { charged throws(CallFault) in
            guard let charged else {
                guard policy.unknownTransaction == .emptyList else { throw .notFound }
                return Envelope(.array([]), totalCount: 0)
            }
            let document = TransactionDocument(charged, call.request.behavior)
            return policy.transactionShape == .list ? Envelope([document], totalCount: 1) : Envelope(document)
        }
    }

    static func capture(_ call: FluidCall) -> ServiceAnswer {
        let fields: WireFields
        let amount: Int64?
        var change = CaptureCharge.Change()
        do throws(CallFault) {
            fields = try call.fields()
            amount = try fields.amount("amount")
            change.tax = try fields.amount("tax_amount")
            change.isTaxExempt = try fields.flag("tax_exempt")
            change.shipping = try fields.amount("shipping_amount")
            change.orderID = try fields.text("order_id", atMost: 17)
            change.poNumber = try fields.text("po_number", atMost: 17)
            if fields.has("ip_address") { change.ipAddress = try ChargeReading.ipAddress(fields) }
        } catch {
            return call.refused(error, AccessNeed(.processCapture))
        }
        let id = call.id("id")
        let wanted = change
        return call.perform(AccessNeed(.processCapture)) { caller in
            var command = CaptureCharge(ChargeTarget(id, of: caller.account, wire: fields), amount: amount)
            command.change = wanted
            return command
        } answer: { outcome throws(CallFault) in
            try call.transaction(outcome)
        }
    }

    static func void(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed(.processVoid)) { caller in
            VoidCharge(ChargeTarget(id, of: caller.account))
        } answer: { outcome throws(CallFault) in
            if case .failure(let fault) = outcome { throw .charge(fault) }
            return Envelope(.null)
        }
    }

    static func refund(_ call: FluidCall) -> ServiceAnswer {
        let fields: WireFields
        let amount: Int64?
        let surcharge: Int64?
        let ipAddress: String?
        do throws(CallFault) {
            fields = try call.fields()
            amount = try fields.amount("amount")
            surcharge = try fields.amount("surcharge")
            ipAddress = fields.has("ip_address") ? try ChargeReading.ipAddress(fields) : nil
        } catch {
            return call.refused(error, AccessNeed(.processRefund))
        }
        let id = call.id("id")
        return call.perform(AccessNeed(.processRefund)) { caller in
            var command = RefundCharge(
                ChargeTarget(id, of: caller.account, wire: fields), by: caller.user, amount: amount)
            command.surcharge = surcharge
            command.ipAddress = ipAddress
            return command
        } answer: { outcome throws(CallFault) in
            try call.transaction(outcome)
        }
    }
}
