import JSON
import Payments
import Processor
import ServiceKit

/// The processors of a merchant, for itself and for its partner. The shape is that of a vendor's client. Reference §16.
enum ProcessorEndpoints {
    static func list(_ call: FluidCall) -> ServiceAnswer {
        let merchant = call.id("merchant")
        return call.perform(.anybody) { caller in
            FindProcessors(of: merchant, for: caller)
        } answer: { found throws(CallFault) in
            guard !found.isEmpty else { throw .notFound }
            return Envelope(.array(found.map(document)), totalCount: found.count)
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let merchant = call.id("merchant")
        let id = call.id("id")
        return call.perform(.anybody) { caller in
            FindProcessors(of: merchant, id: id, for: caller)
        } answer: { found throws(CallFault) in
            guard let processor = found.first else { throw .notFound }
            return Envelope(document(processor))
        }
    }

    static func update(_ call: FluidCall) -> ServiceAnswer {
        let change: ProcessorChange
        let kept: JSONObject
        do throws(CallFault) {
            let fields = try call.fields()
            change = try self.change(fields)
            kept = try read(fields)
        } catch {
            return call.refused(error, .anybody)
        }
        let merchant = call.id("merchant")
        let id = call.id("id")
        return call.perform(.anybody) { caller in
            UpdateProcessor(id, of: merchant, by: caller) { known in
                var change = change
                change.document = StoredJSON.merged(known, kept).serializedText()
                return change
            }
        } answer: { changed throws(CallFault) in
            guard let changed else { throw .notFound }
            return Envelope(document(changed))
        }
    }

    // MARK: - Reading

    /// What changes how payments are made.
    private static func change(_ fields: WireFields) throws(CallFault) -> ProcessorChange {
        var change = ProcessorChange()
        change.name = try fields.nonempty("name", atMost: 100)
        // Each processor is of one kind, so only one of the two can say something.
        let defaults = (card: try fields.flag("default_card"), bank: try fields.flag("default_ach"))
        change.isDefault = defaults.card ?? defaults.bank
        switch try fields.nonempty("status") {
        case nil: break
        case "active": change.isActive = true
        case "disabled": change.isActive = false
        default: throw fields.invalid("status")
        }
        return change
    }

    /// What answers repeat. `settings` may hold secrets of a processor, so nothing of them is kept.
    private static func read(_ fields: WireFields) throws(CallFault) -> JSONObject {
        var object = JSONObject()
        for name in ["description", "timezone", "tag", "settle_at", "payment_adj_type"] as [MemberName] {
            if let text = try fields.text(name, atMost: 100) { object.append(name.description, .string(text)) }
        }
        for name in ["max_daily", "max_monthly", "payment_adj_val"] as [MemberName] {
            if let amount = try fields.amount(name) { object.append(name.description, JSONValue(amount)) }
        }
        if let type = object["payment_adj_type"]?.stringValue, !["", "flat", "percentage"].contains(type) {
            throw fields.invalid("payment_adj_type")
        }
        return object
    }

    private static func document(_ found: FoundProcessor) -> JSONValue {
        let processor = found.processor
        let kept = found.document.flatMap { StoredJSON.value($0) }
        func text(_ name: String, _ preset: String = "") -> (String, JSONValue) {
            (name, kept?[name] ?? .string(preset))
        }
        func amount(_ name: String) -> (String, JSONValue) { (name, kept?[name] ?? 0) }
        return JSONValue(pairs: [
            ("id", .string(processor.id.text)), ("name", .string(processor.name)), text("description"),
            ("default_card", .bool(processor.isDefault && processor.tender == .card)),
            ("default_ach", .bool(processor.isDefault && processor.tender == .ach)), ("default_apm", false),
            ("default_cash", false), text("timezone", "UTC"), text("tag"),
            ("status", processor.isActive ? "active" : "disabled"), text("settle_at", "00:00:00"),
            amount("max_daily"), amount("max_monthly"), text("payment_adj_type"), amount("payment_adj_val"),
            ("settings", JSONValue(pairs: [(processor.type.text, .object(JSONObject()))])),
            ("features", .object(JSONObject())),
            ("supported_payment_methods", .array([.string(processor.tender.rawValue)])),
            ("supported_currencies", .array([.string(processor.currency.code.lowercased())])),
        ])
    }
}
