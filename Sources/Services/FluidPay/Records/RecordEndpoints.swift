import JSON
import Payments
import Processor
import ServiceKit

/// Products, carts and custom fields: what was sent is kept, with an id and times. Reference §16.
struct RecordEndpoints: Sendable {
    enum Member: Sendable {
        case text(atMost: Int), amount, flag, texts
        /// A text that is this one unless something else is sent.
        case preset(String)
        /// Ids of products; the answer to a question about one record shows the products themselves.
        case products
        /// The id of a processor of the merchant.
        case processor(Tender)
    }

    let kind: GatewayRecord.Kind
    /// In the order of answers.
    let members: [(name: MemberName, type: Member)]
    /// Below `/api/merchant/{merchant}`: only that merchant's own credentials may.
    let isOfMerchant: Bool
    /// Filters of a search beside the times.
    var filters: [MemberName] = ["name"]

    static let products = RecordEndpoints(
        kind: .product,
        members: [
            ("name", .text(atMost: 100)), ("img", .text(atMost: 2000)), ("price", .amount), ("local_tax", .amount),
            ("national_tax", .amount), ("fixed_amount", .flag), ("fixed_qty", .flag),
            ("description", .text(atMost: 1000)),
        ], isOfMerchant: true)

    static let customFields = RecordEndpoints(
        kind: .customField,
        members: [
            ("name", .text(atMost: 100)), ("type", .text(atMost: 50)), ("group_name", .text(atMost: 100)),
            ("description", .text(atMost: 1000)), ("required", .flag), ("options", .texts),
        ], isOfMerchant: false)

    static let carts = RecordEndpoints(
        kind: .cart,
        members: [
            ("card_processor_id", .processor(.card)), ("ach_processor_id", .processor(.ach)),
            ("name", .text(atMost: 100)), ("description", .text(atMost: 1000)), ("type", .preset("normal")),
            ("custom_fields_group", .text(atMost: 100)), ("products", .products), ("show_available_products", .flag),
            ("require_shipping_details", .flag), ("email_receipt", .flag), ("payments", .texts),
            ("shopify_hash", .text(atMost: 100)),
        ], isOfMerchant: true, filters: ["id", "name"])

    // MARK: - Calls

    func create(_ call: FluidCall) -> ServiceAnswer { keep(call, id: nil) }

    func update(_ call: FluidCall) -> ServiceAnswer { keep(call, id: call.id("id")) }

