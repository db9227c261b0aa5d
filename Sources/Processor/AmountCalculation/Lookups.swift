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
        package let row: BINRow?
        package let isSurchargeable: Bool
        package let isBankAccount: Bool
    }

    package var operation: String { "lookUpBIN" }

    package func decide(in context: DecisionContext) -> Decision<Found?> {
        let fees = account.defaultProcessor(for: .card)?.fees ?? FeeProgram()
        let policy = context.behavior.accounts.policy
        switch subject {
        case .digits(let digits):
            return Decision(outcome: found(String(digits.prefix(6)), policy.card(digits), nil, fees, context))
        case .temporaryToken(let text):
            guard let token = context.books.gateway.charges.token(text, at: context.now), token.account == account.id
            else { return Decision(outcome: nil) }
            let digits = CardFacts(token.card).bin.digits
            let row = policy.card(digits, lastFour: token.card.lastFour)
            return Decision(
                outcome: token.card.isBankAccount
                    ? Found(digits: "", row: nil, isSurchargeable: false, isBankAccount: true)
                    : found(digits, row, token.card.lastFour, fees, context))
        }
    }

    private func found(
        _ digits: String, _ row: BINRow?, _ lastFour: String?, _ fees: FeeProgram, _ context: DecisionContext
    ) -> Found {
        Found(
            digits: digits, row: row,
            isSurchargeable: context.mayBeSurcharged(
                digits, lastFour: lastFour, state: state.uppercased(), under: fees),
            isBankAccount: false)
    }
}
