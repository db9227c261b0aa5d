import Payments

extension ScheduledWork {
    /// The next state of an application is due.
    static func goOn(_ number: ApplicationNumber, in context: DecisionContext) -> Effects {
        guard let application = context.books.boarding.application(number) else {
            return Effects(events: [], reasons: [])
        }
        let settings = context.behavior.boarding
        if settings.cancellation(of: application) != nil { return context.cancelled(application) }
        switch application.status {
        case .outForSignature: return context.signed(application, by: nil)
        case .qualifying: return context.reviewed(application)
        case .underwriting: return context.judged(application)
        case .boarding: return context.boarded(application)
        case .boarded: return context.moved(application, to: .live, after: nil)
        case .inProgress, .declined, .live, .cancelled: return Effects(events: [], reasons: [])
        }
    }
}

extension DecisionContext {
    /// A cancellation of the scenario takes the place of the next step.
    ///
    /// - Parameter delay: until the next step; nil: none comes by itself.
    func moved(
        _ application: MerchantApplication, to status: MerchantApplication.Status, after delay: Duration?,
        _ change: (inout MerchantApplication) -> Void = { _ in }
    ) -> Effects {
        var application = application
        application.move(to: status, at: now)
        change(&application)
        let work = ScheduledWork.application(application.number)
        let due = (behavior.boarding.cancellation(of: application)?.after ?? delay).map { now + $0 }
        return Effects(
            events: [
                .boarding(.applicationChanged(Boxed(application))),
                .agenda(due.map { .planned(work, at: $0) } ?? .cancelled(work)),
            ],
            reasons: [.note("application \(application.number.number) is now \(status.rawValue)")])
    }

    /// Underwriting has it on the table, perhaps once more.
    func reviewed(_ application: MerchantApplication) -> Effects {
        var application = application
        application.reviews += 1
        let takes = behavior.boarding.verdict(on: application)?.after ?? behavior.boarding.underwritingTakes
        return moved(application, to: .underwriting, after: takes)
    }

    /// Closed for good; a merchant that was boarded for it takes no payments any more.
    func cancelled(_ application: MerchantApplication) -> Effects {
        var effects = moved(application, to: .cancelled, after: nil) { application in
            guard application.signature == .pending else { return }
            application.signature = .notSent
            application.signatureKey = nil
        }
        if let id = application.merchant {
            let key = MerchantKey(scope: application.scope, id: id)
            if books.boarding.merchant(key) != nil { effects.events.append(.boarding(.merchantClosed(key))) }
        }
        return effects
    }

    /// Back to the applicant, who may change and send it once more.
    func returned(_ application: MerchantApplication) -> Effects {
        moved(application, to: .inProgress, after: nil) { application in
            application.signature = .notSent
            application.signatureKey = nil
            application.signedAt = nil
            application.signer = nil
        }
    }

    /// The merchant has signed: on the page, on paper, or because the time for it has come.
    ///
    /// - Parameter signer: in the service's own form.
    func signed(_ application: MerchantApplication, by signer: String?) -> Effects {
        moved(application, to: .qualifying, after: behavior.boarding.qualifyingTakes) { application in
            application.signature = .signed
            application.signedAt = now
            application.signer = signer ?? application.signer
        }
    }

    /// What underwriting decides at the end of its time.
    fileprivate func judged(_ application: MerchantApplication) -> Effects {
        switch behavior.boarding.verdict(on: application)?.decision ?? .approve {
        case .approve: return moved(application, to: .boarding, after: behavior.boarding.boardingTakes)
        case .decline: return moved(application, to: .declined, after: nil)
        case .cancel: return cancelled(application)
        case .ask: return returned(application)
        }
    }

    /// The processor and the gateway know the merchant from now on.
    func boarded(_ application: MerchantApplication) -> Effects {
        let facts = application.facts
        let template = behavior.boarding.template(facts.template)
        guard let processor = facts.processor ?? template?.processor, behavior.processors[processor] != nil else {
            return moved(application, to: .declined, after: nil)
        }
        let id = facts.merchant ?? MerchantID(String(800_000_100_000 + application.number.number % 100_000))
        var effects = moved(application, to: .boarded, after: behavior.boarding.goingLiveTakes) { $0.merchant = id }
        if merchant(MerchantKey(scope: application.scope, id: id))?.isEnabled != true {
            let merchant = Merchant(id: id, processor: processor)
            effects.events.append(.boarding(.merchantBoarded(Boxed(merchant), scope: application.scope)))
        }
        return effects
    }
}
