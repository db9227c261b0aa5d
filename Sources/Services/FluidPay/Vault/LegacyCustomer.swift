import JSON
import Payments
import Processor
import ServiceKit

/// The older, flat form of a customer. Reference §13, last point.
enum LegacyCustomerDocument {
    static func json(_ saved: SavedCustomer) -> JSONValue {
        guard let record = saved.profile.record?.value else { return .null }
        return JSONValue(pairs: [
            ("id", .string(saved.profile.key.id.text)), ("description", .string(record.description)),
            ("payment_method", saved.profile.account(nil).map(payment) ?? .null),
            ("billing_address", address(record.defaultBilling, record)),
            ("shipping_address", address(record.defaultShipping, record)),
            ("created_at", WireTime.json(record.createdAt)), ("updated_at", WireTime.json(record.updatedAt)),
        ])
    }

    /// `{"card":{…}}` or `{"ach":{…}}`.
    static func payment(_ account: StoredAccount) -> JSONValue {
        account.kind.tender == .ach
            ? ["ach": StoredAccountDocument.bank(account)] : ["card": StoredAccountDocument.card(account)]
    }

    static func address(_ id: ObjectID?, _ record: CustomerRecord) -> JSONValue {
        guard let id, let address = record.address(id) else { return .null }
        return JSONValue(pairs: [("id", .string(id.text))] + AddressDocument.members(address))
    }
}

enum LegacyCustomerEndpoints {
    private static let need = AccessNeed()

    static func create(_ call: FluidCall) -> ServiceAnswer {
        call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            var plan = CreateCustomer.Plan()
            plan.naming = try fields.nonempty("id").map { .own($0) } ?? .automatic
            plan.content.description = try fields.text("description", atMost: 255)
            plan.method = try method(fields)
            plan.billing = try address("billing_address", fields)
            plan.shipping = try address("shipping_address", fields)
            return plan
        } perform: { plan in
            call.perform(need) { caller in
                CreateCustomer(plan, for: caller.account, by: caller.user)
            } answer: { outcome throws(CallFault) in
                try flat(outcome)
            }
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            FindCustomer(id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            try flat(outcome)
        }
    }

    /// What is sent is added; an address that is new becomes the default.
    static func update(_ call: FluidCall) -> ServiceAnswer {
        VaultEndpoints.change(call, answer: flat) { () throws(CallFault) in
            let fields = try call.fields()
            var content = CustomerContent()
            content.description = try fields.text("description", atMost: 255)
            var changes: [ChangeCustomer.Change] = [.record(content)]
            if let method = try method(fields) { changes.append(.choosePayment(method)) }
            if let billing = try address("billing_address", fields) { changes.append(.chooseBilling(billing)) }
            if let shipping = try address("shipping_address", fields) { changes.append(.chooseShipping(shipping)) }
            return .several(changes)
        }
    }

    static func fromTransaction(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            VaultCharge(ChargeTarget(id, of: caller.account))
        } answer: { outcome throws(CallFault) in
            try flat(outcome)
        }
    }

    private static func method(_ fields: WireFields) throws(CallFault) -> VaultMethod? {
        try VaultReading.method(try fields.fields("payment_method"))
    }

    private static func address(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> PostalAddress? {
        try fields.fields(name).map { part throws(CallFault) in try AddressReading.read(part) }
    }

    private static func flat(_ outcome: VaultOutcome) throws(CallFault) -> Envelope {
        Envelope(LegacyCustomerDocument.json(try VaultEndpoints.success(outcome)))
    }
}
