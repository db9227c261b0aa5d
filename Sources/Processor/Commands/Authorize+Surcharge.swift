import Payments

extension Authorize {
    /// A merchant that takes surcharges has to know where a cardholder lives who is not there (reference §19).
    func surchargeRefusal(_ booking: Booking, _ found: AccountResolution) -> Refusal? {
        guard booking.merchant.surcharge != nil, !found.account.isBankAccount, !entryMode.isCardPresent else {
            return nil
        }
        return sendsPostalCode ? nil : .surchargeNotSupported
    }
}

extension EntryMode {
    /// The card itself was read.
    var isCardPresent: Bool {
        switch self {
        case .swiped, .chip, .contactless, .contactlessStripe, .fallbackSwipe: true
        case .keyed, .telephone, .eCommerce, .recurring, .wallet, .fallbackKeyed: false
        }
    }
}

extension TransactionDraft {
    /// Adds the surcharge to what is approved; waives it where the card or the place does not bear one.
    func addSurcharge() {
        guard let surcharge = booking.merchant.surcharge, account?.isBankAccount == false,
            transaction.response.status == .approved
        else { return }
        transaction.fee = .waived
        let isWhole = transaction.approved == transaction.requested
        guard minorUnits > 0, isWhole, context.behavior.surchargeCard(transaction.account.bin) == .credit else {
            reasons.append(.note("no surcharge: it is not a credit card, or not a whole payment"))
            return
        }
        if !command.entryMode.isCardPresent, context.behavior.surchargePlace(command.postalCode) == .restricted {
            reasons.append(.note("no surcharge: it is not allowed where the cardholder lives"))
            return
        }
        guard let fee = surcharge.amount(on: minorUnits), case .percent(let basisPoints) = surcharge.rate else {
            return
        }
        let (total, overflowed) = minorUnits.addingReportingOverflow(fee)
        guard !overflowed else { return }
        transaction.fee = TransactionFee(basisPoints: basisPoints, minorUnits: fee)
        transaction.approved = requested.with(minorUnits: total)
        reasons.append(.note("a surcharge of \(requested.with(minorUnits: fee).decimalText) was added"))
    }
}

extension Transaction {
    /// What was bought, without the surcharge.
    var subtotal: Int64 { approved.minorUnits - (fee?.minorUnits ?? 0) }
}
