package import Payments

/// What a scenario says about the boarding of merchants.
package struct BoardingSettings: Sendable {
    package struct User: Sendable, CustomStringConvertible {
        package var name = ""
        package var password = ""
        /// False: somebody signed in to the web application, and a second factor is asked for.
        package var isSetUp = true
        /// The sales codes whose applications the user may see; nil: all.
        package var salesCodes: [String]?

        package init() {}

        package var description: String { "user \(name)" }
    }

    package struct Client: Sendable, CustomStringConvertible {
        package var id = ""
        package var secret = ""

        package init() {}

        package var description: String { "client \(id)" }
    }

    /// What fills an application where it says nothing.
    package struct Template: Hashable, Sendable {
        package var id: Int
        package var processor: ProcessorName
        package var isAcquiring = true
        /// What stands in an application that does not say otherwise, by path.
        package var fills: [Fill] = []
        package var customFields: [CustomField] = []

        package struct Fill: Hashable, Sendable {
            package var path = ""
            package var value = ""

            package init() {}
        }

        /// A field that the partner has named, 1 to 10.
        package struct CustomField: Hashable, Sendable {
            package var number = 1
            package var label = ""
            package var isRequired = false
            package var isActive = true

            package init() {}
        }

        package init(id: Int, processor: ProcessorName) {
            self.id = id
            self.processor = processor
        }
    }

    /// How underwriting decides on some applications; the first that fits.
    package struct Verdict: Sendable {
        package enum Decision: String, Hashable, Sendable, CaseIterable { case approve, decline, ask, cancel }

        package var name: TextPattern?
        package var decision: Decision
        /// How long the review takes; nil: as long as any other.
        package var after: Duration?
        /// Only the review with this number, counted from 1; nil: every one.
        package var review: Int?
        package var source: SourceLine?

        package init(decision: Decision) { self.decision = decision }
    }

    /// Applications that are cancelled when they have been in a state for a while; the first that fits.
    package struct Cancellation: Sendable {
        package var name: TextPattern?
        package var status: MerchantApplication.Status
        package var after: Duration = .zero

        package init(in status: MerchantApplication.Status) { self.status = status }
    }

    /// One entry of a list of codes.
    package struct Lookup: Hashable, Sendable {
        package let list: String
        package let member: String
        package let code: String
        package let name: String

        package init(list: String, member: String, code: String, name: String) {
            self.list = list
            self.member = member
            self.code = code
            self.name = name
        }
    }

    /// Something that can be ordered.
    package struct Equipment: Hashable, Sendable {
        package var id = 0
        package var name = ""
        package var description = ""
        package var make = ""
        package var model = ""
        package var sku = ""
        package var platform = ""
        package var type = ""
        package var supplier = ""
        /// In cents.
        package var price: Int64 = 0
        package var planPrice: Int64 = 0
        package var shipping: Int64 = 0
        package var expedited: Int64 = 0
        /// What stands on the counter when it has come; nil: no terminal.
        package var terminalModel: String?

        package init() {}
    }

    package var users: [User] = []
    package var clients: [Client] = []
    package var templates: [Template] = []
    package var verdicts: [Verdict] = []
    package var cancellations: [Cancellation] = []
    package var lookups: [Lookup] = []
    package var members: [ApplicationMember] = []
    package var rules: [ApplicationRule] = []
    package var equipment: [Equipment] = []
    package var accessTokenLifetime: Duration = .seconds(300)
    package var refreshTokenLifetime: Duration = .seconds(600)
    package var firstNumber = 213_456_789
    package var createdStatus = 200
    /// What was never sent is shown as null.
    package var echoesNulls = true
    /// A signer who comes with the submission has signed with it.
    package var submissionSigns = false

    /// How long each state lasts before the next.
    package var signingTakes: Duration = .seconds(3600)
    package var qualifyingTakes: Duration = .seconds(86_400)
    package var underwritingTakes: Duration = .seconds(86_400)
    package var boardingTakes: Duration = .seconds(86_400)
    package var goingLiveTakes: Duration = .seconds(86_400)
    package var orderStepTakes: Duration = .seconds(86_400)
    /// When billing plans are paid, from the beginning of a day.
    package var billingAt: Duration = .seconds(21_600)

    package init() {}

    package func template(_ id: Int) -> Template? { templates.first { $0.id == id } }

    /// How an application is cancelled out of the state that it is in; nil: it is not.
    package func cancellation(of application: MerchantApplication) -> Cancellation? {
        cancellations.first { cancellation in
            cancellation.status == application.status
                && (cancellation.name.map { $0.matches(application.facts.name) } ?? true)
        }
    }

    /// How underwriting decides on an application; nil: it approves.
    package func verdict(on application: MerchantApplication) -> Verdict? {
        verdicts.first { verdict in
            (verdict.name.map { $0.matches(application.facts.name) } ?? true)
                && (verdict.review.map { $0 == application.reviews } ?? true)
        }
    }
}
