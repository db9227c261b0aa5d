package import Payments

/// Asks the updater to keep cards up to date.
package struct EnrolAccounts: Command {
    package struct Entry: Sendable {
        /// Nil when there is none.
        package var account: AccountText?
        package var expiry: CardExpiry?

        package init(account: AccountText?, expiry: CardExpiry?) {
            self.account = account
            self.expiry = expiry
        }
    }

    package enum Problem: Hashable, Sendable {
        /// No card number, or no card.
        case invalidCard
        /// A token that is not known here, or no room.
        case notTokenized
    }

    package enum Outcome: Sendable {
        /// One for each entry, in order.
        case enrolled([Result<CardToken, EnrolmentFault>])
        case notEnabled
        case refused(ResponseCode)
    }

    package var service: String
    package var merchant: MerchantKey
    package var entries: [Entry]
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, entries: [Entry], wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.entries = entries
        self.wire = wire
    }

    package var operation: String { "accountEnrolment" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            context.isUpdated(merchant) ? enrol(context) : Decision(outcome: .notEnabled)
        }
    }

    private func enrol(_ context: DecisionContext) -> Decision<Outcome> {
        var context = context
        var events: [Event] = []
        var results: [Result<CardToken, EnrolmentFault>] = []
        for entry in entries {
            let result = Result { () throws(EnrolmentFault) in try self.events(for: entry, in: context) }
            results.append(result.map(\.token))
            guard case .success(let enrolled) = result else { continue }
            events += enrolled.events
            context = context.after(enrolled.events)
        }
        let work = ScheduledWork.accountUpdates(merchant)
        if let next = context.books.updater.next(of: merchant), context.books.agenda.due(work) != next {
            events.append(.agenda(.planned(work, at: next)))
        }
        return Decision(events: events, outcome: .enrolled(results))
    }

    private func events(
        for entry: Entry, in context: DecisionContext
    ) throws(EnrolmentFault) -> (token: CardToken, events: [Event]) {
        guard let text = entry.account else { throw EnrolmentFault(.invalidCard) }
        let found: AccountResolution
        switch context.resolve(.account(text), in: merchant.scope) {
        case .success(let resolution): found = resolution
        case .failure(let fault): throw EnrolmentFault(fault.refusal == .invalidToken ? .notTokenized : .invalidCard)
        }
        guard !found.account.isBankAccount else { throw EnrolmentFault(.invalidCard) }
        let key = EnrolledAccount(merchant: merchant, token: found.account.token)
        let before = context.books.updater[key]
        guard before != nil || context.books.updater.count(of: merchant) < context.behavior.limits.enrolledAccounts
        else {
            throw EnrolmentFault(.notTokenized)
        }
        let due = before?.due ?? context.now + context.behavior.updater.firstAfter
        return (
            key.token,
            found.events(in: merchant.scope) + [
                .updater(.enrolled(key, expiry: entry.expiry ?? found.held?.expiry, due: due))
            ]
        )
    }
}

package struct EnrolmentFault: Error, Hashable, Sendable {
    package let problem: EnrolAccounts.Problem

    package init(_ problem: EnrolAccounts.Problem) { self.problem = problem }
}

extension DecisionContext {
    /// The merchant has the updater, on a processor where there is one.
    func isUpdated(_ merchant: MerchantKey) -> Bool {
        guard let known = self.merchant(merchant), known.updatesAccounts else { return false }
        return behavior.updater.processors.contains(known.processor)
    }
}
