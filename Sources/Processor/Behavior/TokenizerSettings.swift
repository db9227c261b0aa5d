package import Payments

/// Switches of the emulated tokenizer where documents contradict each other or are silent.
package struct TokenizerSettings: Sendable {
    /// The HTTP status of failures in the JSON interface.
    package enum FailureStatus: String, Hashable, Sendable, CaseIterable {
        /// As the table of errors says.
        case listed
        /// 200, and only the body tells.
        case ok
    }

    /// What becomes of an expiry or verification value that cannot be read.
    package enum BadVerification: String, Hashable, Sendable, CaseIterable { case ignore, refuse }

    /// What becomes of an encrypted account that no key opens.
    package enum Undecryptable: String, Hashable, Sendable, CaseIterable {
        /// It gets a token that stands for a card of the scenario: for clients whose public key is the real service's.
        case opaque
        case refuse
    }

    /// How the hosted page tells a failure when the enhanced answer is off.
    package enum PlainFailure: String, Hashable, Sendable, CaseIterable { case text, encoded }

    package var failureStatus = FailureStatus.listed
    package var badVerification = BadVerification.ignore
    package var undecryptable = Undecryptable.opaque
    /// The card that stands behind accounts that cannot be decrypted; nil refuses them.
    package var opaqueCard: PrimaryAccountNumber?
    /// How old the payload of a wallet may be.
    package var walletLifetime: Duration = .seconds(120)
    /// How many characters the echo takes.
    package var echoLength = 250
    package var page = PageTexts()

    package init() {}

    /// Texts of the hosted page that no document tells.
    package struct PageTexts: Sendable {
        package var invalidCard = "Invalid Card Number"
        package var invalidCVV = "Invalid CVV"
        package var invalidExpiry = "Invalid Expiration Date"
        /// `<label>` stands for the label of the field.
        package var required = "<label> is required"
        /// `errorCode` of the page's own failures.
        package var validationCode = "1001"
        package var unreachable = "The tokenizer cannot be reached"
        package var unreachableCode = "1002"
        package var plainFailure = PlainFailure.text

        package init() {}
    }
}

/// Leading digits of gift cards: the tokenizer gives such numbers back in clear.
package struct GiftCardRange: Hashable, Sendable {
    /// Compared with as many leading digits as it has; both ends inclusive and equally long.
    package var prefixes: ClosedRange<String>

    package init(prefixes: ClosedRange<String>) { self.prefixes = prefixes }

    package func contains(_ number: PrimaryAccountNumber) -> Bool {
        number.withClearDigits { prefixes.contains(String($0.prefix(prefixes.lowerBound.utf8.count))) }
    }
}
