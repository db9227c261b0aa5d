import Payments
import Testing

@testable import Processor

/// Ids that a mint has made are kept as numbers, and every other one as it is.
struct KeptObjectIDTests {
    @Test(arguments: [
        ("the first", "00000000000000000000", true), ("the last", "vvvvvvvvvvvvvvvvvvvg", true),
        ("usual", "d4k2m9s8v5u0c1bqf3hg", true), ("no id of 96 bits", "0000000000000000000v", false),
        ("nothing", "", false), ("one too short", "0000000000000000000", false),
        ("one too long", "000000000000000000000", false), ("capitals", "D4K2M9S8V5U0C1BQF3HG", false),
        ("a letter too far", "w0000000000000000000", false), ("no ASCII", "dé000000000000000000", false),
    ])
    func comesBackAsItWas(_ name: String, _ text: String, _ isMinted: Bool) {
        let kept = KeptObjectID(ObjectID(text))
        #expect(kept.id == ObjectID(text), "\(name)")
        if case .minted = kept { #expect(isMinted, "\(name)") } else { #expect(!isMinted, "\(name)") }
    }
}
