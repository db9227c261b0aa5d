import Payments

/// A property of a request that has one text or none.
enum RuleFacet: String, Hashable, Sendable, CaseIterable {
    case service, operation, site, environment, merchant, processor
    case token, brand, bin, lastFour
    case currency, postalCode, orderID, cardholder, entryMode

    /// The text of the property; nil when the request has none.
    func text(in subject: RuleSubject) -> String? {
        switch self {
        case .service: subject.service
        case .operation: subject.operation
        case .site: subject.scope.site.text
        case .environment: subject.scope.environment.rawValue
        case .merchant: subject.merchant?.text
        case .processor: subject.processor?.text
        case .token: subject.card?.token?.text
        case .brand: subject.card?.brand?.text
        case .bin: subject.card?.bin.digits
        case .lastFour: subject.card?.lastFour
        case .currency: subject.currency
        case .postalCode: subject.postalCode
        case .orderID: subject.orderID?.text
        case .cardholder: subject.cardholder
        case .entryMode: subject.entryMode?.rawValue
        }
    }

    var words: String {
        switch self {
        case .service: "service"
        case .operation: "operation"
        case .site: "site"
        case .environment: "environment"
        case .merchant: "merchant"
        case .processor: "processor"
        case .token: "token"
        case .brand: "brand"
        case .bin: "BIN"
        case .lastFour: "last four"
        case .currency: "currency"
        case .postalCode: "postal code"
        case .orderID: "order id"
        case .cardholder: "cardholder"
        case .entryMode: "entry mode"
        }
    }
}

/// Where a text pattern looks.
enum TextPlace: Hashable, Sendable {
    case facet(RuleFacet)
    /// A member of the body by its wire name.
    case field(String)
    case header(String)

    /// The text found there; nil when there is none.
    func text(in subject: RuleSubject) -> String? {
        switch self {
        case .facet(let facet): facet.text(in: subject)
        case .field(let name): subject.wire.field(name)
        case .header(let name): subject.wire.header(name)
        }
    }
}
