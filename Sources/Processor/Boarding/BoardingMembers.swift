import Texts

/// A member of an application, as the service checks it.
package struct ApplicationMember: Hashable, Sendable {
    package enum Form: String, Hashable, Sendable, CaseIterable {
        case any, phone, date, ssn, taxId, percent, state, country, business, person
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable { case string, number, integer, boolean, object, array }

    /// Dotted; `[]` behind a name stands for every element of a list.
    package var path = ""
    package var kind = Kind.string
    /// A second spelling of the last name of the path.
    package var alias: String?
    package var longest: Int?
    /// Needed to create an application.
    package var isRequired = false
    /// Needed to board without merchant services.
    package var isRequiredAtGateway = false
    package var form = Form.any
    /// The codes that it takes; nil: any.
    package var values: Values?
    /// Of its errors; empty: the service's own.
    package var code = ""
    /// What errors call it; empty: the last name of the path.
    package var title = ""

    package enum Values: Hashable, Sendable {
        case codes([String])
        /// The codes of a list that clients can look up.
        case list(String)
    }

    package init() {}

    package var names: [Substring] { path.split(separator: ".") }

    /// For people, in messages.
    package var shownTitle: String {
        title.isEmpty ? String(names.last ?? "").replacing("[]", with: "") : title
    }
}

/// A rule across members: when some of them are so, another one has to be so.
package struct ApplicationRule: Hashable, Sendable {
    package enum Test: Hashable, Sendable {
        case set
        case absent
        case oneOf([String])
        case moreThan(Int)
        /// Of all members together.
        case total(Int)
    }

    package struct Condition: Hashable, Sendable {
        package var path: String
        package var test: Test

        package init(path: String, test: Test) {
            self.path = path
            self.test = test
        }
    }

    /// All of them have to hold; empty: the rule always counts.
    package var conditions: [Condition] = []
    /// What is wanted of each; a total is wanted of all together.
    package var paths: [String] = []
    package var wanted: Test = .set

    package init() {}
}
