import Payments

extension Authorize {
    /// What the gateway checks before it asks a processor, in the order of the reference (§4.4).
    func refusal(
        _ booking: Booking, _ resolution: Result<AccountResolution, RefusalFault>, in context: DecisionContext
    ) -> Refusal? {
        if !booking.merchant.isEnabled { return .merchantDisabled }
        if amount == .missing { return .missingField }
        let found: AccountResolution
        switch resolution {
        case .failure(let fault): return fault.refusal
        case .success(let resolved): found = resolved
        }
        return accountRefusal(found, booking) ?? presentationRefusal(found, booking)
            ?? amountRefusal(booking, isBank: found.account.isBankAccount)
            ?? currencyRefusal(booking) ?? bankEntryRefusal(found, booking)
            ?? formatRefusal(found, booking, in: context) ?? surchargeRefusal(booking, found)
    }

    private func accountRefusal(_ found: AccountResolution, _ booking: Booking) -> Refusal? {
        guard case .bank(let routingNumber, _) = found.account.kind else {
            return booking.profile.ach == nil ? nil : .cardsNotSupported
        }
        guard booking.profile.ach != nil else { return .achNotSupported }
        return routingNumber.utf8.count == 9 ? nil : .invalidCard
    }

    private func amountRefusal(_ booking: Booking, isBank: Bool) -> Refusal? {
        guard case .minorUnits(let minorUnits) = amount else { return .invalidAmount }
        if minorUnits < 0, !booking.merchant.forcedCredits { return .creditNotAllowed }
        return isBank && minorUnits == 0 ? .invalidAmount : nil
    }

    private func currencyRefusal(_ booking: Booking) -> Refusal? {
        guard let currency, !currency.isSameWord(booking.merchant.currency.code) else { return nil }
        return .wrongCurrency
    }

    private func formatRefusal(
        _ found: AccountResolution, _ booking: Booking, in context: DecisionContext
    ) -> Refusal? {
        if malformed != nil || !namesTerminal(booking.merchant) { return .invalidField }
        if isInUnitedStates(context), let postalCode, !Self.isZIP(postalCode) { return .invalidPostalCode }
        if let cvv {
            if !cvv.isNumeric { return .nonNumericCVV }
            if !cvv.isThreeOrFourDigits { return .invalidField }
        }
        if signature == .unreadable { return .invalidField }
        if let formFault { return formFault }
        let heldCode = found.held?.cvv ?? .absent
        if amount == .minorUnits(0), booking.merchant.verifiesCardCode, !booking.merchant.verifiesAddress, cvv == nil,
            heldCode == .absent
        {
            return .cvvRequired
        }
        switch expiry {
        case .unreadable: return .nonNumericExpiry
        case .date: return nil
        case .absent: return found.account.isBankAccount || found.expiry != nil ? nil : .missingField
        }
    }

    func isInUnitedStates(_ context: DecisionContext) -> Bool {
        (country ?? context.behavior.gateway.defaultCountry).isSameWord("US")
    }

    /// Eight characters, the last five of them digits, where a merchant reports its terminals (reference §4.1).
    private func namesTerminal(_ known: Merchant) -> Bool {
        guard known.reportsTerminals, let terminal else { return true }
        return terminal.utf8.count == 8 && Digits.areAll(terminal.suffix(5))
    }

    /// Five or nine digits; the hyphen of ZIP+4 may be there.
    private static func isZIP(_ text: String) -> Bool {
        text.withBytes { bytes in
            var digits = 0
            for byte in bytes where byte != UInt8(ascii: "-") {
                guard Digits.isDigit(byte) else { return false }
                digits += 1
            }
            return digits == 5 || digits == 9
        }
    }
}
