import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// What goes wrong with a call; turned into the gateway's error body in one place. Reference §2.2.
enum CallFault: Error {
    case access(AccessFault)
    /// A reason, which stands behind the usual words.
    case invalid(String)
    /// A text of its own, without them.
    case refused(String)
    case charge(ChargeFault)
    case notFound
    case methodNotAllowed([HTTPMethod])
    /// Status 200 and `failed`, with `data` null.
    case soft(String)
    case journal(JournalFault)

    var httpStatus: Int {
        switch self {
        case .access(.unauthorized): 401
        case .access(.forbidden): 403
        case .access(.tooManyRequests): 429
        case .charge(.notFound), .notFound: 404
        case .invalid, .refused, .charge: 400
        case .methodNotAllowed: 405
        case .soft: 200
        case .journal: 500
        }
    }

    var headers: [HTTPField] {
        switch self {
        case .access(.tooManyRequests(let seconds)): [HTTPField("Retry-After", String(seconds))]
        case .methodNotAllowed(let methods):
            [HTTPField("Allow", methods.map(\.token).joined(separator: ", "))]
        case .access, .invalid, .refused, .charge, .notFound, .soft, .journal: []
        }
    }

    func message(_ policy: GatewayPolicy) -> String {
        switch self {
        case .access(.unauthorized): "unauthorized"
        case .access(.forbidden): "forbidden"
        case .access(.tooManyRequests): "too many requests"
        case .notFound, .charge(.notFound): "not found"
        case .methodNotAllowed: "method not allowed"
        case .invalid(let reason): policy.badRequestPrefix + reason
        case .refused(let text), .soft(let text): text
        case .charge(let fault):
            ChargeFaultText.isBare(fault)
                ? ChargeFaultText.text(fault) : policy.badRequestPrefix + ChargeFaultText.text(fault)
        case .journal: "internal server error"
        }
    }

    func body(_ policy: GatewayPolicy) -> [UInt8] {
        var object = JSONObject(pairs: [("status", "failed"), ("msg", .string(message(policy)))])
        if case .soft = self { object.append("data", .null) }
        return object.serialized()
    }
}

/// The words for payments that are not tried. Those that were observed stand alone; the others are ours.
enum ChargeFaultText {
    /// Observed without the usual words in front.
    static func isBare(_ fault: ChargeFault) -> Bool {
        switch fault {
        case .cardExpired, .expiryTooFar, .routingNumber, .accountNumber: true
        default: false
        }
    }

    static func text(_ fault: ChargeFault) -> String {
        switch fault {
        case .paymentMissing: "payment_method is required"
        case .severalPayments: "payment_method has to be exactly one of its kinds"
        case .amountMissing: "amount or base_amount is required"
        case .amountZero: "amount has to be more than 0"
        case .amountMismatch: "amount is not the total of amounts"
        case .noProcessor(let tender): "no default processor for \(tender.rawValue)"
        case .unknownProcessor: "invalid processor_id"
        case .wrongProcessor(let tender): "the processor does not take \(tender.rawValue) payments"
        case .wrongCurrency: "invalid currency"
        case .cardNumber: "invalid card number"
        case .cardUnknown: "invalid card number: unknown brand"
        case .cardExpired: "invalid card expiration - expired"
        case .expiryTooFar: "invalid card expiration - to far in the future"
        case .expiryMissing: "expiration_date is required"
        case .expiryUnreadable: "invalid expiration_date"
        case .cvv: "invalid cvc"
        case .routingNumber: "invalid routing_number"
        case .accountNumber: "invalid account_number"
        case .secCode: "invalid sec_code"
        case .accountType: "invalid account_type"
        case .checkNumber: "check_number is required for sec_code tel"
        case .bankVerification: "a verification needs a card"
        case .temporaryToken: "invalid token: unknown, used or expired"
        case .customer: "customer not found"
        case .customerPayment: "customer payment method not found"
        case .customerAddress: "customer address not found"
        case .terminal: "terminal not found"
        case .terminalFailed: "the terminal did not answer"
        case .wallet: "wallet tokens cannot be used in the sandbox"
        case .vaultCustomer: "create_vault_record_for: customer not found"
        case .vaultPayment: "this payment method cannot be stored"
        case .vaultFull: "the limit of the customer vault is reached"
        case .noSecondProcessor: "split_transaction_amount needs a second processor of the same kind"
        case .status(let action): "transaction status does not allow \(action.rawValue)"
        case .refundTooLarge: "refund amount exceeds settled amount"
        case .captureTooLarge: "capture amount exceeds authorized amount"
        case .refundOfRefund: "transaction type does not allow refund"
        case .notFound: "not found"
        case .journal: "internal server error"
        }
    }
}
