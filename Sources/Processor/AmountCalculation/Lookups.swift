import Payments

/// What an older integration adds to a base amount. Source: reference of Fluid Pay, §8.1.
package struct LookUpFees: Command {
    package var account: GatewayAccount
    package var bin: String
    package var state: String
    package var method: String
    package var base: Int64
    package var processor: ObjectID?
    package var surcharge: AmountComponent?

    package init(account: GatewayAccount, bin: String, state: String, method: String, base: Int64) {
        self.account = account
        self.bin = bin
        self.state = state
        self.method = method
        self.base = base
    }

    package struct Fees: Hashable, Sendable {
        package var serviceFee: Int64 = 0
        package var surcharge: Int64 = 0
        package var requested: Int64 = 0
    }

    package var operation: String { "lookUpFees" }

    package func decide(in context: DecisionContext) -> Decision<Fees?> {
        var program = account.integrationFees
        if let processor {
            guard let found = account.processor(processor) else { return Decision(outcome: nil) }
            program = program ?? found.fees
        }
        let fees = program ?? account.defaultProcessor(for: .card)?.fees ?? FeeProgram()
        var result = Fees()
        if method == "card" {
            if context.mayBeSurcharged(bin, lastFour: nil, state: state.uppercased(), under: fees) {
                result.surcharge = (surcharge ?? fees.surcharge)?.amount(of: base) ?? 0
            }
            if result.surcharge == 0 { result.serviceFee = fees.serviceFee?.amount(of: base) ?? 0 }
        }
        result.requested = base.saturatingAdd(result.surcharge).saturatingAdd(result.serviceFee)
        return Decision(outcome: result)
    }
}

/// What is known of a card by its leading digits. Source: reference of Fluid Pay, §8.3.
package struct LookUpGatewayBIN: Command {
    package enum Subject: Sendable {
        case digits(String)
        case temporaryToken(String)
        /// A customer's account; without an id the default one.
        case customer(ObjectID, payment: ObjectID?)
    }

    package var account: GatewayAccount
    package var subject: Subject
    package var state: String

    package init(_ subject: Subject, state: String, for account: GatewayAccount) {
        self.subject = subject
        self.state = state
        self.account = account
    }

    package struct Found: Sendable {
        package let digits: String
        package let record: BINRecord?
        package let isSurchargeable: Bool
        package let isBankAccount: Bool
    }

    package var operation: String { "lookUpBIN" }

    package func decide(in context: DecisionContext) -> Decision<Result<Found, ChargeFault>> {
        do throws(ChargeFault) {
            return Decision(outcome: .success(try look(context)))
        } catch {
            return Decision(outcome: .failure(error))
        }
    }

    private func look(_ context: DecisionContext) throws(ChargeFault) -> Found {
        switch subject {
        case .digits(let digits): return found(digits, lastFour: nil, context)
        case .temporaryToken(let text):
            guard let token = context.books.gateway.charges.token(text, at: context.now), token.account == account.id
            else { throw .temporaryToken }
            return found(token.card, context)
        case .customer(let id, let payment):
            var stored = ChargeRequest.Stored(customer: id)
            stored.payment = payment
            return found(try context.instrument(stored, of: account, isRenewal: false).account, context)
        }
    }

    private func found(_ card: VaultedAccount, _ context: DecisionContext) -> Found {
        card.isBankAccount
            ? Found(digits: "", record: nil, isSurchargeable: false, isBankAccount: true)
            : found(CardFacts(card).bin.digits, lastFour: card.lastFour, context)
    }

    private func found(_ digits: String, lastFour: String?, _ context: DecisionContext) -> Found {
        let fees = account.defaultProcessor(for: .card)?.fees ?? FeeProgram()
        return Found(
            digits: String(digits.prefix(6)),
            record: context.behavior.accounts.policy.bins.record(digits, lastFour: lastFour),
            isSurchargeable: context.mayBeSurcharged(
                digits, lastFour: lastFour, state: state.uppercased(), under: fees),
            isBankAccount: false)
    }
}
