import Payments

/// Everything that a world knows and that requests can change. Only ``apply(_:)`` changes it.
package struct Books: Equatable, Sendable {
    private struct Parts: Equatable {
        var vault: Vault
        var ledger: Ledger
        var ruleMemory: RuleMemory
        var gateway: GatewayBooks
        var boarding: Boarding
        var billing = BillingBook()
        var terminals: Terminals
        var profiles = ProfileBook()
        var clock: WorldClock
        var agenda = Agenda()
        var rates: RateWindows
        var updater: UpdaterBook
    }

    /// Shared, because every decision and every checkpoint has a copy.
    private var parts: Shared<Parts>

    package init(clock: WorldClock, limits: LimitSettings) {
        parts = Shared(
            Parts(
                vault: Vault(limit: limits.tokens), ledger: Ledger(limits),
                ruleMemory: RuleMemory(limit: limits.attempts), gateway: GatewayBooks(limits),
                boarding: Boarding(limits),
                terminals: Terminals(results: limits.terminalResults), clock: clock,
                rates: RateWindows(clients: limits.countedClients),
                updater: UpdaterBook(limit: limits.accountUpdates)))
    }

    package var vault: Vault { _read { yield parts.value.vault } }
    package var ledger: Ledger { _read { yield parts.value.ledger } }
    package var ruleMemory: RuleMemory { _read { yield parts.value.ruleMemory } }
    package var gateway: GatewayBooks { _read { yield parts.value.gateway } }
    package var boarding: Boarding { _read { yield parts.value.boarding } }
    package var billing: BillingBook { _read { yield parts.value.billing } }
    package var terminals: Terminals { _read { yield parts.value.terminals } }
    package var profiles: ProfileBook { _read { yield parts.value.profiles } }
    package var clock: WorldClock { _read { yield parts.value.clock } }
    /// What the clock will bring.
    package var agenda: Agenda { _read { yield parts.value.agenda } }
    /// How many requests clients have made lately, where that is bounded.
    package var rates: RateWindows { _read { yield parts.value.rates } }
    package var updater: UpdaterBook { _read { yield parts.value.updater } }

    /// How many ids an account of a gateway has given; without the copy that looking at ``gateway`` takes.
    func objectCount(of account: ObjectID) -> Int { parts.value.gateway.objectCount(of: account) }

    package mutating func apply(_ event: Event) {
        switch event {
        case .vault(let event): parts.value.vault.apply(event)
        case .ledger(let event): parts.value.ledger.apply(event)
        case .rule(let event): parts.value.ruleMemory.apply(event)
        case .gateway(let event): parts.value.gateway.apply(event)
        case .boarding(let event): parts.value.boarding.apply(event)
        case .billing(let event): parts.value.billing.apply(event)
        case .terminal(let event): parts.value.terminals.apply(event)
        case .profile(let event): parts.value.profiles.apply(event)
        case .clockSet(let clock): parts.value.clock = clock
        case .agenda(let event): parts.value.agenda.apply(event)
        case .rate(let event): parts.value.rates.apply(event)
        case .updater(let event): parts.value.updater.apply(event)
        }
    }

    package mutating func apply(_ events: [Event]) {
        // Lent by the span; a loop over the array would copy each.
        let span = events.span
        for index in span.indices { apply(span[index]) }
    }
}

/// Something that happened. The books are the fold of all of them.
///
/// What is large and comes less often lies elsewhere in memory: an event is small then, and quickly copied.
package enum Event: Equatable, Sendable {
    indirect case vault(VaultEvent)
    case ledger(LedgerEvent)
    indirect case rule(RuleEvent)
    indirect case boarding(BoardingEvent)
    indirect case billing(BillingEvent)
    indirect case terminal(TerminalEvent)
    indirect case profile(ProfileEvent)
    case clockSet(WorldClock)
    indirect case agenda(AgendaEvent)
    indirect case rate(RateEvent)
    indirect case updater(UpdaterEvent)
    indirect case gateway(GatewayEvent)
}
