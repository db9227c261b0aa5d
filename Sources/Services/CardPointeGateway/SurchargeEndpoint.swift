import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `surcharge?merchid=&token=&postal=&amount=`: what surcharge a card would bear; information only (reference §12).
enum SurchargeEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let query = call.request
        let command = QuoteSurcharge(
            service: "cardpointe", merchant: call.merchant, token: present("token", query).map { AccountText($0) },
            postalCode: present("postal", query), amount: amount(call), wire: call.fields)
        return FollowUpCall.perform(command, call) { outcome in
            switch outcome {
            case .quoted(let quote): return object(quote)
            case .refused(let response):
                var object = AnswerObject()
                FollowUpCall.addCodes(response, to: &object)
                return object
            }
        }
    }

    private static func present(_ name: String, _ request: ServiceRequest) -> String? {
        request.queryValue(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// One that cannot be read counts as none.
    private static func amount(_ call: GatewayCall) -> Authorize.AmountEntry? {
        guard let text = present("amount", call.request) else { return nil }
        let fields = call.fields.inside(JSONObject([JSONObject.Member("amount", .string(text))]))
        return fields.amount("amount", decimals: call.profile?.value.currency.decimals ?? 2)
    }

    private static func object(_ quote: QuoteSurcharge.Quote) -> AnswerObject {
        var object = AnswerObject()
        object.add("token", word(quote.card))
        object.add("postal", word(quote.place))
        object.add("fee_amount", ifPresent: quote.fee?.decimalText)
        object.add("messages", value: .array(quote.problems.map(message)))
        return object
    }

    private static func word(_ card: SurchargeEligibility.Card) -> String {
        switch card {
        case .credit: "CREDIT"
        case .debit: "DEBIT"
        case .unknown: "UNKNOWN"
        }
    }

    private static func word(_ place: SurchargeEligibility.Place) -> String {
        switch place {
        case .allowed: "NOT_RESTRICTED"
        case .restricted: "RESTRICTED"
        case .unknown: "UNKNOWN"
        }
    }

    private static func message(_ problem: QuoteSurcharge.Problem) -> JSONValue {
        let (field, text) =
            switch problem {
            case .notEnrolled: ("merchid", "Invalid merchid")
            case .postalCodeMissing: ("postal", "postal is missing or empty")
            case .tokenMissing: ("token", "token is missing or empty")
            case .tokenUnknown: ("token", "Invalid Token")
            case .nothingKnown: ("token", "Bin info not found for token")
            }
        return .object(
            JSONObject([JSONObject.Member("field", .string(field)), JSONObject.Member("message", .string(text))]))
    }
}
