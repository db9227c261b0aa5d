import JSON
import Payments
import Processor
import ServiceKit

/// Products and custom fields: what was sent is kept, with an id and times. Reference §16.
struct RecordEndpoints: Sendable {
    enum Member: Sendable { case text(atMost: Int), amount, flag, texts }

    let kind: GatewayRecord.Kind
    /// In the order of answers.
    let members: [(name: String, type: Member)]
    /// Below `/api/merchant/{merchant}`: only that merchant's own credentials may.
    let isOfMerchant: Bool

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

    // MARK: - Calls

    func create(_ call: FluidCall) -> ServiceAnswer { keep(call, id: nil) }

    func update(_ call: FluidCall) -> ServiceAnswer { keep(call, id: call.id("id")) }

    func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return perform(call) { [kind] caller in
            FindRecords(kind, of: caller.account, id: id)
        } answer: { found throws(CallFault) in
            guard let record = found.records.first else { throw .notFound }
            return Envelope(document(record))
        }
    }

    func list(_ call: FluidCall) -> ServiceAnswer {
        perform(call) { [kind] caller in
            FindRecords(kind, of: caller.account)
        } answer: { found throws(CallFault) in
            Envelope(.array(found.records.map(document)), totalCount: found.records.count)
        }
    }

    func search(_ call: FluidCall) -> ServiceAnswer {
        let filter: (@Sendable (String) -> Bool)?
        let limit: Int
        let offset: Int
        do throws(CallFault) {
            let fields = try call.fields()
            filter = try SearchReading.text("name", fields)
            limit = try SearchReading.limit(fields)
            offset = try SearchReading.offset(fields)
        } catch {
            return call.refused(error, AccessNeed())
        }
        return perform(call) { [kind] caller in
            FindRecords(kind, of: caller.account)
        } answer: { found throws(CallFault) in
            let all = found.records.map(document).filter { filter?($0["name"]?.text ?? "") ?? true }
            return Envelope(.array(Array(all.dropFirst(offset).prefix(limit))), totalCount: all.count)
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
        do throws(CallFault) {
            let fields = try call.fields()
            given = try read(fields)
            if id == nil { _ = try fields.required("name") }
        } catch {
            return call.refused(error, AccessNeed())
        }
        return perform(call) { [kind] caller in
            KeepRecord(kind, of: caller.account, id: id) { known in
                KeepRecord.Content(document: StoredJSON.merged(known?.document, given).serializedText())
            }
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
                object.append(member.name, .string(try fields.text(member.name, atMost: limit) ?? ""))
            case .amount: object.append(member.name, JSONValue(try fields.amount(member.name) ?? 0))
            case .flag: object.append(member.name, .bool(try fields.flag(member.name) ?? false))
            case .texts:
                let texts = try fields.list(member.name) ?? []
                guard texts.allSatisfy({ $0.stringValue != nil }) else { throw fields.invalid(member.name) }
                object.append(member.name, .array(texts))
            }
        }
        return object
    }

    private func document(_ record: GatewayRecord) -> JSONValue {
        let kept = StoredJSON.value(record.document)
        var object = JSONObject(pairs: [("id", .string(record.id.text))])
        if isOfMerchant { object.append("merchant_id", .string(record.account.text)) }
        for member in members { object.append(member.name, kept?[member.name] ?? absent(member.type)) }
        object.append("created_at", WireTime.json(record.createdAt))
        object.append("updated_at", WireTime.json(record.updatedAt))
        return .object(object)
    }

    private func absent(_ type: Member) -> JSONValue {
        switch type {
        case .text: ""
        case .amount: 0
        case .flag: false
        case .texts: .array([])
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
            }
    }
}
