import JSON
import Payments
import Processor
import ServiceKit

/// Add-ons and discounts. Reference §12.1.
struct ModifierEndpoints: Sendable {
    let kind: RecurringModifier.Kind

    private var need: AccessNeed { AccessNeed() }

    func create(_ call: FluidCall) -> ServiceAnswer { save(call, nil) }

    func update(_ call: FluidCall) -> ServiceAnswer { save(call, call.id("id")) }

    private func save(_ call: FluidCall, _ id: ObjectID?) -> ServiceAnswer {
        call.reading(need) { () throws(CallFault) in
            let content = try RecurringReading.modifier(try call.fields())
            if id == nil, content.component == nil { throw .invalid("amount or percentage is required") }
            return content
        } perform: { content in
            call.perform(need) { caller in
                SaveModifier(kind, id, of: caller.account, content)
            } answer: { outcome throws(CallFault) in
                Envelope(ModifierDocument.json(try RecurringAnswer.success(outcome)))
            }
        }
    }

    func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            FindRecurring { $0.modifiers(kind)[id, of: caller.account.id] }
        } answer: { found throws(CallFault) in
            guard let found else { throw .notFound }
            return Envelope(ModifierDocument.json(found))
        }
    }

    func list(_ call: FluidCall) -> ServiceAnswer {
        call.perform(need) { caller in
            FindRecurring { Array($0.modifiers(kind).all(of: caller.account.id)) }
        } answer: { all throws(CallFault) in
            Envelope(.array(all.map(ModifierDocument.json)), totalCount: all.count)
        }
    }

    func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            DeleteModifier(kind, id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            _ = try RecurringAnswer.success(outcome)
            return Envelope(.null)
        }
    }
}

/// Plans. Reference §12.2.
enum PlanEndpoints {
    private static let need = AccessNeed()

    static func create(_ call: FluidCall) -> ServiceAnswer { save(call, nil) }

    static func update(_ call: FluidCall) -> ServiceAnswer { save(call, call.id("id")) }

    private static func save(_ call: FluidCall, _ id: ObjectID?) -> ServiceAnswer {
        call.reading(need) { () throws(CallFault) in
            try RecurringReading.plan(try call.fields())
        } perform: { content in
            call.perform(need) { caller in
                SavePlan(id, of: caller.account, content)
            } answer: { outcome throws(CallFault) in
                Envelope(PlanDocument.json(try RecurringAnswer.success(outcome)))
            }
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            FindRecurring { $0.plans[id, of: caller.account.id] }
        } answer: { found throws(CallFault) in
            guard let found else { throw .notFound }
            return Envelope(PlanDocument.json(found))
        }
    }

    static func list(_ call: FluidCall) -> ServiceAnswer {
        call.perform(need) { caller in
            FindRecurring { Array($0.plans.all(of: caller.account.id)) }
        } answer: { all throws(CallFault) in
            Envelope(.array(all.map(PlanDocument.json)), totalCount: all.count)
        }
    }

    static func delete(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(need) { caller in
            DeletePlan(id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            _ = try RecurringAnswer.success(outcome)
            return Envelope(.null)
        }
    }
}

enum RecurringAnswer {
    static func success<Value>(_ outcome: Result<Value, RecurringFault>) throws(CallFault) -> Value {
        switch outcome {
        case .success(let value): return value
        case .failure(let fault): throw RecurringFaultText.fault(fault)
        }
    }
}
