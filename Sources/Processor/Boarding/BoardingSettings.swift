package import Payments

/// What a scenario says about the boarding of merchants.
package struct BoardingSettings: Sendable {
    package struct User: Sendable, CustomStringConvertible {
        package var name = ""
        package var password = ""
        /// False: somebody signed in to the web application, and a second factor is asked for.
        package var isSetUp = true

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
        package var source: SourceLine?

        package init(decision: Decision) { self.decision = decision }
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

    /// A member of a request, as the service checks it.
    package struct Member: Hashable, Sendable {
        package enum Form: String, Hashable, Sendable, CaseIterable {
            case any, phone, date, ssn, percent, state, country
        }

        package var path = ""
        package var longest: Int?
        /// Needed to create an application.
        package var isRequired = false
        /// Needed to board without merchant services.
        package var isRequiredAtGateway = false
        package var form = Form.any
        package var code = ""
        package var title = ""

        package init() {}
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
    package var lookups: [Lookup] = []
    package var members: [Member] = []
    package var equipment: [Equipment] = []
    package var accessTokenLifetime: Duration = .seconds(300)
    package var refreshTokenLifetime: Duration = .seconds(600)
    package var firstNumber = 213_456_789
    package var createdStatus = 200

    /// How long each state lasts before the next.
    package var signingTakes: Duration = .seconds(3600)
    package var qualifyingTakes: Duration = .seconds(86_400)
    package var underwritingTakes: Duration = .seconds(86_400)
    package var boardingTakes: Duration = .seconds(86_400)
    package var goingLiveTakes: Duration = .seconds(86_400)
    package var orderStepTakes: Duration = .seconds(86_400)

    package init() {}

    package func template(_ id: Int) -> Template? { templates.first { $0.id == id } }
}
