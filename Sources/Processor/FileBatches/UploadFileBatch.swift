import Payments

/// Takes a file of payments: looks at every row, and plans their processing.
package struct UploadFileBatch: Command {
    /// A row as the service has read it.
    package struct Row: Sendable {
        package enum Content: Sendable {
            case unreadable(String)
            case request(ChargeRequest)
        }

        package let words: FileBatch.Words
        package let content: Content

        package init(words: FileBatch.Words, content: Content) {
            self.words = words
            self.content = content
        }
    }

    /// Why the file is not taken at all.
    package enum Fault: Error, Hashable, Sendable { case full }

    package let account: GatewayAccount
    package let user: AccessUser
    package let fileName: String
    package let rows: [Row]

    package init(for account: GatewayAccount, by user: AccessUser, fileName: String, rows: [Row]) {
        self.account = account
        self.user = user
        self.fileName = fileName
        self.rows = rows
    }

    package var operation: String { "uploadFileBatch" }

    package func decide(in context: DecisionContext) -> Decision<Result<FileBatch, Fault>> {
        guard context.books.gateway.fileBatches.hasRoom(for: rows.count) else {
            return Decision(outcome: .failure(.full), reasons: [.note("more uploaded rows than a world keeps")])
        }
        var mint = context.mint(account.id)
        let read = rows.enumerated().map { position, row in
            FileBatch.Row(number: position + 1, words: storable(row.words), content: content(of: row, in: context))
        }
        let batch = FileBatch(
            id: mint.next(), account: account.id, user: user.id, fileName: context.keepable(fileName),
            createdAt: context.now, rows: Boxed(read), updatedAt: context.now)
        let due = context.now + context.behavior.accounts.policy.fileBatchDelay
        let events: [Event] =
            mint.events + [
                .gateway(.fileBatch(.uploaded(Boxed(batch)))), .agenda(.planned(.fileBatch(batch.id), at: due)),
            ]
        return Decision(events: events, outcome: .success(batch))
    }

    private func storable(_ words: FileBatch.Words) -> FileBatch.Words {
        var kept = words
        kept.type = CardNumberText.masked(words.type)
        kept.amount = CardNumberText.masked(words.amount)
        kept.orderID = CardNumberText.masked(words.orderID)
        kept.poNumber = CardNumberText.masked(words.poNumber)
        kept.customer = CardNumberText.masked(words.customer)
        return kept
    }

    private func content(of row: Row, in context: DecisionContext) -> FileBatch.Row.Content {
        switch row.content {
        case .unreadable(let reason): return .refused(.unreadable(CardNumberText.masked(reason)))
        case .request(let request):
            if !user.may(request.kind.permission) { return .refused(.forbidden(request.kind.permission)) }
            do throws(ChargeFault) {
                return .payment(try payment(request, in: context))
            } catch {
                return .refused(.charge(error))
            }
        }
    }

    private func payment(
        _ request: ChargeRequest, in context: DecisionContext
    ) throws(ChargeFault) -> FileBatch.Payment {
        let source: FileBatch.Payment.Source
        if let kept = try context.kept(request.payment, scope: account.scope) {
            source = .kept(kept)
        } else if case .stored(let stored) = request.payment {
            source = .stored(customer: stored.customer, type: stored.paymentType, payment: stored.payment)
        } else {
            throw .paymentMissing
        }
        if request.amount == nil, request.baseAmount == nil { throw .amountMissing }
        var order = request.order
        order.account = account.id
        order.user = user.id
        order.userName = user.username
        order.source = .batch
        order.maskAddresses()
        return FileBatch.Payment(
            source: source, kind: request.kind, order: order, amount: request.amount, baseAmount: request.baseAmount,
            processor: request.processor, givesSurcharge: request.givesSurcharge)
    }
}

extension PaymentOrder.Kind {
    /// What a user needs to make such a payment.
    package var permission: Permission {
        switch self {
        case .sale: .processSale
        case .authorize: .processAuthorization
        case .verification: .processVerification
        case .credit: .processCredit
        case .refund: .processRefund
        }
    }
}

/// One uploaded file of an account, while its results are kept.
package struct FindFileBatch: Command {
    package let account: GatewayAccount
    package let id: ObjectID

    package init(_ id: ObjectID, of account: GatewayAccount) {
        self.id = id
        self.account = account
    }

    package var operation: String { "findFileBatch" }

    package func decide(in context: DecisionContext) -> Decision<FileBatch?> {
        guard let batch = context.books.gateway.fileBatches.batch(id), batch.account == account.id else {
            return Decision(outcome: nil)
        }
        if let done = batch.doneAt, done + context.behavior.accounts.policy.fileBatchKeeps < context.now {
            return Decision(outcome: nil, reasons: [.note("the results of the file are not kept any longer")])
        }
        return Decision(outcome: batch)
    }
}
