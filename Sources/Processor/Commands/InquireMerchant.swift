package import Payments

/// Reads how a merchant is set up. Changes nothing.
package struct InquireMerchant: Command {
    package var service: String
    package var merchant: MerchantKey
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.wire = wire
    }

    package var operation: String { "merchantInquiry" }

    package enum Outcome: Sendable {
        case found(Merchant)
        case refused(ResponseCode)
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        guard let known = context.behavior.directory.merchant(merchant.id, in: merchant.scope) else {
            preconditionFailure("the service has found the merchant before it makes a command for it")
        }
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            Decision(outcome: .found(known))
        }
    }
}
