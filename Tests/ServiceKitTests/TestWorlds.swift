import Payments
import Platform
import Processor
import ServiceKit
import Store

/// A scenario of one merchant, just enough to authorize.
enum TestWorlds {
    static let scope = SiteScope(site: "alpha", environment: .uat)
    static let merchant = MerchantKey(scope: scope, id: "SHOP")
    static let other = MerchantKey(scope: scope, id: "STALL")

    static func behavior(_ adjust: (inout BehaviorParts) -> Void = { _ in }) -> Behavior {
        var parts = BehaviorParts(fingerprints: Fingerprinter(key: [1, 2, 3]))
        // The numbers of these tests are in no table.
        parts.gateway.acceptsRealCardNumbers = true
        parts.clock.mode = .frozen
        parts.clock.start = CivilTime(year: 2030, month: 1, day: 2, hour: 15).instant
        parts.directory = Directory(sites: [
            Site(
                name: "alpha", environments: [SiteEnvironment(environment: .uat, hosts: ["alpha.test"])],
                credentials: [],
                merchants: [Merchant(id: "SHOP", processor: "AAA"), Merchant(id: "STALL", processor: "AAA")])
        ])
        let approval = ResponseCode(processor: "AAA", code: "00", status: .approved, text: "ok")
        parts.processors = ["AAA": ProcessorProfile(name: "AAA", title: "", approval: approval)]
        parts.refusals = RefusalTable(
            Dictionary(
                uniqueKeysWithValues: Refusal.allCases.map {
                    let code = ResponseCode(processor: "GATE", code: $0.rawValue, status: .declined, text: "")
                    return ($0, ResponseTable.Row(response: code, source: nil))
                }))
        parts.brands = BrandTable([BrandTable.Range(brand: "Visa", prefixes: "4"..."4", lengths: [16])])
        adjust(&parts)
        return Behavior(parts)
    }

    static let real = Instant(seconds: 1_900_000_000)

    static func registry(
        _ behavior: Behavior = behavior(), clockChanged: @escaping @Sendable (String) -> Void = { _ in }
    ) -> WorldRegistry {
        WorldRegistry(
            main: WorldRegistry.Blueprint(behavior: behavior), makeJournal: { MemoryJournal(limit: $0.journalEntries) },
            realTime: { real }, clockChanged: clockChanged)
    }

    static func sale(_ minorUnits: Int64, of merchant: MerchantKey = merchant) -> Authorize {
        var command = Authorize(
            service: "test", merchant: merchant, source: .account(AccountText(card)), amount: .minorUnits(minorUnits))
        command.expiry = .date(CardExpiry(month: 12, year: 2035))
        command.capturesAtOnce = true
        return command
    }

    /// Passes the Luhn check and is no published test number.
    static let card: String = {
        let body = "480000000000000"
        return body + String(Luhn.checkDigit(for: body))
    }()
}
