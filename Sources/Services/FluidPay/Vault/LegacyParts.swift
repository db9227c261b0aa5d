import JSON
import Payments
import Processor
import ServiceKit

/// Addresses of the older family: each by itself, lists with `count`.
enum LegacyAddressEndpoints {
    static func add(_ call: FluidCall) -> ServiceAnswer {
        VaultEndpoints.change(call, answer: created) { () throws(CallFault) in
            .addAddress(try AddressReading.read(try call.fields()))
        }
    }

    static func update(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("part")
        return VaultEndpoints.change(call) { outcome throws(CallFault) in
            try one(id, try VaultEndpoints.success(outcome))
        } _: { () throws(CallFault) in
            .replaceAddress(id, try AddressReading.read(try call.fields()))
        }
    }

    static func list(_ call: FluidCall) -> ServiceAnswer {
        LegacyList.customer(call) { saved throws(CallFault) in
            let record = saved.profile.record?.value
            let all = record.map { record in
                record.addresses.map { LegacyCustomerDocument.address($0.id, record) }
            }
            return LegacyList.envelope(all ?? [])
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("part")
        return LegacyList.customer(call) { saved throws(CallFault) in try one(id, saved) }
    }

    private static func created(_ outcome: VaultOutcome) throws(CallFault) -> Envelope {
        let saved = try VaultEndpoints.success(outcome)
        return try one(saved.created ?? "", saved)
    }

    private static func one(_ id: ObjectID, _ saved: SavedCustomer) throws(CallFault) -> Envelope {
        guard let record = saved.profile.record?.value, record.address(id) != nil else { throw .notFound }
        return Envelope(LegacyCustomerDocument.address(id, record))
    }
}

/// Stored accounts of the older family.
enum LegacyPaymentEndpoints {
    static func add(_ call: FluidCall) -> ServiceAnswer {
        VaultEndpoints.change(call, answer: created) { () throws(CallFault) in
            .addPayment(try method(call, isChange: false))
        }
    }

    static func update(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("part")
        return VaultEndpoints.change(call) { outcome throws(CallFault) in
            try one(id, try VaultEndpoints.success(outcome))
        } _: { () throws(CallFault) in
            .replacePayment(id, try method(call, isChange: true))
        }
    }

    static func list(_ call: FluidCall) -> ServiceAnswer {
        LegacyList.customer(call) { saved throws(CallFault) in
            let tender = try tender(call)
            let accounts = saved.profile.accounts.filter { tender == nil || $0.kind.tender == tender }
            return LegacyList.envelope(accounts.map(LegacyCustomerDocument.payment))
        }
    }

    static func find(_ call: FluidCall) -> ServiceAnswer {
        let id = call.id("part")
        return LegacyList.customer(call) { saved throws(CallFault) in
            guard let tender = try tender(call) else { return try one(id, saved) }
            guard saved.profile.account(named: id)?.kind.tender == tender else { throw .notFound }
            return try one(id, saved)
        }
    }

    /// The account may stand in an object of its kind, or alone.
    private static func method(_ call: FluidCall, isChange: Bool) throws(CallFault) -> VaultMethod {
        let fields = try call.fields()
        let kind = call.parameters["kind"] ?? ""
        let part = kind == "token" ? fields : try fields.fields(called: kind) ?? fields
        switch kind {
        case "card": return try VaultReading.card(part, isChange: isChange)
        case "ach": return try VaultReading.bank(part, isChange: isChange)
        case "token": return try VaultReading.token(part)
        default: throw .notFound
        }
    }

    /// Nil: an account that came as a token may be of either kind.
    private static func tender(_ call: FluidCall) throws(CallFault) -> Tender? {
        switch call.parameters["kind"] {
        case "card": return .card
        case "ach": return .ach
        case "token": return nil
        default: throw .notFound
        }
    }

    private static func created(_ outcome: VaultOutcome) throws(CallFault) -> Envelope {
        let saved = try VaultEndpoints.success(outcome)
        return try one(saved.created ?? "", saved)
    }

    private static func one(_ id: ObjectID, _ saved: SavedCustomer) throws(CallFault) -> Envelope {
        guard let account = saved.profile.account(named: id) else { throw .notFound }
        return Envelope(LegacyCustomerDocument.payment(account))
    }
}

/// What the older family has in common.
enum LegacyList {
    static func customer(
        _ call: FluidCall, answer: @escaping (SavedCustomer) throws(CallFault) -> Envelope
    ) -> ServiceAnswer {
        let id = call.id("id")
        return call.perform(AccessNeed()) { caller in
            FindCustomer(id, of: caller.account)
        } answer: { outcome throws(CallFault) in
            try answer(try VaultEndpoints.success(outcome))
        }
    }

    static func envelope(_ values: [JSONValue]) -> Envelope {
        var envelope = Envelope(.array(values), totalCount: values.count)
        envelope.countName = "count"
        return envelope
    }
}