    func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return perform(call) { [kind, namesProducts] caller in
            var command = FindRecords(kind, of: caller.account, id: id)
            if namesProducts { command.named = .product }
            return command
        } answer: { found throws(CallFault) in
            guard let record = found.records.first else { throw .notFound }
            return Envelope(document(record, products: found.named))
        }
    }

    func list(_ call: FluidCall) -> ServiceAnswer {
        perform(call) { [kind] caller in
            FindRecords(kind, of: caller.account)
        } answer: { found throws(CallFault) in
            Envelope(.array(found.records.map { document($0) }), totalCount: found.records.count)
        }
    }

    func search(_ call: FluidCall) -> ServiceAnswer {
        let isMeant: @Sendable (GatewayRecord) -> Bool
        let limit: Int
        let offset: Int
        do throws(CallFault) {
            let fields = try call.fields()
            isMeant = try search(fields)
            limit = try SearchReading.limit(fields)
            offset = try SearchReading.offset(fields)
        } catch {
            return call.refused(error, AccessNeed())
        }
        return perform(call) { [kind] caller in
            FindRecords(kind, of: caller.account)
        } answer: { found throws(CallFault) in
            let all = found.records.filter(isMeant)
            let page = all.dropFirst(offset).prefix(limit).map { document($0) }
            return Envelope(.array(page), totalCount: all.count)
        }
    }

    /// All filters of a search together; an element of a list has to be what a filter wants.
    private func search(_ fields: WireFields) throws(CallFault) -> @Sendable (GatewayRecord) -> Bool {
        var texts: [(MemberName, @Sendable (String) -> Bool)] = []
        for name in filters { if let filter = try SearchReading.text(name, fields) { texts.append((name, filter)) } }
        let product = namesProducts ? try SearchReading.wanted("product", fields) : nil
        let created = try SearchReading.dates("created_at", fields)
        let updated = try SearchReading.dates("updated_at", fields)
        return { [texts] record in
            let shown = document(record)
            return texts.allSatisfy { $0.1(shown.present($0.0)?.text ?? "") }
                && created?.contains(record.createdAt) != false && updated?.contains(record.updatedAt) != false
                && (product == nil || shown["products"]?.array?.contains { $0.text == product } == true)
        }
    }

    func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return perform(call) { [kind] caller in
            DeleteRecord(kind, id, of: caller.account)
        } answer: { isDeleted throws(CallFault) in
            guard isDeleted else { throw .notFound }
            return Envelope(.null)
        }
    }

    private func keep(_ call: FluidCall, id: ObjectID?) -> ServiceAnswer {
        let given: JSONObject
        let mentions: [(String, KeepRecord.Mention)]
        do throws(CallFault) {
            let fields = try call.fields()
            given = try read(fields)
            mentions = self.mentions(given)
            if id == nil { _ = try fields.required("name") }
        } catch {
            return call.refused(error, AccessNeed())
        }
        return perform(call) { [kind] caller in
            var command = KeepRecord(kind, of: caller.account, id: id) { known in
                KeepRecord.Content(document: StoredJSON.merged(known?.document, given).serializedText())
            }
            command.mentions = mentions
            return command
        } answer: { outcome throws(CallFault) in
            switch outcome {
            case .success(let record): return Envelope(document(record))
            case .failure(let fault): throw CallFault(fault)
            }
        }
    }

    private func perform<C: Command>(
        _ call: FluidCall, _ make: @escaping @Sendable (Caller) -> C,
        answer: (C.Outcome) throws(CallFault) -> Envelope
    ) -> ServiceAnswer {
        isOfMerchant ? call.ofMerchant(make, answer: answer) : call.perform(AccessNeed(), make, answer: answer)
    }

    // MARK: - Documents

    /// The known members of a body, each with its type.
    private func read(_ fields: WireFields) throws(CallFault) -> JSONObject {
        var object = JSONObject()
        for member in members where fields.has(member.name) {
            switch member.type {
            case .text(let limit):
                object.append(member.name.description, .string(try fields.text(member.name, atMost: limit) ?? ""))
            case .amount: object.append(member.name.description, JSONValue(try fields.amount(member.name) ?? 0))
            case .flag: object.append(member.name.description, .bool(try fields.flag(member.name) ?? false))
            case .preset, .processor:
                object.append(member.name.description, .string(try fields.text(member.name, atMost: 100) ?? ""))
            case .texts, .products:
                let texts = try fields.list(member.name) ?? []
                guard texts.allSatisfy({ $0.stringValue != nil }) else { throw fields.invalid(member.name) }
                object.append(member.name.description, .array(texts))
            }
        }
        return object
    }

    private var namesProducts: Bool { members.contains { if case .products = $0.type { true } else { false } } }

    /// What a body names that the merchant has to have.
    private func mentions(_ given: JSONObject) -> [(String, KeepRecord.Mention)] {
        members.flatMap { member -> [(String, KeepRecord.Mention)] in
            switch member.type {
            case .products:
                let ids = (given[member.name.description]?.array ?? []).compactMap(\.stringValue)
                return ids.map { (member.name.description, .record(.product, ObjectID($0))) }
            case .processor(let tender):
                guard let id = given[member.name.description]?.stringValue, !id.isEmpty else { return [] }
                return [(member.name.description, .processor(ObjectID(id), tender))]
            case .text, .amount, .flag, .texts, .preset: return []
            }
        }
    }

    /// - Parameter products: shown in place of their ids; one that is deleted is left out.
    private func document(_ record: GatewayRecord, products: [GatewayRecord]? = nil) -> JSONValue {
        let kept = StoredJSON.value(record.document)
        var object = JSONObject(pairs: [("id", .string(record.id.text))])
        if kind == .cart {
            object.append("public_hash", .string(HashedID.uuid("cart \(record.account) \(record.id)")))
        }
        if isOfMerchant { object.append("merchant_id", .string(record.account.text)) }
        for member in members {
            var value = kept?[member.name.description] ?? absent(member.type)
            if case .products = member.type, let products {
                value = .array(
                    (value.array ?? []).compactMap { id in
                        products.first { $0.id.text == id.stringValue }.map { Self.products.document($0) }
                    })
            }
            object.append(member.name.description, value)
        }
        object.append("created_at", WireTime.json(record.createdAt))
        object.append("updated_at", WireTime.json(record.updatedAt))
        if kind == .cart { object.append("deleted_at", .null) }
        return .object(object)
    }

    private func absent(_ type: Member) -> JSONValue {
        switch type {
        case .text, .processor: ""
        case .preset(let text): .string(text)
        case .amount: 0
        case .flag: false
        case .texts, .products: .array([])
        }
    }
}

extension StoredJSON {
    /// What was kept, with new members in place of old ones.
    static func merged(_ kept: String?, _ given: JSONObject) -> JSONValue {
        guard let old = kept.flatMap({ value($0) })?.object else { return .object(given) }
        var merged = JSONObject(old.members.filter { given[$0.name] == nil })
        for member in given.members { merged.append(member.name, member.value) }
        return .object(merged)
    }
}

extension CallFault {
    init(_ fault: RecordFault) {
        self =
            switch fault {
            case .notFound: .notFound
            case .full: .invalid("the limit of records is reached")
            case .charge(let fault): .charge(fault)
            case .status(let status): .invalid("invoice status \(WireName.snake(status.rawValue)) does not allow this")
            case .amountTooLarge: .invalid("amount exceeds the amount due")
            case .partial: .invalid("the invoice does not allow partial payments")
            case .unknownMention(let member): .invalid("invalid \(member): not one of the merchant's")
            }
    }
}
