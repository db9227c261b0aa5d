import JSON
import Payments
import Processor

/// Events of the books in words. Tokens, last four digits and amounts; never a number, never a verification value.
struct EventWords {
    let zone: TimeZoneRule

    /// Every ``type`` that there is, for the schema.
    static let types = ownTypes + profileTypes

    private static let ownTypes =
        [
            "tokenized", "verificationHeld", "verificationUsed", "recorded", "batchOpened", "captured", "reduced",
            "voided", "refunded", "batchClosed", "batchSent", "batchSettled", "amended", "adjusted", "gateway",
            "returned", "fundingExpected", "funded",
            "batchesReported", "rateCounted", "attempted", "stateSet", "clockSet", "planned", "cancelled", "done",
            "feeChanged", "signed", "supplemented",
        ] + boardingTypes + billingTypes + terminalTypes + updaterTypes

    func json(_ event: Event) -> JSONValue {
        let words = words(event)
        return ["type": .string(words.type), "text": .string(words.text), "facts": JSONValue(pairs: words.facts)]
    }

    struct Words {
        let type: String
        let text: String
        let facts: [(String, JSONValue)]

        init(_ type: String, _ text: String, _ facts: [(String, JSONValue)]) {
            self.type = type
            self.text = text
            self.facts = facts
        }
    }

    private func words(_ event: Event) -> Words {
        switch event {
        case .vault(let event): words(event)
        case .ledger(let event): words(event)
        case .gateway(let event): Words("gateway", GatewayEventWords.text(event), GatewayEventWords.facts(event))
        case .rule(.attempted(let rule, let key)):
            Words(
                "attempted", "rule \(rule + 1) counted an attempt", [("rule", JSONValue(rule)), ("key", .string(key))])
        case .rule(.stateSet(let name, let value)):
            Words(
                "stateSet", "the state '\(name)' is now '\(value)'",
                [("name", .string(name)), ("value", .string(value))])
        case .boarding(let event): words(event)
        case .billing(let event): words(event)
        case .terminal(let event): words(event)
        case .profile(let event): words(event)
        case .clockSet(let clock):
            Words("clockSet", "the clock was set: \(Self.name(clock.mode))", [("mode", .string(Self.name(clock.mode)))])
        case .agenda(let event): words(event)
        case .updater(let event): words(event)
        case .rate(.counted(let key, _)):
            Words(
                "rateCounted", "a request to '\(key.endpoint)' counts for its client",
                [("endpoint", .string(key.endpoint))])
        }
    }

    private func words(_ event: AgendaEvent) -> Words {
        switch event {
        case .planned(let work, let due):
            Words(
                "planned", "\(work.text) is due at \(local(due))",
                [("work", .string(work.operation)), ("at", .string(InstantText.utc(due)))])
        case .cancelled(let work):
            Words("cancelled", "\(work.text) will not come", [("work", .string(work.operation))])
        case .done(let work):
            Words("done", "the time of \(work.text) came", [("work", .string(work.operation))])
        }
    }

    private func words(_ event: VaultEvent) -> Words {
        switch event {
        case .tokenized(let account, let scope, let isUnique):
            let kind: String
            var facts: [(String, JSONValue)] = [("token", .string(account.token.text))]
            switch account.kind {
            case .card(let brand, let bin, _, _):
                kind = (brand.map { "a \($0) card" } ?? "a card of unknown brand")
                facts += [("brand", brand.map { .string($0.text) } ?? .null), ("bin", .string(bin.digits))]
            case .bank: kind = "a bank account"
            }
            facts += [
                ("lastFour", .string(account.lastFour)), ("scope", .string(scope.description)),
                ("unique", .bool(isUnique)),
            ]
            return Words(
                "tokenized", "token \(account.token) stands for \(kind) ending in \(account.lastFour) at \(scope)",
                facts)
        case .verificationHeld(let held, let key):
            return Words(
                "verificationHeld", "token \(key.token) carries expiry and verification until \(local(held.until))",
                [("token", .string(key.token.text)), ("until", .string(InstantText.utc(held.until)))])
        case .verificationUsed(let key):
            return Words(
                "verificationUsed", "what token \(key.token) carried is used up", [("token", .string(key.token.text))])
        }
    }

