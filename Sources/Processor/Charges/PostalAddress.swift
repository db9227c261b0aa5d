import Payments

/// Where somebody lives or gets what was bought. Empty texts where nothing was said.
package struct PostalAddress: Hashable, Sendable {
    package var firstName = ""
    package var lastName = ""
    package var company = ""
    package var line1 = ""
    package var line2 = ""
    package var city = ""
    package var state = ""
    package var postalCode = ""
    package var country = ""
    package var phone = ""
    package var fax = ""
    package var email = ""

    package init() {}

    package var isEmpty: Bool { self == PostalAddress() }

    /// The same with digits masked that could be a card number: it goes into the books.
    package var storable: PostalAddress {
        var kept = self
        for part in Self.parts { kept[keyPath: part] = CardNumberText.masked(self[keyPath: part]) }
        return kept
    }

    private static let parts: [any WritableKeyPath<PostalAddress, String> & Sendable] = [
        \.firstName, \.lastName, \.company, \.line1, \.line2, \.city, \.state, \.postalCode, \.country, \.phone,
        \.fax, \.email,
    ]
}
