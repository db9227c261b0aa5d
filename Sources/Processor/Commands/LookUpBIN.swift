package import Payments

/// Tells what the BIN table says about the card behind a token. Changes nothing.
package struct LookUpBIN: Command {
    package var service: String
    package var merchant: MerchantKey
    package var token: AccountText
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, token: AccountText, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.token = token
        self.wire = wire
    }

    package var operation: String { "binInquiry" }

    package enum Outcome: Sendable {
        case found(BINRecord, BIN)
        case nothingKnown, tokenUnknown, notEnabled
        case refused(ResponseCode)
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            Decision(outcome: outcome(context))
        }
    }

    private func outcome(_ context: DecisionContext) -> Outcome {
        let known = context.behavior.directory.merchant(merchant.id, in: merchant.scope)
        guard known?.looksUpBINs == true else { return .notEnabled }
        guard let bin = context.storedBIN(of: token, in: merchant.scope) else { return .tokenUnknown }
        return context.behavior.bins.record(bin).map { .found($0, bin) } ?? .nothingKnown
    }
}
