import Payments
import Testing

struct StripeRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let expiry: CardExpiry?
    let serviceCode: ServiceCode?
    let fault: MagneticStripe.Fault?

    init(_ form: String, _ text: String, expiry: CardExpiry? = CardExpiry("1230"), service: ServiceCode? = "101") {
        testDescription = form
        self.text = text
        self.expiry = expiry
        serviceCode = service
        fault = nil
    }

    init(_ why: String, _ text: String, fails fault: MagneticStripe.Fault) {
        testDescription = why
        self.text = text
        expiry = nil
        serviceCode = nil
        self.fault = fault
    }
}

@Suite("Magnetic stripes") struct MagneticStripeTests {
    @Test(arguments: [
        StripeRow("track 1", "%B4111111111111111^DOE/JANE^3012101?"),
        StripeRow("track 1, small format code", "%b4111111111111111^DOE/JANE^3012101?"),
        StripeRow("track 1, the shortest name", "%B4111111111111111^A/^3012101?"),
        StripeRow("track 1, the longest name", "%B4111111111111111^ABCDEFGHIJKLMNOPQRSTUVWXYZ^3012101?"),
        StripeRow("track 1 without sentinels", "B4111111111111111^DOE/JANE^3012101"),
        StripeRow("track 2", ";4111111111111111=3012101?"),
        StripeRow("track 2 with its check character", ";4111111111111111=3012101?4"),
        StripeRow("track 2 without sentinels", "4111111111111111=3012101"),
        StripeRow("both", "%B4111111111111111^DOE/JANE^3012101?;4111111111111111=3012101?"),
        StripeRow("both, with check characters", "%B4111111111111111^DOE/JANE^3012101?A;4111111111111111=3012101?B"),
        StripeRow("no expiry", ";4111111111111111==101?", expiry: nil),
        StripeRow("no service code", ";4111111111111111=3012=?", service: nil),
        StripeRow("nothing behind the expiry", ";4111111111111111=3012?", service: nil),
        StripeRow("a chip card", ";4111111111111111=3012201?", service: "201"),
        StripeRow("empty", "", fails: .noTrack),
        StripeRow("another format", "%A4111111111111111^DOE/JANE^3012101?", fails: .noTrack),
        StripeRow("no number", ";=3012101?", fails: .number),
        StripeRow("letters in the number", ";41111111X1111111=3012101?", fails: .number),
        StripeRow("a number of twenty digits", ";41111111111111111111=3012101?", fails: .number),
        StripeRow("no separator", ";41111111111111113012101?", fails: .number),
        StripeRow("name of one letter", "%B4111111111111111^A^3012101?", fails: .name),
        StripeRow("name of 27 letters", "%B4111111111111111^ABCDEFGHIJKLMNOPQRSTUVWXYZA^3012101?", fails: .name),
        StripeRow("name without end", "%B4111111111111111^DOE?", fails: .name),
        StripeRow("month 13", ";4111111111111111=3013101?", fails: .expiry),
        StripeRow("month 0", ";4111111111111111=3000101?", fails: .expiry),
        StripeRow("letters in the expiry", ";4111111111111111=3O12101?", fails: .expiry),
        StripeRow("three digits of expiry", ";4111111111111111=301?", fails: .expiry),
        StripeRow("service code of two digits", ";4111111111111111=301210?", fails: .serviceCode),
        StripeRow("letters in the service code", ";4111111111111111=30121X1?", fails: .serviceCode),
        StripeRow("no end", ";4111111111111111=3012101", fails: .end),
        StripeRow("text behind the end", ";4111111111111111=3012101?AB", fails: .end),
        StripeRow(
            "tracks of two cards", "%B4111111111111111^DOE/JANE^3012101?;5454545454545454=3012101?",
            fails: .disagreement),
        StripeRow(
            "tracks with two expiries", "%B4111111111111111^DOE/JANE^3012101?;4111111111111111=3101101?",
            fails: .disagreement),
    ])
    func read(_ row: StripeRow) {
        do throws(MagneticStripe.Fault) {
            let stripe = try MagneticStripe(AccountText(row.text))
            #expect(row.fault == nil)
            #expect(stripe.number.lastFour == "1111" && stripe.number.length == 16)
            #expect(stripe.expiry == row.expiry && stripe.serviceCode == row.serviceCode)
        } catch {
            #expect(error == row.fault)
        }
    }

    /// Whatever is cut off or changed, a stripe is read or refused; a whole one is the only prefix of a track with a
    /// start that is read.
    @Test(arguments: ["%B4111111111111111^DOE/JANE^3012101?", ";4111111111111111=3012101?"])
    func prefixesAndChanges(_ track: String) {
        func reads(_ text: String) -> Bool {
            do throws(MagneticStripe.Fault) {
                return try !MagneticStripe(AccountText(text)).number.lastFour.isEmpty
            } catch {
                return false
            }
        }
        #expect(reads(track))
        for length in 0..<track.count { #expect(!reads(String(track.prefix(length))), "\(length) characters") }
        for position in track.indices {
            for other in ["?", "=", "^", ";", "%", "0", "X", "é", "\u{0}"] as [Character] {
                _ = reads(track.replacingCharacter(at: position, with: other))
            }
        }
    }

    @Test(arguments: [
        ("%B4111111111111111^A/B^3012101?", true), (";4111111111111111=3012101?", true), (";", true), ("%B", true),
        ("4111111111111111=3012", true), ("B4111111111111111^A/B^3012", true), ("4111111111111111", false),
        ("4111=3012", false), ("02A001801F4728008383", false), ("DFEE25020011", false), ("%*4111****1111^", false),
        ("4111111111111111^A", false), ("", false), ("{}", false),
    ])
    func clear(_ text: String, _ expected: Bool) {
        #expect(MagneticStripe.isClear(AccountText(text)) == expected)
    }

    @Test(arguments: [("101", false), ("201", true), ("601", true), ("120", false), ("", false)])
    func chips(_ code: String, _ expected: Bool) {
        #expect(ServiceCode(code).hasChip == expected)
    }
}

extension String {
    fileprivate func replacingCharacter(at position: Index, with character: Character) -> String {
        var copy = self
        copy.replaceSubrange(position...position, with: String(character))
        return copy
    }
}