    private func words(_ event: LedgerEvent) -> Words {
        switch event {
        case .recorded(let boxed, _): return recorded(boxed.value)
        case .batchOpened(let id, let source, _):
            return Words(
                "batchOpened",
                "batch \(id.number) of \(id.merchant) was opened" + (source.map { " for '\($0)'" } ?? ""),
                batch(id) + [("source", source.map { .string($0.text) } ?? .null)])
        case .captured(let id, let money, let into, _):
            return Words(
                "captured", "\(text(money)) of transaction \(id.number) went into batch \(into.number)",
                transaction(id) + amount(money) + batch(into))
        case .reduced(let id, let money):
            return Words(
                "reduced", "a partial void left \(text(money)) of transaction \(id.number)",
                transaction(id) + amount(money))
        case .adjusted(let id, let money):
            return Words(
                "adjusted", "transaction \(id.number) is now over \(text(money))", transaction(id) + amount(money))
        case .amended(let id, _):
            return Words("amended", "the order of transaction \(id.number) was changed", transaction(id))
        case .voided(let id, _): return Words("voided", "transaction \(id.number) was voided", transaction(id))
        case .refunded(let id, let minorUnits):
            return Words(
                "refunded", "\(minorUnits) minor units of transaction \(id.number) were given back",
                transaction(id) + [("minorUnits", JSONValue(minorUnits))])
        case .feeChanged(let id, let fee):
            return Words(
                "feeChanged", "the surcharge of transaction \(id.number) is now \(fee.minorUnits) minor units",
                transaction(id) + [("minorUnits", JSONValue(fee.minorUnits))])
        case .signed(let id, let image):
            return Words(
                "signed", "transaction \(id.number) was signed (\(image.value.text.utf8.count) characters)",
                transaction(id))
        case .supplemented(let id, let supplement):
            return supplemented(id, supplement.value)
        case .batchClosed, .batchSent, .batchSettled, .returned, .fundingExpected, .funded, .batchesReported:
            return settlement(event)
        }
    }

    private func supplemented(_ id: TransactionID, _ supplement: Supplement) -> Words {
        var parts = supplement.memos.map(\.name)
        var facts = transaction(id)
        if let purchase = supplement.purchase {
            parts.append("\(purchase.items.count) item(s) of order '\(purchase.purchaseOrder ?? "")'")
            facts += [
                ("purchaseOrder", purchase.purchaseOrder.map { .string($0) } ?? .null),
                ("invoice", purchase.invoice.map { .string($0) } ?? .null), ("items", JSONValue(purchase.items.count)),
            ]
        }
        return Words("supplemented", "transaction \(id.number) has \(parts.joined(separator: ", "))", facts)
    }

