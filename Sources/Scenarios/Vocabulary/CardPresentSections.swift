import Processor

/// How cards are presented, and how payments with stored credentials are started.
enum CardPresentSections {
    static let storedCredentials = Section<StoredCredentialPractice>(
        "the stored credentials",
        [
            Field(
                "recurringNeedsInitiation", \.recurringNeedsInitiation, .flag,
                "a recurring payment without cof counts as keyed (retail) or as a telephone order"),
            Field(
                "scheduledIsRecurring", \.scheduledIsRecurring, .flag,
                "a scheduled payment that the merchant started is a recurring one"),
            Field(
                "ignoresOriginRecurring", \.ignoresOriginRecurring, .flag,
                "ecomind R means nothing beside cof"),
            Field(
                "keysRetailFollowUps", \.keysRetailFollowUps, .flag,
                "what a retail merchant starts counts as keyed, unless ecomind is T or E"),
        ])

    static let authentication = Section<AuthenticationChecks>(
        "the checks of cardholder authentication",
        [
            Field("flags", \.flags, .list(of: .name("an indicator")), "what may stand in secureflag"),
            Field(
                "exemptions", \.exemptions, .list(of: .name("an exemption")), "what may stand in secureexemption"),
        ])
}
