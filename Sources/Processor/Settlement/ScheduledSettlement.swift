import Payments

extension BatchClosing {
    /// The late answer of a processor.
    static func answer(_ id: BatchID, in context: DecisionContext) -> Effects {
        guard context.ledger[id]?.stage == .sent else { return Effects(events: [], reasons: []) }
        var closing = BatchClosing(context)
        closing.settle(id)
        return Effects(events: closing.events, reasons: closing.reasons)
    }
}

/// A bank sends a settled payment back, or a cardholder disputes one: that stays settled, and its money is taken back.
enum BankReturn {
    static func decide(_ id: TransactionID, _ code: ReturnCode, in context: DecisionContext) -> Effects {
        let ledger = context.ledger
        guard let transaction = ledger[id], let batch = transaction.batch,
            [.accepted, .pinDebit].contains(ledger.status(of: transaction))
        else { return Effects(events: [], reasons: []) }
        let isBank = transaction.account.tender == .ach
        let pending = PendingFunding.returned(
            Funding.Return(transaction: id, code: code), on: context.civilNow.daysSince1970)
        let row = context.behavior.returnCodes[code]
        return Effects(
            events: (isBank ? [.ledger(.returned(id, of: batch, code))] + context.noteReturn(of: transaction) : [])
                + context.expecting(pending, of: batch.merchant),
            reasons: [.bankReturn(code, row?.meaning ?? "", row?.source)])
    }
}

/// The merchant's bank gets what was settled.
enum Payout {
    static func decide(_ merchant: MerchantKey, day: Int, in context: DecisionContext) -> Effects {
        let last = day - context.behavior.settlement.fundsAfterDays
        var batches: [BatchID] = []
        var returns: [Funding.Return] = []
        for pending in context.ledger.settlement[merchant].pending where pending.day <= last {
            switch pending {
            case .batch(let batch, _): batches.append(batch)
            case .returned(let returned, _): returns.append(returned)
            }
        }
        guard !batches.isEmpty || !returns.isEmpty else { return Effects(events: [], reasons: []) }
        let funding = Funding(merchant: merchant, day: day, batches: batches, returns: returns)
        return Effects(events: [.ledger(.funded(funding))], reasons: [])
    }
}
