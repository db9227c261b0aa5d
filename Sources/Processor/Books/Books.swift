import Payments

/// Everything that a world knows and that requests can change. Only ``apply(_:)`` changes it.
package struct Books: Equatable, Sendable {
    package private(set) var vault: Vault
    package private(set) var ledger: Ledger
    package private(set) var ruleMemory: RuleMemory
    package private(set) var gateway: GatewayBooks
    package private(set) var boarding: Boarding
    package private(set) var billing = BillingBook()
    package private(set) var terminals = Terminals()
    package private(set) var profiles = ProfileBook()
    package private(set) var clock: WorldClock
    /// What the clock will bring.
    package private(set) var agenda = Agenda()
    /// How many requests clients have made lately, where that is bounded.
    package private(set) var rates = RateWindows()
    package private(set) var updater: UpdaterBook

    package init(clock: WorldClock, limits: LimitSettings) {
        self.clock = clock
        vault = Vault(limit: limits.tokens)
        ledger = Ledger(limits)
        ruleMemory = RuleMemory(limit: limits.attempts)
        gateway = GatewayBooks(limits)
        updater = UpdaterBook(limit: limits.accountUpdates)
        boarding = Boarding(limits)
    }

    package mutating func apply(_ event: Event) {
        switch event {
        case .vault(let event): vault.apply(event)
        case .ledger(let event): ledger.apply(event)
        case .rule(let event): ruleMemory.apply(event)
        case .gateway(let event): gateway.apply(event)
        case .boarding(let event): boarding.apply(event)
        case .billing(let event): billing.apply(event)
        case .terminal(let event): terminals.apply(event)
        case .profile(let event): profiles.apply(event)
        case .clockSet(let clock): self.clock = clock
        case .agenda(let event): agenda.apply(event)
        case .rate(let event): rates.apply(event)
        case .updater(let event): updater.apply(event)
        }
    }

    package mutating func apply(_ events: some Sequence<Event>) {
        for event in events { apply(event) }
    }
}

/// Something that happened. The books are the fold of all of them.
package enum Event: Equatable, Sendable {
    case vault(VaultEvent)
    case ledger(LedgerEvent)
    case rule(RuleEvent)
    case boarding(BoardingEvent)
    case billing(BillingEvent)
    case terminal(TerminalEvent)
    case profile(ProfileEvent)
    case clockSet(WorldClock)
    case agenda(AgendaEvent)
    case rate(RateEvent)
    case updater(UpdaterEvent)
    case gateway(GatewayEvent)
}
