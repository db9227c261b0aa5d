package import Payments

/// What a card, or a telephone in its place, said about itself when it was read.
package struct Presentation: Hashable, Sendable {
    package var expiry: CardExpiry?
    package var entryMode: EntryMode

    package init(expiry: CardExpiry?, entryMode: EntryMode) {
        self.expiry = expiry
        self.entryMode = entryMode
    }
}

extension DecisionContext {
    /// A stripe in clear. That of a card with a chip was swiped because the chip could not be read.
    func swiped(_ text: AccountText, in scope: SiteScope) -> Result<AccountResolution, RefusalFault> {
        let stripe: MagneticStripe
        do throws(MagneticStripe.Fault) {
            stripe = try MagneticStripe(text)
        } catch {
            return .failure(RefusalFault(.invalidTrack))
        }
        var entryMode = EntryMode.swiped
        if stripe.serviceCode?.hasChip == true {
            switch behavior.gateway.swipedChipCards {
            case .fallback: entryMode = .fallbackSwipe
            case .swiped: break
            case .refuse: return .failure(RefusalFault(.insertCard))
            }
        }
        return resolve(stripe.number, in: scope).map { found in
            var found = found
            found.presented = Boxed(Presentation(expiry: stripe.expiry, entryMode: entryMode))
            return found
        }
    }

    /// Data that only the real service could decrypt: the card that the scenario puts behind it.
    func read(_ payload: DevicePayload, in scope: SiteScope) -> Result<AccountResolution, RefusalFault> {
        switch tokenizable(payload, in: scope, serial: nil) {
        case .success(.vaulted(let found)): .success(found)
        case .success(.inClear): .failure(RefusalFault(.invalidCard))
        case .failure(let error): .failure(RefusalFault(Refusal(error, of: payload.handler)))
        }
    }
}

extension Refusal {
    /// What the gateway says where the tokenizer would give an error.
    package init(_ error: TokenizerError, of handler: DevicePayload.Handler) {
        switch error {
        case .fault(.badTagData), .fault(.emptyTagData): self = .invalidChipData
        case .fault, .code: self = handler == .reader ? .invalidTrack : .unreadableWallet
        }
    }
}

extension Authorize {
    /// What is against the way in which the card was presented.
    func presentationRefusal(_ found: AccountResolution, _ booking: Booking) -> Refusal? {
        switch found.account.origin {
        case .applePay where !booking.profile.wallets.contains(.applePay): return .walletNotAllowed
        case .googlePay where !booking.profile.wallets.contains(.googlePay): return .walletNotAllowed
        case .number, .reader, .cipher, .applePay, .googlePay, .contactless: break
        }
        switch entryMode {
        case .chip, .contactless: return booking.merchant.acceptsChips ? nil : .chipNotAllowed
        case .contactlessStripe:
            let brand = found.account.brand
            return brand.map(booking.profile.contactlessStripes.contains) == true ? nil : .insertCard
        case .keyed, .telephone, .eCommerce, .recurring, .swiped, .wallet, .fallbackSwipe, .fallbackKeyed: return nil
        }
    }
}