    /// What happens to batches once they are closed.
    private func settlement(_ event: LedgerEvent) -> Words {
        switch event {
        case .batchClosed(let id, _):
            return Words("batchClosed", "batch \(id.number) of \(id.merchant) was closed", batch(id))
        case .batchSent(let id, let number):
            return Words(
                "batchSent", "batch \(id.number) of \(id.merchant) went to the processor as \(number)",
                batch(id) + [("hostBatch", JSONValue(number))])
        case .batchSettled(let id, let answer, let exceptions, let instant):
            return Words(
                "batchSettled", "batch \(id.number) of \(id.merchant) was settled: \(answer.rawValue)",
                batch(id) + [
                    ("answer", .string(answer.rawValue)), ("exceptions", JSONValue(exceptions.count)),
                    ("at", .string(InstantText.utc(instant))),
                ])
        case .returned(let id, let from, let code):
            return Words(
                "returned", "a bank sent transaction \(id.number) back: \(code)",
                transaction(id) + batch(from) + [("code", .string(code.text))])
        case .fundingExpected(.batch(let id, _), _):
            return Words("fundingExpected", "batch \(id.number) of \(id.merchant) will be paid out", batch(id))
        case .fundingExpected(.returned(let returned, _), let merchant):
            return Words(
                "fundingExpected", "transaction \(returned.transaction.number) will be taken back from \(merchant)",
                transaction(returned.transaction) + [("merchant", .string(merchant.description))])
        case .funded(let funding):
            return Words(
                "funded",
                "\(funding.merchant) was paid for \(funding.batches.count) batch(es), less "
                    + "\(funding.returns.count) return(s)",
                [
                    ("merchant", .string(funding.merchant.description)),
                    ("batches", .array(funding.batches.map { JSONValue($0.number) })),
                    ("returns", JSONValue(funding.returns.count)),
                ])
        case .batchesReported(let merchant, let position):
            return Words(
                "batchesReported", "\(merchant) has been told of its first \(position) closed batch(es)",
                [("merchant", .string(merchant.description)), ("through", JSONValue(position))])
        case .feeChanged, .signed, .supplemented, .recorded, .batchOpened, .captured, .reduced, .voided, .refunded,
            .amended, .adjusted:
            preconditionFailure("the caller tells these itself")
        }
    }

    private func recorded(_ transaction: Transaction) -> Words {
        let response = transaction.response
        let result = transaction.isApproved ? "\(text(transaction.approved)) approved" : "\(response.status.rawValue)"
        return Words(
            "recorded",
            "\(Self.name(transaction.kind)) \(transaction.reference) over \(text(transaction.requested)): \(result), "
                + "\(response.processor) \(response.code) (\(response.text))",
            self.transaction(transaction.id) + [
                ("kind", .string(Self.name(transaction.kind))), ("merchant", .string(transaction.merchant.description)),
                ("reference", .string(transaction.reference.text)),
                ("requested", .string(transaction.requested.decimalText)),
                ("approved", .string(transaction.approved.decimalText)),
                ("currency", .string(transaction.approved.currency.code)),
                ("status", .string(response.status.rawValue)), ("processor", .string(response.processor.text)),
                ("code", .string(response.code)), ("tender", .string(transaction.account.tender.rawValue)),
                ("token", transaction.account.token.map { .string($0.text) } ?? .null),
                ("brand", transaction.account.brand.map { .string($0.text) } ?? .null),
                ("lastFour", .string(transaction.account.lastFour)),
                ("order", transaction.details.orderID.map { .string($0.text) } ?? .null),
                ("avs", transaction.avs.map { .string($0.text) } ?? .null),
                ("cvv", transaction.cvv.map { .string($0.text) } ?? .null),
            ])
    }

    // MARK: - Facts

    private func transaction(_ id: TransactionID) -> [(String, JSONValue)] { [("transaction", JSONValue(id.number))] }

    private func amount(_ money: Money) -> [(String, JSONValue)] {
        [("amount", .string(money.decimalText)), ("currency", .string(money.currency.code))]
    }

    private func batch(_ id: BatchID) -> [(String, JSONValue)] {
        [("batch", JSONValue(id.number)), ("merchant", .string(id.merchant.description))]
    }

    private func text(_ money: Money) -> String { "\(money.decimalText) \(money.currency.code)" }

    func local(_ instant: Instant) -> String { InstantText.local(instant, in: zone) }

    private static func name(_ kind: Transaction.Kind) -> String {
        switch kind {
        case .authorization: "authorization"
        case .verification: "verification"
        case .credit: "credit"
        case .refund: "refund"
        }
    }

    private static func name(_ mode: ClockSettings.Mode) -> String {
        switch mode {
        case .real: "as the machine's clock"
        case .frozen: "frozen"
        case .scaled(let perMille): "running by the factor \(Schema.decimal(UInt64(clamping: perMille)))"
        }
    }
}
