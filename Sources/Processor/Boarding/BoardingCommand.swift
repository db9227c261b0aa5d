import Cryptography
package import Payments

/// A request about an application or an order.
package struct BoardingCommand: Command {
    package enum Action: Sendable {
        case apply(document: String, MerchantApplication.Facts)
        case change(ApplicationNumber, document: String, MerchantApplication.Facts)
        case askForSignature(ApplicationNumber)
        case withdrawSignature(ApplicationNumber)
        case submit(ApplicationNumber)
        case attach(ApplicationNumber)
        case order(ApplicationNumber, equipment: Int, quantity: Int, document: String)
        case changeOrder(Int, equipment: Int, quantity: Int, document: String)
        case cancelOrder(Int)
    }

    /// Why it cannot be done.
    package enum Fault: Error, Hashable, Sendable {
        case unknown, notInProgress, notPending, notNew, accessDenied
    }

    package enum Reply: Sendable {
        case application(MerchantApplication)
        case attachment(Int)
        case order(EquipmentOrder)
    }

    package typealias Outcome = Result<Reply, Fault>

    package var service: String
    package var scope: SiteScope
    package var action: Action
    package var wire: any WireFacts

    package init(service: String, scope: SiteScope, action: Action, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.scope = scope
        self.action = action
        self.wire = wire
    }

    package var operation: String {
        switch action {
        case .apply: "merchantApplication"
        case .change: "merchantChange"
        case .askForSignature, .withdrawSignature: "merchantSignature"
        case .submit: "merchantSubmission"
        case .attach: "merchantAttachment"
        case .order, .changeOrder, .cancelOrder: "equipmentOrder"
        }
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = RuleSubject(service: service, operation: operation, scope: scope, wire: wire)
        return context.ruling(for: subject).applied(to: ordinary(in: context))
    }

    private func ordinary(in context: DecisionContext) -> Decision<Outcome> {
        let boarding = context.books.boarding
        switch action {
        case .apply(let document, let facts):
            let number = ApplicationNumber(context.behavior.boarding.firstNumber + boarding.applicationCount)
            var application = MerchantApplication(number: number, scope: scope, document: document, facts: facts)
            application.move(to: .inProgress, at: context.now)
            return changed(application)
        case .change(let number, let document, let facts):
            return with(number, context) { application in
                guard application.status == .inProgress else { return .failed(.notInProgress) }
                application.document = document
                application.facts = facts
                return changed(application)
            }
        case .askForSignature(let number):
            return with(number, context) { application in
                guard application.status == .inProgress else { return .failed(.notInProgress) }
                var random = SeededRandom(seed: context.seed, label: "signature \(number.number)")
                application.signatureKey = Self.uuid(&random) + "/" + Self.uuid(&random)
                application.signature = .pending
                let delay = context.behavior.boarding.signingTakes
                return decision(context.moved(application, to: .outForSignature, after: delay))
            }
        case .withdrawSignature(let number):
            return with(number, context) { application in
                guard application.signature == .pending else { return .failed(.notPending) }
                application.signature = .notSent
                application.signatureKey = nil
                var effects = context.moved(application, to: .inProgress, after: nil)
                effects.events.append(.agenda(.cancelled(.application(number))))
                return decision(effects)
            }
        case .submit(let number):
            return with(number, context) { application in
                guard application.status == .inProgress else { return .failed(.notInProgress) }
                if application.facts.isAcquiring { return .failed(.accessDenied) }
                let delay = context.behavior.boarding.boardingTakes
                return decision(context.moved(application, to: .boarding, after: delay))
            }
        case .attach(let number):
            return with(number, context) { application in
                guard application.status == .inProgress else { return .failed(.notInProgress) }
                let id = 123_456 + boarding.attachmentCount
                return Decision(events: [.boarding(.attached(number))], outcome: .success(.attachment(id)))
            }
        case .order(let number, let equipment, let quantity, let document):
            return with(number, context) { _ in
                var order = EquipmentOrder(
                    number: 70_001 + boarding.orderCount, application: number, equipment: equipment, quantity: quantity,
                    document: document)
                order.move(to: .new, at: context.now)
                let due = context.now + context.behavior.boarding.orderStepTakes
                return Decision(
                    events: [
                        .boarding(.orderChanged(Boxed(order))), .agenda(.planned(.order(order.number), at: due)),
                    ], outcome: .success(.order(order)))
            }
        case .changeOrder(let number, let equipment, let quantity, let document):
            guard var order = boarding.order(number) else { return .failed(.unknown) }
            guard order.status == .new else { return .failed(.notNew) }
            order.equipment = equipment
            order.quantity = quantity
            order.document = document
            return Decision(events: [.boarding(.orderChanged(Boxed(order)))], outcome: .success(.order(order)))
        case .cancelOrder(let number):
            guard var order = boarding.order(number) else { return .failed(.unknown) }
            guard order.status == .new else { return .failed(.notNew) }
            order.move(to: .cancelled, at: context.now)
            return Decision(
                events: [.boarding(.orderChanged(Boxed(order))), .agenda(.cancelled(.order(number)))],
                outcome: .success(.order(order)))
        }
    }

    private func with(
        _ number: ApplicationNumber, _ context: DecisionContext,
        _ change: (inout MerchantApplication) -> Decision<Outcome>
    ) -> Decision<Outcome> {
        guard var application = context.books.boarding.application(number), application.scope == scope else {
            return .failed(.unknown)
        }
        return change(&application)
    }

    private func changed(_ application: MerchantApplication) -> Decision<Outcome> {
        Decision(
            events: [.boarding(.applicationChanged(Boxed(application)))], outcome: .success(.application(application)))
    }

    private func decision(_ effects: Effects) -> Decision<Outcome> {
        for event in effects.events {
            if case .boarding(.applicationChanged(let application)) = event {
                return Decision(
                    events: effects.events, outcome: .success(.application(application.value)),
                    reasons: effects.reasons)
            }
        }
        return .failed(.unknown)
    }

    private static func uuid(_ random: inout SeededRandom) -> String {
        let digits = Hex.encode((0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        let parts = [8, 4, 4, 4, 12]
        var rest = Substring(digits)
        return parts.map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }.joined(separator: "-")
    }
}

extension Decision where Outcome == BoardingCommand.Outcome {
    static func failed(_ fault: BoardingCommand.Fault) -> Decision { Decision(outcome: .failure(fault)) }
}
