package import Payments

/// Counts the applications of a world; the merchant id of the boarding service, not that of the gateway.
package struct ApplicationNumber: Hashable, Comparable, Sendable {
    package let number: Int

    package init(_ number: Int) { self.number = number }

    package static func < (a: ApplicationNumber, b: ApplicationNumber) -> Bool { a.number < b.number }
}

/// Somebody's wish to become a merchant, and how far it has come.
package struct MerchantApplication: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case inProgress = "INPROG"
        case outForSignature = "OFS"
        case qualifying = "QUALIFY"
        case underwriting = "UNDER"
        case declined = "DECLINED"
        case boarding = "BOARDING"
        case boarded = "BOARDED"
        case live = "LIVE"
        case cancelled = "CANCELLED"
    }

    package enum Signature: String, Hashable, Sendable, CaseIterable {
        case notSent = "NOT_SENT"
        case pending = "PENDING"
        case signed = "SIGNED"
    }

    package let number: ApplicationNumber
    package let scope: SiteScope
    /// The application in the service's own form; opaque here.
    package var document: String
    /// What decides how it goes on.
    package var facts: Facts
    package var status = Status.inProgress
    package var signature = Signature.notSent
    /// Names the page on which it is signed; nil while there is none.
    package var signatureKey: String?
    package var merchant: MerchantID?
    package internal(set) var changedAt: [Status: Instant] = [:]
    package var signedAt: Instant?
    /// Who signed, in the service's own form; opaque here.
    package var signer: String?
    /// How often underwriting has had it on the table.
    package internal(set) var reviews = 0

    package struct Facts: Hashable, Sendable {
        package var template: Int
        package var name: String
        /// False: the gateway alone, no merchant services.
        package var isAcquiring: Bool
        /// Asked for by the applicant; nil lets the service choose.
        package var merchant: MerchantID?
        package var processor: ProcessorName?

        package init(template: Int, name: String, isAcquiring: Bool) {
            self.template = template
            self.name = name
            self.isAcquiring = isAcquiring
        }
    }

    package init(number: ApplicationNumber, scope: SiteScope, document: String, facts: Facts) {
        self.number = number
        self.scope = scope
        self.document = document
        self.facts = facts
    }

    /// The gateway knows the merchant.
    package var isAtGateway: Bool { merchant != nil && (status == .boarded || status == .live) }

    mutating func move(to status: Status, at instant: Instant) {
        self.status = status
        changedAt[status] = instant
    }
}
