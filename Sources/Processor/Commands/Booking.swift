import Payments

/// Who books a payment. Made once for each merchant of a scenario, and handed on as a reference.
final class Booking: Sendable {
    let merchant: Merchant
    let bookedMerchant: MerchantID
    let profile: ProcessorProfile

    init(merchant: Merchant, bookedMerchant: MerchantID, profile: ProcessorProfile) {
        self.merchant = merchant
        self.bookedMerchant = bookedMerchant
        self.profile = profile
    }
}

/// Who books the payments of one merchant.
struct Bookings: Sendable {
    /// Of cards: the merchant itself.
    let own: Booking
    /// Of bank accounts: the linked merchant, or else the same as ``own``.
    let bank: Booking
}
