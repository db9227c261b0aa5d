import Payments
import Processor
import Testing

@Suite struct AuthorizeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let minorUnits: Int64
        let merchant: MerchantKey
        let captures: Bool
        let kind: Transaction.Kind
        let status: SettlementStatus

        init(
            _ name: String, _ minorUnits: Int64, of merchant: MerchantKey = Sample.late, captures: Bool = false,
            _ kind: Transaction.Kind, _ status: SettlementStatus
        ) {
            testDescription = name
            self.minorUnits = minorUnits
            self.merchant = merchant
            self.captures = captures
            self.kind = kind
            self.status = status
        }
    }

    @Test(arguments: [
        Row("an authorization", 1000, .authorization, .authorized),
        Row("a sale", 1000, captures: true, .authorization, .queued),
        Row("a verification", 0, .verification, .zeroAmount),
        Row("a verification is not captured", 0, captures: true, .verification, .zeroAmount),
        Row("a credit", -1000, of: Sample.crediting, .credit, .authorized),
        Row("a credit captured at once", -1000, of: Sample.crediting, captures: true, .credit, .queued),
        Row("a credit without the right", -1000, .credit, .declined),
        Row("the largest amount", .max, .authorization, .authorized),
    ])
    func kindsAndStages(_ row: Row) throws {
        var world = Sample.world()
        let outcome = try world.run(Authorize(row.merchant, Sample.plain, row.minorUnits, capture: row.captures))
        let transaction = try #require(world.current(outcome.transaction))
        #expect(transaction == outcome.transaction, "what is told is what is recorded")
        #expect(transaction.kind == row.kind)
        #expect(world.status(transaction) == row.status)
        #expect(transaction.approved.minorUnits == (row.status == .declined ? 0 : row.minorUnits))
        #expect(outcome.told == transaction.response)
        #expect((outcome.batch != nil) == (row.status == .queued))
        #expect(transaction.createdAt == world.now(at: Sample.real))
        #expect((transaction.capturedAt != nil) == (row.status == .queued))
        #expect(transaction.account.token == outcome.token && outcome.token != nil)
        #expect(transaction.account.lastFour == Sample.plain.suffix(4))
        #expect(transaction.account.brand == "Visa" && transaction.account.tender == .card)
    }

    @Test func creditsCountAsRefundsOfTheBatch() throws {
        var world = Sample.world()
        _ = try world.authorize(1000, of: Sample.crediting, capture: true)
        let outcome = try world.run(Authorize(Sample.crediting, Sample.plain, -300, capture: true))
        let totals = world.books.ledger.totals(of: try #require(outcome.batch))
        #expect(totals.captureCount == 1 && totals.captured == 1000)
        #expect(totals.refundCount == 1 && totals.refunded == 300)
    }

    // MARK: - Voice authorizations

    @Test(arguments: [
        Row("an authorization", 1000, .authorization, .authorized),
        Row("a sale", 1000, captures: true, .authorization, .queued),
    ])
    func aVoiceAuthorizationIsRecordedWithItsCode(_ row: Row) throws {
        var world = Sample.world()
        // The card would decline: nobody is asked.
        let transaction = try world.authorize(row.minorUnits, Sample.declining, capture: row.captures) {
            $0.voiceAuthorizationCode = "VOICE1"
        }
        #expect(transaction.response.code == Refusal.voiceAuthorizationApproved.rawValue)
        #expect(transaction.authorizationCode == "VOICE1")
        #expect(world.status(transaction) == row.status)
        let void = try world.run(VoidTransaction(world.followUp(transaction), amount: nil))
        #expect(void.refusal == .voiceAuthorizationNotVoidable)
        #expect(world.status(transaction) == row.status)
    }

    // MARK: - Bank accounts

    struct BankRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let merchant: MerchantKey
        let routing: String
        let account: String
        let processor: ProcessorName
        let code: String
        let text: String?

        init(
            _ name: String, _ routing: String, _ account: String, of merchant: MerchantKey = Sample.bank,
            _ processor: ProcessorName, _ code: String, text: String? = nil
        ) {
            testDescription = name
            self.merchant = merchant
            self.routing = routing
            self.account = account
            self.processor = processor
            self.code = code
            self.text = text
        }
    }

    @Test(arguments: [
        BankRow("good", "036001808", "12345678", "ACH", "00"),
        BankRow("the shortest account", "036001808", "1234", "ACH", "00"),
        BankRow("the longest account", "036001808", "12345678901234567", "ACH", "00"),
        BankRow("an account too short", "036001808", "123", "ACH", "98", text: "length nnn"),
        BankRow(
            "an account too long", "036001808", "123456789012345678", "ACH", "98", text: "length nnnnnnnnnnnnnnnnnn"),
        BankRow("a wrong check digit", "036001809", "12345678", "ACH", "99", text: "no bank 036001809"),
        BankRow("both wrong: the bank first", "036001809", "123", "ACH", "99", text: "no bank 036001809"),
        BankRow("a routing number too short", "23433", "15378535", "GATE", "invalidCard"),
        BankRow("a routing number too long", "0360018080", "15378535", "GATE", "invalidCard"),
        BankRow("no right to ACH", "036001808", "12345678", of: Sample.late, "GATE", "achNotSupported"),
        BankRow("straight to the linked merchant", "036001808", "12345678", of: Sample.bankBooks, "ACH", "00"),
    ])
    func bankAccounts(_ row: BankRow) throws {
        // Number and token of a bank account are answered alike.
        let number = BankAccountNumber(routingNumber: row.routing, account: row.account)
        for source in [PaymentSource.bank(number), .account(AccountText("\(row.routing)/\(row.account)"))] {
            var world = Sample.world()
            let transaction = try bankPayment(source, of: row.merchant, in: &world)
            #expect(transaction.response.processor == row.processor)
            #expect(transaction.response.code == row.code)
            if let text = row.text { #expect(transaction.response.text == text) }
            guard let token = transaction.account.token else { continue }
            let again = try bankPayment(.account(AccountText(token.text)), of: row.merchant, in: &world)
            #expect(again.response == transaction.response)
            #expect(again.account == transaction.account)
        }
    }

    private func bankPayment(
        _ source: PaymentSource, of merchant: MerchantKey, in world: inout World
    ) throws -> Transaction {
        try world.run(Authorize(service: "test", merchant: merchant, source: source, amount: .minorUnits(100)))
            .transaction
    }

    @Test func aBankPaymentIsBookedByTheLinkedMerchant() throws {
        var world = Sample.world()
        let bank = BankAccountNumber(routingNumber: "036001808", account: "12345678")
        var command = Authorize(service: "test", merchant: Sample.bank, source: .bank(bank), amount: .minorUnits(100))
        command.capturesAtOnce = true
        let transaction = try world.run(command).transaction
        #expect(transaction.bookedMerchant == "ACHM" && transaction.merchant == Sample.bank)
        #expect(transaction.processor == "ACH")
        #expect(transaction.avs == "U" && transaction.cvv == "V")
        #expect(transaction.authorizationCode?.count == 6)
        #expect(
            transaction.account.tender == .ach && transaction.account.bin == nil && transaction.account.brand == nil)
        #expect(transaction.account.lastFour == "5678")
        // The other merchant of the link sees nothing of it.
        #expect(world.books.ledger.transaction(transaction.reference, of: Sample.bankBooks) == nil)
        #expect(world.books.ledger.transaction(transaction.reference, of: Sample.bank) != nil)
    }

    /// Only nine digits are a routing number. Anything else may be a card number in the wrong field, and is not kept.
    @Test(arguments: [Sample.plain, Sample.card("49", length: 19)])
    func aCardNumberInPlaceOfARoutingNumberIsNotKept(_ digits: String) throws {
        for source in [
            PaymentSource.bank(BankAccountNumber(routingNumber: digits, account: "12345678")),
            .account(AccountText("\(digits)/12345678")),
        ] {
            var world = Sample.world()
            let transaction = try bankPayment(source, of: Sample.bank, in: &world)
            #expect(!transaction.isApproved)
            #expect(!"\(world.books)\(String(describing: world.journal.entry(1)))".contains(digits.dropLast(4)))
        }
    }

    // MARK: - Order ids

    struct OrderRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let order: String
        let stored: String
        let masks: Bool

        init(_ name: String, _ order: String, _ stored: String, masks: Bool = true) {
            testDescription = name
            self.order = order
            self.stored = stored
            self.masks = masks
        }
    }

    @Test(arguments: [
        OrderRow("an ordinary one", "order-1", "order-1"),
        OrderRow("a card number", Sample.plain, "************" + Sample.plain.suffix(4)),
        OrderRow("a card number when the switch is off", Sample.plain, Sample.plain, masks: false),
        OrderRow("a wrong check digit", String(Sample.plain.dropLast()) + "9", String(Sample.plain.dropLast()) + "9"),
        OrderRow("too short for a card", Sample.card("48", length: 11), Sample.card("48", length: 11)),
        OrderRow(
            "the shortest card", Sample.card("48", length: 12), "********" + Sample.card("48", length: 12).suffix(4)),
    ])
    func orderIDsThatLookLikeCardNumbers(_ row: OrderRow) throws {
        var world = Sample.world(Sample.behavior { $0.gateway.masksCheckDigitOrders = row.masks })
        let transaction = try world.authorize(100) { $0.orderID = OrderID(row.order) }
        #expect(transaction.details.orderID?.text == row.stored)
        let found = try world.run(
            InquireByOrder(
                service: "test", merchant: Sample.late, order: OrderID(row.order), onlyThisMerchant: true)
        ).found
        #expect(found.count == (row.stored == row.order ? 1 : 0))
        let void = try world.run(
            VoidByOrder(service: "test", merchant: Sample.late, order: OrderID(row.order), amount: nil))
        #expect((void.refusal == .transactionNotFound) == (row.stored != row.order))
    }
}
