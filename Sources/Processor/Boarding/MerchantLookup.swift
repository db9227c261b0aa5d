import Payments

// A merchant is known from the scenario, or because it was boarded while the world ran. The scenario is asked first:
// nearly every merchant is of it, and it needs no tree.

extension DecisionContext {
    /// The merchant of a key; nil when nobody knows it.
    package func merchant(_ key: MerchantKey) -> Merchant? { boxedMerchant(key)?.value }

    /// The same without a copy.
    func boxedMerchant(_ key: MerchantKey) -> Boxed<Merchant>? {
        behavior.directory.merchant(key) ?? books.boarding.boxedMerchant(key)
    }

    /// Who books the payments of a merchant; nil when nobody knows it, or its processor.
    func bookings(of key: MerchantKey) -> Bookings? {
        if let bookings = behavior.bookings(of: key) { return bookings }
        guard let merchant = books.boarding.merchant(key), let profile = behavior.processors[merchant.processor] else {
            return nil
        }
        let own = Booking(
            merchant: merchant, booked: merchant, scope: key.scope, profile: profile,
            addressVerification: behavior.addressVerification)
        guard let linked = merchant.achMerchant.flatMap({ self.merchant(MerchantKey(scope: key.scope, id: $0)) }),
            let bankProfile = behavior.processors[linked.processor]
        else { return Bookings(own: own, bank: own) }
        return Bookings(
            own: own,
            bank: Booking(
                merchant: merchant, booked: linked, scope: key.scope, profile: bankProfile,
                addressVerification: behavior.addressVerification))
    }
}

extension World {
    /// The merchant of a key; nil when nobody knows it.
    package func merchant(_ key: MerchantKey) -> Merchant? {
        behavior.directory.merchant(key.id, in: key.scope) ?? books.boarding.merchant(key)
    }
}
