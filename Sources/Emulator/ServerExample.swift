package import Payments
package import Processor
import JSON

/// A request to try, made of what the scenario has: its first credential, merchant and approving test card.
package enum ServerExample {
    /// A `curl` command; nil when the scenario lacks one of the three.
    ///
    /// - Parameters:
    ///   - base: `http://127.0.0.1:8080`.
    ///   - now: world time, so that the card is valid for some years.
    package static func curl(_ behavior: Behavior, base: String, now: Instant) -> String? {
        guard let site = behavior.directory.sites.first, let credential = site.credentials.first,
            let merchant = site.merchants.first(where: { credential.covers($0.id) && $0.isEnabled }),
            let card = card(behavior, for: merchant.processor)
        else { return nil }
        let year = behavior.clock.zone.civilTime(now).year + 4
        let body: JSONValue = [
            "merchid": .string(merchant.id.text), "account": .string(card.number.withClearDigits { $0 }),
            "expiry": .string(CardExpiry(month: 12, year: year).monthYear), "amount": "10.00",
        ]
        return "curl -u \(quoted("\(credential.user):\(credential.password)")) -X PUT \(base)/cardconnect/rest/auth"
            + " -H 'Content-Type: application/json' -d \(quoted(body.serializedText()))"
    }

    /// The first card that is published as approving on the processor, or at least does nothing special.
    private static func card(_ behavior: Behavior, for processor: ProcessorName) -> TestCard? {
        let cards = behavior.cards.cards
        return cards.first { $0.approves(on: processor) } ?? cards.first { $0.effects.isEmpty }
    }

    /// For a POSIX shell.
    private static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || ":_-.".utf8.contains($0)
        }
        guard !plain else { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension TestCard {
    fileprivate func approves(on processor: ProcessorName) -> Bool {
        !effects.isEmpty
            && effects.allSatisfy { effect in
                guard case .approve = effect.kind else { return false }
                return effect.applies(to: processor, minorUnits: 1000)
            }
    }
}
