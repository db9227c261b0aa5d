import Payments

/// What a request says about a bank account payment beyond the account.
package struct BankEntry: Hashable, Sendable {
    /// `WEB`, `TEL`, `PPD`, `CCD`, as sent.
    package var code: String?
    /// `T`, `B`, `E`, `R`, as sent.
    package var origin: String?
    package var description: String?

    package init(code: String? = nil, origin: String? = nil, description: String? = nil) {
        self.code = code
        self.origin = origin
        self.description = description
    }
}

extension Authorize {
    /// The kind of entry: the request's own where it may say, else by its origin.
    func entryCode(_ profile: ACHProfile) -> String? {
        if let sent = bankEntry.code, let listed = profile.entryCodes.first(where: { $0.isSameWord(sent) }) {
            return listed
        }
        return bankEntry.origin.flatMap { profile.entryCodeByOrigin[$0.uppercased()] } ?? profile.defaultEntryCode
    }

    /// What the gateway has against a bank account payment of this kind.
    func bankEntryRefusal(_ found: AccountResolution, _ booking: Booking) -> Refusal? {
        guard let ach = booking.profile.ach, found.account.isBankAccount else { return nil }
        if booking.bookedCurrency != .usd { return .wrongCurrency }
        if let minorUnits = amount.minorUnits, minorUnits < 0, !ach.sendsCredits { return .creditNotAllowed }
        guard let code = bankEntry.code, !ach.entryCodes.isEmpty else { return nil }
        return ach.entryCodes.contains { $0.isSameWord(code) } ? nil : .invalidField
    }

    /// An entry that takes back an earlier one.
    enum Reversal {
        case of(TransactionID)
        case nothingToReverse

        func answer(in context: DecisionContext) -> IssuerAnswer {
            switch self {
            case .of(let original):
                let transaction = context.ledger[original]
                let profile = transaction.flatMap { context.behavior.processors[$0.processor] }
                let row = context.refusalRow(.offlineApproval)
                return IssuerAnswer(
                    response: profile?.approval ?? row.response, reason: .note("it takes back an earlier entry"))
            case .nothingToReverse:
                let row = context.refusalRow(.noMatchingAuthorization)
                return IssuerAnswer(
                    response: row.response, reason: .refusal(.noMatchingAuthorization, row.source))
            }
        }
    }

    /// Nil when the request asks for no reversal.
    ///
    /// Same account, same amount, same kind of entry, settled, and not given back before: the newest that fits.
    func reversal(
        _ booking: Booking, _ resolution: Result<AccountResolution, RefusalFault>, in context: DecisionContext
    ) -> Reversal? {
        guard let ach = booking.profile.ach, let word = ach.reversalDescription,
            let description = bankEntry.description, description.isSameWord(word),
            let account = resolution.found?.account, account.isBankAccount
        else { return nil }
        let original = context.ledger.newestSettled(
            account.token, of: booking.books, amount: amount.minorUnits ?? 0, entryCode: entryCode(ach))
        return original.map { .of($0) } ?? .nothingToReverse
    }
}

extension Ledger {
    /// Looks through what was settled for a merchant, newest batches first.
    func newestSettled(
        _ token: CardToken, of merchant: MerchantKey, amount: Int64, entryCode: String?
    ) -> TransactionID? {
        for batch in settlement[merchant].newestFirst.prefix(Self.batchesToLookThrough) {
            for member in members(of: batch).reversed()
            where member.account.token == token && member.approved.minorUnits == amount
                && member.details.entryCode == entryCode && member.kind == .authorization && member.refunded == 0
                && status(of: member) == .accepted
            {
                return member.id
            }
        }
        return nil
    }

    /// A reversal has to come soon: within so many batches of the merchant.
    private static let batchesToLookThrough = 30
}

extension Transaction {
    /// Whose batches it goes into: for bank accounts those of the linked merchant.
    package var books: MerchantKey { booker.books }
}
