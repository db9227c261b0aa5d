package import Payments

/// Keeps a new record, or changes one.
package struct KeepRecord: Command {
    /// What is to be kept, made of what was kept before.
    package struct Content: Sendable {
        package let document: String
        package let invoice: InvoiceState?

        package init(document: String, invoice: InvoiceState? = nil) {
            self.document = document
            self.invoice = invoice
        }
    }

    /// Something of the account that the content names.
    package enum Mention: Sendable {
        case record(GatewayRecord.Kind, ObjectID)
        case processor(ObjectID, Tender)
    }

    package let kind: GatewayRecord.Kind
    package let account: GatewayAccount
    /// Nil: a new one.
    package let id: ObjectID?
    package let content: @Sendable (GatewayRecord?) -> Content
    /// By the member of the wire that has it.
    package var mentions: [(member: String, mention: Mention)] = []

    package init(
        _ kind: GatewayRecord.Kind, of account: GatewayAccount, id: ObjectID? = nil,
        content: @escaping @Sendable (GatewayRecord?) -> Content
    ) {
        self.kind = kind
        self.account = account
        self.id = id
        self.content = content
    }

    package var operation: String { "keepRecord" }

    package func decide(in context: DecisionContext) -> Decision<Result<GatewayRecord, RecordFault>> {
        var mint = context.mint(account.id)
        var known: GatewayRecord?
        if let id {
            guard let found = context.record(id, kind, of: account) else {
                return Decision(outcome: .failure(.notFound))
            }
            known = found
        } else if context.books.gateway.records.isFull {
            return Decision(outcome: .failure(.full))
        }
        if let unknown = mentions.first(where: { !isKnown($0.mention, in: context) }) {
            return Decision(outcome: .failure(.unknownMention(member: unknown.member)))
        }
        let content = content(known)
        let record = GatewayRecord(
            id: known?.id ?? mint.next(), account: account.id, kind: kind,
            document: context.keepable(content.document), invoice: content.invoice,
            createdAt: known?.createdAt ?? context.now, updatedAt: context.now)
        return Decision(
            events: mint.events + [.gateway(.record(.kept(Boxed(record))))], outcome: .success(record))
    }

    private func isKnown(_ mention: Mention, in context: DecisionContext) -> Bool {
        switch mention {
        case .record(let kind, let id): context.record(id, kind, of: account) != nil
        case .processor(let id, let tender): account.processor(id)?.tender == tender
        }
    }
}

/// Forgets a record.
package struct DeleteRecord: Command {
    package let kind: GatewayRecord.Kind
    package let account: GatewayAccount
    package let id: ObjectID

    package init(_ kind: GatewayRecord.Kind, _ id: ObjectID, of account: GatewayAccount) {
        self.kind = kind
        self.account = account
        self.id = id
    }

    package var operation: String { "deleteRecord" }

    /// False for a record of nobody.
    package func decide(in context: DecisionContext) -> Decision<Bool> {
        guard context.record(id, kind, of: account) != nil else { return Decision(outcome: false) }
        return Decision(events: [.gateway(.record(.deleted(id)))], outcome: true)
    }
}

/// Records of one kind, all or one.
package struct FindRecords: Command {
    package let kind: GatewayRecord.Kind
    package let account: GatewayAccount
    package let id: ObjectID?
    /// All records of this kind are wanted besides: what those that were asked for name.
    package var named: GatewayRecord.Kind?

    package init(_ kind: GatewayRecord.Kind, of account: GatewayAccount, id: ObjectID? = nil) {
        self.kind = kind
        self.account = account
        self.id = id
    }

    package struct Found: Sendable {
        package let records: [GatewayRecord]
        package let named: [GatewayRecord]
        package let now: Instant
    }

    package var operation: String { "findRecords" }

    package func decide(in context: DecisionContext) -> Decision<Found> {
        let book = context.books.gateway.records
        let records =
            id.map { context.record($0, kind, of: account).map { [$0] } ?? [] } ?? book.records(kind, of: account.id)
        let named = named.map { book.records($0, of: account.id) } ?? []
        return Decision(outcome: Found(records: records, named: named, now: context.now))
    }
}

extension DecisionContext {
    /// A record of an account by its id.
    func record(_ id: ObjectID, _ kind: GatewayRecord.Kind, of account: GatewayAccount) -> GatewayRecord? {
        guard let found = books.gateway.records.record(id), found.kind == kind, found.account == account.id else {
            return nil
        }
        return found
    }
}
