import Cryptography
package import Payments

/// A request about an application or an order.
package struct BoardingCommand: Command {
    package enum Action: Sendable {
        case apply(document: String, MerchantApplication.Facts)
        case change(ApplicationNumber, document: String, MerchantApplication.Facts)
        case askForSignature(ApplicationNumber)
        case withdrawSignature(ApplicationNumber)
        /// The merchant signs on the page that a key names.
        ///
        /// - Parameter signer: in the service's own form.
        case sign(ApplicationNumber, key: String?, signer: String?)
        case submit(ApplicationNumber, signer: String?)
        case attach(ApplicationNumber, Attachment.Content)
        case order(ApplicationNumber, equipment: Int, quantity: Int, document: String)
        case changeOrder(Int, equipment: Int, quantity: Int, document: String)
        case cancelOrder(Int)
    }

    /// Why it cannot be done.
    package enum Fault: Error, Hashable, Sendable {
        case unknown, notInProgress, notPending, notNew, accessDenied, full
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
        case .askForSignature, .withdrawSignature, .sign: "merchantSignature"
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
        switch action {
        case .apply(let document, let facts): apply(document, facts, context)
        case .change(let number, let document, let facts):
            inProgress(number, context) { application in
                application.document = document
                application.facts = facts
                return changed(application)
            }
        case .askForSignature(let number): inProgress(number, context) { askForSignature($0, context) }
        case .withdrawSignature(let number): with(number, context) { withdraw($0, context) }
        case .sign(let number, let key, let signer): with(number, context) { sign($0, key, signer, context) }
        case .submit(let number, let signer): inProgress(number, context) { submit($0, signer, context) }
        case .attach(let number, let content): inProgress(number, context) { attach(content, to: $0, context) }
        case .order(let number, let equipment, let quantity, let document):
            with(number, context) { _ in place(number, equipment, quantity, document, context) }
        case .changeOrder(let number, let equipment, let quantity, let document):
            changeOrder(number, equipment, quantity, document, context)
        case .cancelOrder(let number): cancelOrder(number, context)
        }
    }

    func with(
        _ number: ApplicationNumber, _ context: DecisionContext,
        _ change: (inout MerchantApplication) -> Decision<Outcome>
    ) -> Decision<Outcome> {
        guard var application = context.books.boarding.application(number), application.scope == scope else {
            return .failed(.unknown)
        }
        return change(&application)
    }

    private func inProgress(
        _ number: ApplicationNumber, _ context: DecisionContext,
        _ change: (inout MerchantApplication) -> Decision<Outcome>
    ) -> Decision<Outcome> {
        with(number, context) { application in
            application.status == .inProgress ? change(&application) : .failed(.notInProgress)
        }
    }

    func changed(_ application: MerchantApplication) -> Decision<Outcome> {
        Decision(
            events: [.boarding(.applicationChanged(Boxed(application)))], outcome: .success(.application(application)))
    }

    func decision(_ effects: Effects) -> Decision<Outcome> {
        for event in effects.events {
            if case .boarding(.applicationChanged(let application)) = event {
                return Decision(
                    events: effects.events, outcome: .success(.application(application.value)),
                    reasons: effects.reasons)
            }
        }
        return .failed(.unknown)
    }
}

extension Decision where Outcome == BoardingCommand.Outcome {
    static func failed(_ fault: BoardingCommand.Fault) -> Decision { Decision(outcome: .failure(fault)) }
}
