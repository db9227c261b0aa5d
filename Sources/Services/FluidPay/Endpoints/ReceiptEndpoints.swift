import JSON
import Payments
import Processor
import ServiceKit

/// What can be done with a payment besides money: receipts by mail and on paper, and tips. Reference §6.8.
enum ReceiptEndpoints {
    /// Nothing leaves the emulator: the address is checked, and the payment answered.
    static func email(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.reading(AccessNeed()) { () throws(CallFault) in
            let fields = try call.fields()
            let address = try fields.required("email_address", atMost: 254)
            guard AddressReading.isEmail(address) else { throw fields.invalid("email_address") }
            return address
        } perform: { _ in
            call.perform(AccessNeed()) { caller in
                FindCharge(id, of: caller.account)
            } answer: { charged throws(CallFault) in
                guard let charged else { throw .notFound }
                return Envelope(TransactionDocument(charged, call.request.behavior))
            }
        }
    }

    /// The receipt as a text.
    static func print(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            FindCharge(id, of: caller.account)
        } answer: { charged throws(CallFault) in
            guard let charged else { throw .notFound }
            return Envelope(.string(receipt(charged)))
        }
    }

    private static func receipt(_ charged: Charged) -> String {
        let transaction = charged.transaction
        let amount = Int64(transaction.requested.minorUnits.magnitude)
        return [
            charged.accountName, WireTime.text(transaction.createdAt), charged.order.kind.rawValue.uppercased(),
            "\(DecimalText.write(amount, decimals: transaction.requested.currency.decimals)) "
                + transaction.requested.currency.code,
            charged.order.instrument.masked, transaction.authorizationCode ?? "",
            transaction.isApproved ? "APPROVED" : "DECLINED", charged.id.text,
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    static func tip(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        let need = AccessNeed(.processSale)
        return call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            guard let tip = try fields.amount("tip") else { throw .invalid("tip is required") }
            return (tip, try fields.amount("base_amount"))
        } perform: { tip, base in
            call.perform(need) { caller in
                AdjustTip(ChargeTarget(id, of: caller.account), tip: tip, base: base)
            } answer: { outcome throws(CallFault) in
                if case .failure(let fault) = outcome { throw .charge(fault) }
                return Envelope(.null)
            }
        }
    }
}

/// One request for several payments. Reference §6.8.
enum SeveralEndpoints {
    /// One payment method, charged for each of `transactions`.
    static func charge(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed(.processSale)
        return call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            let method = fields.object["payment_method"]
            return try parts(call, fields).map { part throws(CallFault) in
                var object = part.object
                if let method, object["payment_method"] == nil { object.append("payment_method", method) }
                return try ChargeReading.read(WireFields(object, fields.headers, path: part.path))
            }
        } perform: { requests in
            call.perform(need) { caller in
                SeveralCharges(requests.map { Charge($0.sent(by: caller), for: caller.account) })
            } answer: { outcomes throws(CallFault) in
                try transactions(outcomes, call)
            }
        }
    }

    static func void(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed(.processVoid)
        return call.reading(need) { () throws(CallFault) in
            try parts(call, try call.fields()).map { part throws(CallFault) in ObjectID(try part.required("id")) }
        } perform: { ids in
            call.perform(need) { caller in
                SeveralCharges(ids.map { VoidCharge(ChargeTarget($0, of: caller.account)) })
            } answer: { outcomes throws(CallFault) in
                Envelope(.array(zip(ids, outcomes).map { line($0, $1) }))
            }
        }
    }

    private static func line(_ id: ObjectID, _ outcome: Result<Charged, ChargeFault>) -> JSONValue {
        var order = ""
        var message = "success"
        switch outcome {
        case .success(let charged): order = charged.order.orderID
        case .failure(let fault): message = ChargeFaultText.text(fault)
        }
        let hasWorked = message == "success"
        return JSONValue(pairs: [
            ("transaction_id", .string(id.text)), ("status", hasWorked ? "success" : "failed"),
            ("order_id", .string(order)), ("msg", .string(message)),
        ])
    }

    static func refund(_ call: FluidCall) -> ServiceAnswer {
        let need = AccessNeed(.processRefund)
        return call.reading(need) { () throws(CallFault) in
            try parts(call, try call.fields()).map { part throws(CallFault) in
                (id: ObjectID(try part.required("id")), amount: try part.amount("amount"))
            }
        } perform: { refunds in
            call.perform(need) { caller in
                SeveralCharges(
                    refunds.map {
                        RefundCharge(ChargeTarget($0.id, of: caller.account), by: caller.user, amount: $0.amount)
                    })
            } answer: { outcomes throws(CallFault) in
                try transactions(outcomes, call)
            }
        }
    }

    private static func parts(_ call: FluidCall, _ fields: WireFields) throws(CallFault) -> [WireFields] {
        let limit = call.request.behavior.limits.severalPayments
        guard let parts = try fields.objects("transactions"), !parts.isEmpty else {
            throw .invalid("transactions is required")
        }
        guard parts.count <= limit else { throw .invalid("invalid transactions: more than \(limit)") }
        return parts
    }

    /// All that came of it; the first refusal when nothing did.
    private static func transactions(
        _ outcomes: [Result<Charged, ChargeFault>], _ call: FluidCall
    ) throws(CallFault) -> Envelope {
        var documents: [TransactionDocument] = []
        var first: ChargeFault?
        for outcome in outcomes {
            switch outcome {
            case .success(let charged): documents.append(TransactionDocument(charged, call.request.behavior))
            case .failure(let fault): first = first ?? fault
            }
        }
        if documents.isEmpty, let first { throw .charge(first) }
        return Envelope(documents, totalCount: documents.count)
    }
}
