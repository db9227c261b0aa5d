import Payments

/// One payment of an account by its id.
package struct FindCharge: Command {
    package var account: GatewayAccount
    package var id: ObjectID

    package init(_ id: ObjectID, of account: GatewayAccount) {
        self.id = id
        self.account = account
    }

    package var operation: String { "find" }

    package func decide(in context: DecisionContext) -> Decision<Charged?> {
        Decision(outcome: context.charged(id, of: account))
    }
}
