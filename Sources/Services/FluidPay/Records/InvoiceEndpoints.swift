import JSON
import Payments
import Processor
import ServiceKit

/// Invoices: kept, changed, paid. Nothing is sent to anybody. Reference §16.
enum InvoiceEndpoints {
    static func create(_ call: FluidCall) -> ServiceAnswer { keep(call, id: nil) }

    static func update(_ call: FluidCall) -> ServiceAnswer { keep(call, id: call.id("id")) }

    private static func keep(_ call: FluidCall, id: ObjectID?) -> ServiceAnswer {
        let given: JSONObject
        let state: InvoiceState
        do throws(CallFault) {
            let fields = try call.fields()
            given = try InvoiceReading.document(fields)
            state = try InvoiceReading.state(fields)
        } catch {
            return call.refused(error, AccessNeed())
        }
        return call.perform(AccessNeed()) { caller in
            KeepRecord(.invoice, of: caller.account, id: id) { known in
                var next = state
                // What has been paid stays paid.
                if let old = known?.invoice, old.paid > 0 {
                    next.paid = max(next.paid, old.paid)
                    next.status = next.amountDue == 0 ? .paid : .partiallyPaid
                }
                let document = StoredJSON.merged(known?.document, given).serializedText()
                return KeepRecord.Content(document: document, invoice: next)
            }
        } answer: { outcome throws(CallFault) in
            try document(outcome, call)
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            FindRecords(.invoice, of: caller.account, id: id)
        } answer: { found throws(CallFault) in
            guard let record = found.records.first else { throw .notFound }
            return Envelope(document(record, at: found.now))
        }
    }

    static func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            DeleteRecord(.invoice, id, of: caller.account)
        } answer: { isDeleted throws(CallFault) in
            guard isDeleted else { throw .notFound }
            return Envelope(.null)
        }
    }

    static func search(_ call: FluidCall) -> ServiceAnswer {
        let filters: [@Sendable (JSONValue) -> Bool]
        let limit: Int
        let offset: Int
        do throws(CallFault) {
            let fields = try call.fields()
            filters = try self.filters(fields)
            limit = try SearchReading.limit(fields)
            offset = try SearchReading.offset(fields)
        } catch {
            return call.refused(error, AccessNeed())
        }
        return call.perform(AccessNeed()) { caller in
            FindRecords(.invoice, of: caller.account)
        } answer: { found throws(CallFault) in
            let all = found.records.reversed().map { document($0, at: found.now) }
                .filter { invoice in filters.allSatisfy { $0(invoice) } }
            return Envelope(.array(Array(all.dropFirst(offset).prefix(limit))), totalCount: all.count)
        }
    }

    private static func filters(_ fields: WireFields) throws(CallFault) -> [@Sendable (JSONValue) -> Bool] {
        var filters: [@Sendable (JSONValue) -> Bool] = []
        let texts: [MemberName] = [
            "id", "status", "invoice_number", "customer_id", "customer_number", "company_name",
        ]
        for name in texts {
            guard let filter = try SearchReading.text(name, fields) else { continue }
            filters.append { filter($0.present(name)?.text ?? "") }
        }
        for name in ["total", "amount_due", "amount_paid"] as [MemberName] {
            guard let filter = try SearchReading.number(name, fields) else { continue }
            filters.append { filter($0.present(name)?.integer.map { Int64($0) } ?? 0) }
        }
        return filters
    }

    // MARK: - What is done with one

    static func resend(_ call: FluidCall) -> ServiceAnswer { change(call, .resend) }

    static func markAsPaid(_ call: FluidCall) -> ServiceAnswer { change(call, .markAsPaid) }

    static func reactivate(_ call: FluidCall) -> ServiceAnswer { change(call, .reactivate) }

    private static func change(_ call: FluidCall, _ change: ChangeInvoice.Change) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            ChangeInvoice(id, of: caller.account, change)
        } answer: { outcome throws(CallFault) in
            try document(outcome, call)
        }
    }

    static func pay(_ call: FluidCall) -> ServiceAnswer {
        let request: ChargeRequest
        do throws(CallFault) {
            let fields = try call.fields()
            var object = fields.object
            // The invoice says what kind of payment it is.
            object.members.removeAll { $0.name == "type" }
            object.append("type", "sale")
            request = try ChargeReading.read(WireFields(object, fields.headers))
        } catch {
            return call.refused(error, AccessNeed(.processSale))
        }
        let id = call.id("id")
        return call.perform(AccessNeed(.processSale)) { caller in
            PayInvoice(id, of: caller.account, request.sent(by: caller))
        } answer: { outcome throws(CallFault) in
            try document(outcome, call)
        }
    }

    // MARK: - Documents

    private static func document(
        _ outcome: Result<GatewayRecord, RecordFault>, _ call: FluidCall
    ) throws(CallFault) -> Envelope {
        switch outcome {
        case .success(let record): return Envelope(document(record, at: record.updatedAt))
        case .failure(let fault): throw CallFault(fault)
        }
    }

    private static func document(_ record: GatewayRecord, at now: Instant) -> JSONValue {
        let kept = StoredJSON.value(record.document)
        let state = record.invoice ?? InvoiceState()
        func text(_ name: String) -> (String, JSONValue) { (name, kept?[name] ?? "") }
        return JSONValue(pairs: [
            ("id", .string(record.id.text)), ("merchant_id", .string(record.account.text)),
            ("currency", kept?["currency"] ?? "usd"), text("company_name"), text("customer_number"),
            text("invoice_number"), text("customer_id"), text("payable_to"), text("bill_to"), text("date_due"),
            ("items", kept?["items"] ?? .array([])), ("enable_tax", kept?["enable_tax"] ?? false),
            ("enable_shipping", kept?["enable_shipping"] ?? false), text("tax_percent"),
            ("shipping", JSONValue(state.shipping)), ("amount_paid", JSONValue(state.paid)),
            ("adjustment", JSONValue(state.adjustment)), ("allow_partial_payment", .bool(state.allowsPartial)),
            ("transaction_type", .string(state.kind.rawValue)),
            ("payment_methods", kept?["payment_methods"] ?? .array([])),
            ("card_processor_id", .string(state.cardProcessor?.text ?? "")),
            ("ach_processor_id", .string(state.bankProcessor?.text ?? "")), text("message"),
            ("send_via", kept?["send_via"] ?? "none"), text("email_to"), ("subtotal", JSONValue(state.subtotal)),
            ("tax", JSONValue(state.tax)), ("total", JSONValue(state.total)),
            ("amount_due", JSONValue(state.amountDue)),
            ("service_fees_paid", JSONValue(state.serviceFees)), ("surcharge_paid", JSONValue(state.surcharges)),
            ("discount_credited", 0), ("status", .string(WireName.snake(state.status(at: now).rawValue))),
            ("created_at", WireTime.json(record.createdAt)), ("updated_at", WireTime.json(record.updatedAt)),
        ])
    }
}
