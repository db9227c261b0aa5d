/// Why a customer vault does not do what it is asked.
package enum VaultFault: Error, Hashable, Sendable {
    /// A part that the request names, and that the customer does not have.
    package enum Part: String, Hashable, Sendable, CaseIterable { case address, payment }

    case notFound
    case badID, idTaken, idFormatNeedsPayment
    case unknown(Part)
    case duplicateAddress
    case tooMany(Part), tooManyCustomers
    case payment(ChargeFault)
    /// The check of a new account was declined.
    case declined
}
