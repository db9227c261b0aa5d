package import Payments

/// Everything a scenario says, checked: the tables, merchants, rules and switches of one emulated world.
///
/// Immutable and shared by all worlds that run the scenario. The code of this target knows mechanisms (an amount whose
/// digits name a code); every fact (which amount, which code) is in here, and comes from scenario files.
package final class Behavior: Sendable {
    package let name: String
    package let directory: Directory
    package let processors: [ProcessorName: ProcessorProfile]
    package let responseCodes: ResponseTable
    package let refusals: RefusalTable
    package let brands: BrandTable
    package let cards: TestCardTable
    package let addressVerification: AVSTable
    package let cardVerification: CVVTable
    package let meanings: VerificationMeanings
    package let tokens: TokenSettings
    package let rules: RuleBook
    package let clock: ClockSettings
    package let limits: LimitSettings
    package let gateway: GatewaySettings
    package let randomize: RandomizeSettings
    package let seed: UInt64

    package init(_ parts: BehaviorParts) {
        name = parts.name
        directory = parts.directory
        processors = parts.processors
        responseCodes = parts.responseCodes
        refusals = parts.refusals
        brands = parts.brands
        cards = parts.cards
        addressVerification = parts.addressVerification
        cardVerification = parts.cardVerification
        meanings = parts.meanings
        tokens = parts.tokens
        rules = parts.rules
        clock = parts.clock
        limits = parts.limits
        gateway = parts.gateway
        randomize = parts.randomize
        seed = parts.seed
    }
}

/// The parts of a ``Behavior`` while it is put together.
package struct BehaviorParts: Sendable {
    package var name = "unnamed"
    package var directory = Directory(sites: [])
    package var processors: [ProcessorName: ProcessorProfile] = [:]
    package var responseCodes = ResponseTable([])
    package var refusals = RefusalTable([:])
    package var brands = BrandTable([])
    package var cards = TestCardTable([])
    package var addressVerification = AVSTable([])
    package var cardVerification = CVVTable([])
    package var meanings = VerificationMeanings([])
    package var tokens = TokenSettings()
    package var rules = RuleBook([])
    package var clock = ClockSettings()
    package var limits = LimitSettings()
    package var gateway = GatewaySettings()
    package var randomize = RandomizeSettings.off
    package var seed: UInt64 = 1

    package init() {}
}

/// Where in a scenario a fact stands; shown as the reason of an answer.
package struct SourceLine: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    package var description: String { "\(file):\(line)" }
}
