import Payments

extension DecisionContext {
    /// The next retrieval reference number of a merchant, and a source of identifiers that belongs to it.
    func nextReference(
        of merchant: MerchantKey
    ) -> (number: RetrievalReferenceNumber, after: ReferenceSequence, identifiers: IdentifierSource) {
        let sequence = books.ledger.merchant(merchant)?.references ?? firstSequence(of: merchant)
        let next = sequence.next(at: civilNow)
        return (
            next.number, next.after, IdentifierSource(seed: seed, merchant: merchant, counter: sequence.counter)
        )
    }

    private func firstSequence(of merchant: MerchantKey) -> ReferenceSequence {
        var source = IdentifierSource(seed: seed, merchant: merchant, counter: -1)
        return ReferenceSequence(firstCounter: Int(source.next() % 1000))
    }

    /// The open batch of a merchant, or a new one and the event that opens it.
    func openBatch(of merchant: MerchantKey, _ profile: ProcessorProfile) -> (batch: BatchID, events: [Event]) {
        let books = books.ledger.merchant(merchant)
        if let open = books?.openBatch { return (open, []) }
        let number = books?.lastBatchNumber.map { $0 + profile.batchNumbers.step } ?? profile.batchNumbers.first
        let batch = BatchID(merchant: merchant, number: number)
        return (batch, [.ledger(.batchOpened(batch, at: now))])
    }

    /// An order id as it may be kept: one that looks like a card number is masked, and finds nothing any more.
    func storable(_ order: OrderID) -> OrderID {
        guard behavior.gateway.masksCheckDigitOrders, (12...19).contains(order.text.utf8.count),
            Luhn.isValid(order.text)
        else { return order }
        return OrderID(String(repeating: "*", count: order.text.utf8.count - 4) + order.text.suffix(4))
    }
}
