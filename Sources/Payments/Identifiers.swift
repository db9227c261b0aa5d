/// Declares what all identifiers of the trade have in common: they are text, compared and printed as it.
package protocol TextIdentifier: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    var text: String { get }
    init(_ text: String)
}

extension TextIdentifier {
    package var description: String { text }
    package init(stringLiteral value: String) { self.init(value) }
}

/// The stand-in for a card or bank account number, made by a vault. Not secret.
package struct CardToken: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var lastFour: String { text.lastBytes(4) }
}

/// A merchant's account with the processor: MID.
package struct MerchantID: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// Names one transaction of one merchant; text, leading zeros kept.
package struct RetrievalReferenceNumber: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// The merchant's own name for a transaction.
package struct OrderID: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A customer's profile with stored accounts.
package struct ProfileID: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A group of merchants of one partner; tokens and credentials belong to it.
package struct SiteName: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// The short name of an acquirer in responses, for example `FNOR`.
package struct ProcessorName: TextIdentifier, Prehashed {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var prehash: UInt64 { TextFingerprint.of(text, after: 0) }
}

/// A card brand as the scenario names it, for example `Visa`.
package struct CardBrand: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// Test (UAT) or production.
@usableFromInline
package enum Environment: String, Hashable, Sendable, CaseIterable {
    case uat = "UAT"
    case production = "PROD"

    // Written out: what Swift derives for enumerations with raw values compares and hashes the texts.
    @inlinable
    package static func == (a: Environment, b: Environment) -> Bool { a.isProduction == b.isProduction }

    @inlinable
    package func hash(into hasher: inout Hasher) { hasher.combine(isProduction) }

    @inlinable package var isProduction: Bool {
        switch self {
        case .uat: false
        case .production: true
        }
    }
}

/// The scope of tokens, credentials and order ids: a site in one environment.
package struct SiteScope: Prehashed, Sendable, CustomStringConvertible {
    package let site: SiteName
    package let environment: Environment
    /// Of name and environment, made once: scopes are part of nearly every key.
    package let fingerprint: UInt64

    package init(site: SiteName, environment: Environment) {
        self.site = site
        self.environment = environment
        fingerprint = TextFingerprint.of(site.text, after: environment.isProduction ? 2 : 1)
    }

    package static func == (a: SiteScope, b: SiteScope) -> Bool {
        a.fingerprint == b.fingerprint && a.environment == b.environment && a.site.text == b.site.text
    }

    package var prehash: UInt64 { fingerprint }

    package var description: String { "\(site)/\(environment.rawValue)" }
}
