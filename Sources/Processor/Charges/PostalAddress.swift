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
        var kept = PostalAddress()
        kept.firstName = CardNumberText.masked(firstName)
        kept.lastName = CardNumberText.masked(lastName)
        kept.company = CardNumberText.masked(company)
        kept.line1 = CardNumberText.masked(line1)
        kept.line2 = CardNumberText.masked(line2)
        kept.city = CardNumberText.masked(city)
        kept.state = CardNumberText.masked(state)
        kept.postalCode = CardNumberText.masked(postalCode)
        kept.country = CardNumberText.masked(country)
        kept.phone = CardNumberText.masked(phone)
        kept.fax = CardNumberText.masked(fax)
        kept.email = CardNumberText.masked(email)
        return kept
    }
}
