import Payments

extension Authorize {
    /// The authorization as the card was really presented, and as the processor takes payments with stored credentials.
    /// Nil when that is as the request says.
    func entered(_ resolution: Result<AccountResolution, RefusalFault>, in context: DecisionContext) -> Authorize? {
        let mode = resolution.entryMode ?? initiated(in: context)
        guard mode != entryMode else { return nil }
        var command = self
        command.entryMode = mode
        return command
    }

    /// What a payment counts as that says how it was started (reference §19).
    private func initiated(in context: DecisionContext) -> EntryMode {
        guard initiation != nil || entryMode == .recurring, let booking = context.bookings(of: merchant)?.own,
            let practice = booking.profile.storedCredentials
        else { return entryMode }
        guard let initiation else {
            guard practice.recurringNeedsInitiation else { return entryMode }
            return booking.merchant.isRetail ? .keyed : .telephone
        }
        let isOrdered = entryMode == .telephone || entryMode == .eCommerce
        if practice.keysRetailFollowUps, booking.merchant.isRetail, initiation.party == .merchant, !isOrdered {
            return .keyed
        }
        if practice.scheduledIsRecurring, initiation == Initiation(party: .merchant, isScheduled: true) {
            return .recurring
        }
        return practice.ignoresOriginRecurring && entryMode == .recurring ? .keyed : entryMode
    }
}
