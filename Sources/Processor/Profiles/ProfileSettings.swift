/// Switches of stored profiles where documents are silent or recordings are odd.
package struct ProfileSettings: Sendable {
    package enum LongTexts: String, Hashable, Sendable, CaseIterable { case cut, refuse }
    package enum Missing: String, Hashable, Sendable, CaseIterable { case object, array }

    /// A telephone number is kept up to this many characters.
    package var phoneLength = 15
    /// Both lines of an address are kept as one, with a blank between.
    package var joinsAddressLines = false
    /// The answer to an update names token, kind and expiry.
    package var showsAccountOnUpdate = true
    /// All merchants of a site see the same profiles.
    package var areSharedBySite = false
    /// What happens to texts that are longer than their field.
    package var longTexts: LongTexts = .cut
    /// The answer to a look-up of a profile that is not there.
    package var missing: Missing = .object
    /// The same account stored again gets the ids that it has.
    package var findsDuplicates = true
    /// Accounts of one profile: as many as three digits can name.
    package var accountsPerProfile = 999

    package init() {}
}
