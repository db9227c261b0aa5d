import Payments

/// Who books a payment. Made once for each merchant of a scenario, and handed on as a reference.
package final class Booking: Sendable {
    let merchant: Merchant
    let bookedCurrency: Currency
    /// Whose batches the payment goes into.
    let books: MerchantKey
    package let profile: ProcessorProfile
    /// Nil where the processor has none.
    let addressTriggers: AddressTriggers?
    /// As its transactions keep it.
    let inTransactions: TransactionBooker
    let identifiers: IdentifierSource.Root

    init(
        merchant: Merchant, booked: Merchant, scope: SiteScope, profile: ProcessorProfile,
        addressVerification: AVSTable
    ) {
        self.merchant = merchant
        bookedCurrency = booked.currency
        books = MerchantKey(scope: scope, id: booked.id)
        self.profile = profile
        addressTriggers = addressVerification.triggers(of: profile.name)
        let key = MerchantKey(scope: scope, id: merchant.id)
        inTransactions = TransactionBooker(merchant: key, bookedMerchant: booked.id, processor: profile.name)
        identifiers = IdentifierSource.Root(key)
    }
}

/// Who books the payments of one merchant.
struct Bookings: Sendable {
    /// Of cards: the merchant itself.
    let own: Booking
    /// Of bank accounts: the linked merchant, or else the same as ``own``.
    let bank: Booking
}
