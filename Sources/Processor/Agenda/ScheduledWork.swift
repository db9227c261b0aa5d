/// A kind of work that the clock brings, and which one: ids only, everything else is in the books.
///
/// A new kind is a case here, with a `decide` in its feature's folder that looks the ids up in the books. What it
/// decides is recorded as a journal entry of its own, at the time at which it was due; it may plan itself again, at a
/// later time.
package enum ScheduledWork: Hashable, Sendable {
    /// The cut-off: open batches are closed.
    case settlement
    /// The processor's answer to a batch that was sent.
    case batchAnswer(BatchID)
    /// A bank sends a payment back.
    case bankReturn(TransactionID, ReturnCode)
    /// A merchant is paid on a day of the gateway's calendar, counted from 1970.
    case funding(MerchantKey, day: Int)
    /// A request of a terminal goes on: its cardholder does something, or its time is over.
    case terminal(TerminalRequestID)
    /// An application goes on to its next state.
    case application(ApplicationNumber)
    /// An order of equipment goes on to its next state.
    case order(Int)
    /// Card networks tell of the accounts that a merchant has enrolled.
    case accountUpdates(MerchantKey)
    /// A subscription of an account is billed.
    case renewal(account: ObjectID, ObjectID)
    /// A payment of a billing plan is due.
    case billing(Int)
    /// The next rows of an uploaded file.
    case fileBatch(ObjectID)
    /// A message of the outbox is to be sent, again or late.
    case webhook(Int)

    /// Named in the journal.
    package var operation: String {
        switch self {
        case .settlement: "settlement"
        case .batchAnswer: "batchAnswer"
        case .bankReturn: "bankReturn"
        case .funding: "payout"
        case .terminal: "terminal"
        case .application: "boarding"
        case .order: "equipment"
        case .accountUpdates: "accountUpdate"
        case .renewal: "renewal"
        case .billing: "billing"
        case .fileBatch: "fileBatch"
        case .webhook: "webhook"
        }
    }

    /// For people, within a sentence.
    package var text: String {
        switch self {
        case .settlement: "the settlement"
        case .batchAnswer(let batch): "the answer to batch \(batch.number) of \(batch.merchant)"
        case .bankReturn(let transaction, let code): "the return \(code) of transaction \(transaction.number)"
        case .funding(let merchant, _): "the payout of \(merchant)"
        case .terminal(let id): "request \(id.number) of a terminal"
        case .application(let number): "the next state of application \(number.number)"
        case .order(let number): "the next state of order \(number)"
        case .accountUpdates(let merchant): "updates of accounts of \(merchant)"
        case .renewal(_, let id): "the bill of subscription \(id)"
        case .billing(let number): "the next payment of billing plan \(number)"
        case .fileBatch(let id): "the next rows of file batch \(id)"
        case .webhook(let number): "the next attempt to send message \(number)"
        }
    }

    /// Pure, like the decision of a command.
    ///
    /// - Parameter context: `now` is the time at which the work was due, even when the clock has gone further.
    func decide(in context: DecisionContext) -> Effects {
        switch self {
        case .settlement: Settle(cutOff: context.now).decide(in: context).effects
        case .batchAnswer(let batch): BatchClosing.answer(batch, in: context)
        case .bankReturn(let transaction, let code): BankReturn.decide(transaction, code, in: context)
        case .funding(let merchant, let day): Payout.decide(merchant, day: day, in: context)
        case .terminal(let id): Self.goOn(id, in: context)
        case .application(let number): Self.goOn(number, in: context)
        case .order(let number): Self.goOn(order: number, in: context)
        case .accountUpdates(let merchant): AccountUpdates.decide(merchant, in: context)
        case .renewal(let account, let id): Renewal.decide(account, id, in: context)
        case .billing(let number): Self.bill(number, in: context)
        case .fileBatch(let id): FileBatchRun.goOn(id, in: context)
        case .webhook(let number): Self.send(number, in: context)
        }
    }
}
