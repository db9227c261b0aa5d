import JSON
import Payments
import Processor

/// The body of a message. Reference §15.
enum WebhookDocument {
    /// Nil when what it is about is forgotten.
    static func body(_ message: WebhookMessage, _ account: GatewayAccount, _ world: World) -> [UInt8]? {
        var transaction = ""
        var data: (any WireDocument)?
        switch message.subject {
        case .transaction:
            guard let charged = message.charged(world.behavior) else { return nil }
            transaction = charged.id.text
            data = TransactionDocument(charged, world.behavior)
        case .batch(let id):
            guard let batch = batch(id, account, world) else { return nil }
            data = batch
        case .nothing: break
        }
        var writer = JSONWriter(capacity: 4096)
        writer.beginObject()
        writer.member("status", "success")
        writer.member("msg", "success")
        writer.member("type", message.kind.wireName)
        writer.member("account_type", account.kind.rawValue)
        writer.member("account_type_id", account.id.text)
        writer.member("transaction_id", transaction)
        writer.member("action_at", at: message.at)
        if let data { writer.member("data", data) }
        writer.endObject()
        return writer.finish()
    }

    private static func batch(_ id: BatchID, _ account: GatewayAccount, _ world: World) -> JSONValue? {
        let ledger = world.books.ledger
        guard let batch = ledger[id], let settledAt = batch.settledAt,
            let processor = account.processor(ObjectID(id.merchant.id.text))
        else { return nil }
        let totals = ledger.totals(of: id)
        let orders = batch.members.all.compactMap { ledger[$0] }.filter { $0.batch == id }
            .compactMap { $0.order?.value }.filter { $0.kind != .refund }
        let surcharges = orders.reduce(Int64(0)) { $0 + $1.amounts.surcharge }
        let adjustments = orders.reduce(Int64(0)) { $0 + $1.amounts.adjustment }
        let approval = world.behavior.processors[processor.type]?.approval.code ?? ""
        return JSONValue(pairs: [
            ("id", .string(BatchName.id(id))), ("batch_number", .string(String(id.number))),
            ("batch_date", WireTime.json(settledAt)),
            ("num_transactions", JSONValue(totals.captureCount + totals.refundCount)),
            ("amount_captured", JSONValue(totals.captured)),
            ("base_amount", JSONValue(totals.captured - surcharges - adjustments)),
            ("net_amount", JSONValue(totals.captured - totals.refunded)),
            ("net_deposit", JSONValue(totals.captured - totals.refunded)),
            ("amount_credit", JSONValue(totals.refunded)), ("surcharge_amount", JSONValue(surcharges)),
            ("payment_adj_amount", JSONValue(adjustments)), ("processor_id", .string(processor.id.text)),
            ("processor_name", .string(processor.name)), ("processor_type", .string(processor.type.text)),
            ("merchant_id", .string(account.id.text)), ("response_code", JSONValue(Int(approval) ?? 0)),
            ("response_message", " ACCEPT"),
        ])
    }

    /// A hook as answers show it; its secret only when it was just changed.
    static func hook(_ hook: WebhookEndpoint, _ state: WebhookBook.Hook, _ account: ObjectID, secret: String?)
        -> JSONValue
    {
        var object = JSONObject(pairs: [
            ("id", .string(hook.id.text)), ("merchant_id", .string(account.text)), ("url", .string(hook.url)),
            (
                "events",
                .array(WebhookEventKind.allCases.filter { hook.events.contains($0) }.map { .string($0.wireName) })
            ),
            ("status", state.isOff ? "disabled" : "active"),
        ])
        if let secret { object.append("secret", .string(secret)) }
        object.append("previous_secret_expires_at", WireTime.json(state.previousUntil))
        return .object(object)
    }
}

extension WebhookEventKind {
    var wireName: String {
        self == .accountUpdater ? "transaction_automatic_account_updater_vault_update" : WireName.snake(rawValue)
    }
}
