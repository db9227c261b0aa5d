import Payments

extension DecisionContext {
    /// The next retrieval reference number of a merchant, and a source of identifiers that belongs to it.
    ///
    /// Numbers of transactions that are still kept are passed over: a clock that was set back, and a year that has gone
    /// by, lead to numbers that were given before.
    ///
    /// - Parameter root: of the merchant's identifiers, where it is known.
    func nextReference(
        of merchant: MerchantKey, _ root: IdentifierSource.Root? = nil
    ) -> (number: RetrievalReferenceNumber, after: ReferenceSequence, identifiers: IdentifierSource) {
        let civil = civilNow
        var sequence = ledger.references(of: merchant) ?? firstSequence(of: merchant)
        var next = sequence.next(at: civil)
        while next.after.mayRepeat, ledger.boxed(next.number, of: merchant) != nil {
            sequence = next.after
            next = sequence.next(at: civil)
        }
        let identifiers = IdentifierSource(
            seed: seed, root ?? IdentifierSource.Root(merchant), counter: sequence.counter)
        return (next.number, next.after, identifiers)
    }

    private func firstSequence(of merchant: MerchantKey) -> ReferenceSequence {
        var source = IdentifierSource(seed: seed, merchant: merchant, counter: -1)
        return ReferenceSequence(firstCounter: Int(source.next() % 1000))
    }

    /// A text of the client as it may be kept: what could be a card number shows its last four.
    func keepable(_ text: String) -> String { CardNumberText.masked(text) }

    /// An order id as it may be kept: one that looks like a card number is masked, and finds nothing any more.
    func storable(_ order: OrderID) -> OrderID {
        guard behavior.gateway.masksCheckDigitOrders else { return order }
        guard (12...19).contains(order.text.utf8.count), Luhn.isValid(order.text) else {
            return OrderID(keepable(order.text))
        }
        return OrderID(String(repeating: "*", count: order.text.utf8.count - 4) + order.text.suffix(4))
    }
}
