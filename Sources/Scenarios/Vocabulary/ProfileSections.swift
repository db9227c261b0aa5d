import Payments
import Processor

/// The settings of stored customer profiles, key by key.
enum ProfileSections {
    static let profiles = Section<ProfileSettings>(
        "the profile settings",
        [
            Field("phoneLength", \.phoneLength, .integer(1...15), "characters of a telephone number that are kept"),
            Field(
                "joinsAddressLines", \.joinsAddressLines, .flag, "keep both lines of an address as one, with a blank"),
            Field(
                "showsAccountOnUpdate", \.showsAccountOnUpdate, .flag,
                "the answer to an update names token, kind and expiry"),
            Field("sharedBySite", \.areSharedBySite, .flag, "all merchants of a site see the same profiles"),
            Field(
                "longTexts", \.longTexts, .choice("treatment of long texts"),
                "what happens to texts that are longer than their field"),
            Field(
                "missing", \.missing, .choice("answer to a missing profile"),
                "the answer to a look-up of a profile that is not there: an object, or an array of it"),
            Field(
                "findsDuplicates", \.findsDuplicates, .flag, "the same account stored again gets the ids that it has"),
            Field("accountsPerProfile", \.accountsPerProfile, .integer(1...999), "accounts of one profile"),
        ])
}
