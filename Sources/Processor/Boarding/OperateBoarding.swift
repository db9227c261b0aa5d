import Payments

/// Somebody who runs a test puts an application or an order into a state, whichever it is in. From there it goes on by
/// the clock as if it had come there by itself.
package struct OperateBoarding: Command {
    package enum Action: Sendable {
        case application(ApplicationNumber, MerchantApplication.Status)
        case order(Int, EquipmentOrder.Status)
    }

    package enum Fault: Error, Hashable, Sendable { case unknown }

    package typealias Outcome = Result<Void, Fault>

    package var action: Action

    package init(_ action: Action) { self.action = action }

    package var operation: String { "boardingOperation" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let effects: Effects
        switch action {
        case .application(let number, let status):
            guard let application = context.books.boarding.application(number) else {
                return Decision(outcome: .failure(.unknown))
            }
            effects = context.put(application, into: status)
        case .order(let number, let status):
            guard let order = context.books.boarding.order(number) else {
                return Decision(outcome: .failure(.unknown))
            }
            effects = context.moved(order, to: status)
        }
        return Decision(events: effects.events, outcome: .success(()), reasons: effects.reasons)
    }
}

extension DecisionContext {
    /// With what belongs to the state: a page to sign on, a signature, a merchant at the gateway.
    fileprivate func put(_ application: MerchantApplication, into status: MerchantApplication.Status) -> Effects {
        let settings = behavior.boarding
        switch status {
        case .inProgress: return returned(application)
        case .outForSignature: return sentForSignature(application)
        case .qualifying: return signed(application, by: nil)
        case .underwriting: return reviewed(application)
        case .declined: return moved(application, to: .declined, after: nil)
        case .boarding: return moved(application, to: .boarding, after: settings.boardingTakes)
        case .boarded: return boarded(application)
        case .live: return live(application)
        case .cancelled: return cancelled(application)
        }
    }

    /// A merchant that is live exists.
    private func live(_ application: MerchantApplication) -> Effects {
        var effects = boarded(application)
        for event in effects.events {
            guard case .boarding(.applicationChanged(let boarded)) = event, boarded.value.status == .boarded else {
                continue
            }
            let live = moved(boarded.value, to: .live, after: nil)
            effects.events += live.events
            effects.reasons += live.reasons
        }
        return effects
    }
}
