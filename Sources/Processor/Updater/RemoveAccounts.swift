package import Payments

/// Takes cards out of the updater's care.
package struct RemoveAccounts: Command {
    package enum Outcome: Sendable {
        /// For each account whether it was enrolled, in order.
        case removed([Bool])
        case notEnabled
        case refused(ResponseCode)
    }

    package var service: String
    package var merchant: MerchantKey
    package var accounts: [AccountText]
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, accounts: [AccountText], wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.accounts = accounts
        self.wire = wire
    }

    package var operation: String { "accountRemoval" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            context.isUpdated(merchant) ? remove(context) : Decision(outcome: .notEnabled)
        }
    }

    private func remove(_ context: DecisionContext) -> Decision<Outcome> {
        var removed: Set<CardToken> = []
        var events: [Event] = []
        let results = accounts.map { text -> Bool in
            guard case .success(let found) = context.resolve(.account(text), in: merchant.scope) else { return false }
            let key = EnrolledAccount(merchant: merchant, token: found.account.token)
            guard context.books.updater[key] != nil, removed.insert(key.token).inserted else { return false }
            events.append(.updater(.removed(key)))
            return true
        }
        let work = ScheduledWork.accountUpdates(merchant)
        if !events.isEmpty, context.after(events).books.updater.next(of: merchant) == nil,
            context.books.agenda.due(work) != nil
        {
            events.append(.agenda(.cancelled(work)))
        }
        return Decision(events: events, outcome: .removed(results))
    }
}

/// Tells what updates came in the last days. Changes nothing.
package struct InquireAccountUpdates: Command {
    package struct Report: Sendable {
        package let total: Int
        package let updates: [AccountUpdate]
        /// The leading digits of each, of the new number where there is one.
        package let bins: [BIN?]
        /// On the gateway's calendar, counted from 1970.
        package let firstDay: Int
        package let lastDay: Int
    }

    package enum Outcome: Sendable {
        case report(Report)
        case notEnabled
        case refused(ResponseCode)
    }

    package var service: String
    package var merchant: MerchantKey
    package var daysBack: Int
    package var positions: Range<Int>
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, daysBack: Int, positions: Range<Int>,
        wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.daysBack = daysBack
        self.positions = positions
        self.wire = wire
    }

    package var operation: String { "accountUpdates" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            guard context.isUpdated(merchant) else { return Decision(outcome: .notEnabled) }
            let today = context.civilNow.daysSince1970
            let (total, shown) = context.books.updater.updates(of: merchant, since: today - daysBack, positions)
            let bins = shown.map { update in
                context.storedBIN(of: AccountText((update.new ?? update.old).text), in: merchant.scope)
            }
            return Decision(
                outcome: .report(
                    Report(
                        total: total, updates: shown, bins: bins, firstDay: today - daysBack, lastDay: today)))
        }
    }
}
