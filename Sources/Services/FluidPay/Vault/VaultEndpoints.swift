import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The customer vault: customers whole, and their parts. Reference §13.
enum VaultEndpoints {
    private static let need = AccessNeed()

    static func create(_ call: FluidCall) -> ServiceAnswer {
        call.reading(need) { () throws(CallFault) in
            let fields = try call.fields()
            var plan = CreateCustomer.Plan()
            plan.naming = try VaultReading.naming(fields)
            plan.content = try VaultReading.content(fields)
            plan.method = try VaultReading.method(try fields.fields("default_payment"))
            plan.billing = try address("default_billing_address", fields)
            plan.shipping = try address("default_shipping_address", fields)
            if call.isAsked("validate") { plan.checks.append(.verification) }
            if call.isAsked("authorize") { plan.checks.append(.authorization(100)) }
            plan.bypassesRules = call.isAsked("bypass_rule_engine")
            return plan
        } perform: { plan in
            call.perform(need) { caller in
                CreateCustomer(plan, for: caller.account, by: caller.user)
            } answer: { outcome throws(CallFault) in
                try record(outcome)
            }
        }
    }

    private static func address(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> PostalAddress? {
        try fields.fields(name).map { part throws(CallFault) in try AddressReading.read(part, .vault) }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            FindCustomer(id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            try record(outcome)
        }
    }

    static func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            DeleteCustomer(id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            try nothing(outcome)
        }
    }

    static func update(_ call: FluidCall) -> ServiceAnswer {
        change(call) { () throws(CallFault) in .record(try VaultReading.content(try call.fields())) }
    }

    // MARK: - Parts

    static func addAddress(_ call: FluidCall) -> ServiceAnswer {
        change(call) { () throws(CallFault) in .addAddress(try AddressReading.read(try call.fields(), .vault)) }
    }

    static func updateAddress(_ call: FluidCall) -> ServiceAnswer {
        change(call) { () throws(CallFault) in
            .replaceAddress(call.id("part"), try AddressReading.read(try call.fields(), .vault))
        }
    }

    static func removeAddress(_ call: FluidCall) -> ServiceAnswer {
        change(call, answer: nothing) { () throws(CallFault) in .removeAddress(call.id("part")) }
    }

    static func addPayment(_ call: FluidCall) -> ServiceAnswer {
        change(call) { () throws(CallFault) in .addPayment(try method(call, isChange: false)) }
    }

    static func updatePayment(_ call: FluidCall) -> ServiceAnswer {
        change(call) { () throws(CallFault) in .replacePayment(call.id("part"), try method(call, isChange: true)) }
    }

    static func removePayment(_ call: FluidCall) -> ServiceAnswer {
        change(call, answer: nothing) { () throws(CallFault) in
            .removePayment(call.id("part"), Tender(rawValue: call.parameters["kind"] ?? ""))
        }
    }

    private static func method(_ call: FluidCall, isChange: Bool) throws(CallFault) -> VaultMethod {
        let fields = try call.fields()
        switch call.parameters["kind"] {
        case "card": return try VaultReading.card(fields, isChange: isChange)
        case "ach": return try VaultReading.bank(fields, isChange: isChange)
        case "token": return try VaultReading.token(fields)
        case "applepay": return VaultMethod(.wallet("apple_pay_token"))
        case "googlepay": return VaultMethod(.wallet("google_pay_token"))
        default: throw .notFound
        }
    }

    static func change(
        _ call: FluidCall, answer: @escaping (VaultOutcome) throws(CallFault) -> Envelope = record,
        _ read: () throws(CallFault) -> ChangeCustomer.Change
    ) -> ServiceAnswer {
        let id = call.id("id")
        return call.reading(need, read) { change in
            call.perform(need) { caller in
                ChangeCustomer(id, of: caller.account, change)
            } answer: { outcome throws(CallFault) in
                try answer(outcome)
            }
        }
    }

    // MARK: - Answers

    static func success(_ outcome: VaultOutcome) throws(CallFault) -> SavedCustomer {
        switch outcome {
        case .success(let saved): return saved
        case .failure(let fault): throw VaultFaultText.fault(fault)
        }
    }

    static func record(_ outcome: VaultOutcome) throws(CallFault) -> Envelope {
        Envelope(VaultDocument(try success(outcome)).json)
    }

    static func nothing(_ outcome: VaultOutcome) throws(CallFault) -> Envelope {
        _ = try success(outcome)
        return Envelope(.null)
    }
}

extension FluidCall {
    /// The query says that it is so.
    func isAsked(_ name: String) -> Bool { request.queryValue(name) == "true" }

    /// Reads a request's body; one that cannot be read is refused behind its credentials.
    func reading<Value>(
        _ need: AccessNeed, _ read: () throws(CallFault) -> Value, perform: (Value) -> ServiceAnswer
    ) -> ServiceAnswer {
        let value: Value
        do throws(CallFault) { value = try read() } catch { return refused(error, need) }
        return perform(value)
    }
}
