import HashTreeCollections
package import Payments

/// The outbox of a world: messages that wait for their time, messages to be sent now, and the state of each hook.
///
/// A message leaves it when it was received, when it is given up, and when its hook is switched off.
package struct WebhookBook: Equatable, Sendable {
    package struct Hook: Hashable, Sendable {
        /// How often the secret was changed; 0: it is that of the scenario.
        package fileprivate(set) var rotation = 0
        /// Until when messages are signed with the secret before, too.
        package fileprivate(set) var previousUntil: Instant?
        /// Long failure has switched it off.
        package fileprivate(set) var isOff = false
        /// Messages that were made for it.
        package fileprivate(set) var events = 0
    }

    private struct Outgoing: Equatable, Sendable {
        let message: Boxed<WebhookMessage>
        var attempts = 0
        /// Its place among those to be sent now.
        var place: Int?
    }

    private let limit: Int
    /// Messages that are done and remembered.
    private let doneLimit: Int
    /// Results of tests that are remembered.
    private let testLimit: Int
    private var messages: TreeDictionary<Int, Outgoing> = [:]
    /// Done, and remembered so that they can be sent again; oldest first.
    private var done: TreeDictionary<Int, Boxed<WebhookMessage>> = [:]
    private var doneOrder = PersistentArray<Int>()
    private var ready = PersistentSortedMap<Int, Int>()
    private var hooks: TreeDictionary<ObjectID, Hook> = [:]
    private var tests: TreeDictionary<Int, WebhookResult> = [:]
    private var testOrder = PersistentArray<Int>()
    private var lastNumber = 0
    private var lastEvent = 0
    private var lastPlace = 0

    init(_ limits: LimitSettings) {
        limit = limits.webhookMessages
        doneLimit = limits.webhookHistory
        testLimit = limits.webhookTests
    }

    package var count: Int { messages.count }
    package var hasRoom: Bool { messages.count < limit }
    package var nextNumber: Int { lastNumber + 1 }
    package var nextEvent: Int { lastEvent + 1 }

    package func hook(_ id: ObjectID) -> Hook { hooks[id] ?? Hook() }

    /// What is to be sent now, in the order in which its time came.
    package var readyMessages: [WebhookMessage] {
        var found: [WebhookMessage] = []
        ready.visit { _, number in
            if let outgoing = messages[number] { found.append(outgoing.message.value) }
            return true
        }
        return found
    }

    package var hasReady: Bool { ready.first != nil }

    func waits(_ number: Int) -> Bool { messages[number] != nil }

    /// How often a message was sent; nil for one that is not here.
    func attempts(_ number: Int) -> Int? { messages[number]?.attempts }

    func isReady(_ number: Int) -> Bool { messages[number]?.place != nil }

    func message(_ number: Int) -> WebhookMessage? { messages[number]?.message.value }

    /// A message that waits, or one that is done.
    func knownMessage(_ number: Int) -> WebhookMessage? { message(number) ?? done[number]?.value }

    /// Where a message stands, for people.
    package struct Known: Sendable {
        package let message: WebhookMessage
        /// How often it was sent; nil for one that is done.
        package let attempts: Int?
        package let isReady: Bool
    }

    /// All messages that are known, in the order in which they were made.
    package var known: [Known] {
        let waiting = messages.values.map {
            Known(message: $0.message.value, attempts: $0.attempts, isReady: $0.place != nil)
        }
        let finished = done.values.map { Known(message: $0.value, attempts: nil, isReady: false) }
        return (waiting + finished).sorted { $0.message.number < $1.message.number }
    }

    package func testResult(_ number: Int) -> WebhookResult? { tests[number] }

    mutating func apply(_ event: WebhookEvent) {
        switch event {
        case .queued(let message, let isDue):
            let number = message.value.number
            lastNumber = max(lastNumber, number)
            lastEvent = max(lastEvent, message.value.event)
            messages[number] = Outgoing(message: message)
            hooks[message.value.hook, default: Hook()].events += 1
            if isDue { makeReady(number) }
        case .due(let number): makeReady(number)
        case .attempted(let number, let result):
            unready(number)
            messages[number]?.attempts += 1
            if messages[number]?.message.value.kind == .test { keepTest(number, result) }
        case .left(let number): finish(number)
        case .lost(let hook): hooks[hook, default: Hook()].events += 1
        case .switchedOff(let hook):
            hooks[hook, default: Hook()].isOff = true
            let dropped = messages.filter { $0.value.message.value.hook == hook }.map(\.key).sorted()
            for number in dropped { finish(number) }
        case .secretRotated(let hook, let until):
            hooks[hook, default: Hook()].rotation += 1
            hooks[hook]?.previousUntil = until
        case .previousSecretExpired(let hook): hooks[hook, default: Hook()].previousUntil = nil
        }
    }

    private mutating func makeReady(_ number: Int) {
        guard messages[number] != nil, messages[number]?.place == nil else { return }
        lastPlace += 1
        messages[number]?.place = lastPlace
        ready[lastPlace] = number
    }

    private mutating func unready(_ number: Int) {
        guard let place = messages[number]?.place else { return }
        ready[place] = nil
        messages[number]?.place = nil
    }

    private mutating func finish(_ number: Int) {
        unready(number)
        guard let message = messages.removeValue(forKey: number)?.message, message.value.kind != .test else { return }
        done[number] = message
        doneOrder.append(number)
        guard doneOrder.count > doneLimit, let oldest = doneOrder[doneOrder.start] else { return }
        done[oldest] = nil
        doneOrder.removeFirst()
    }

    private mutating func keepTest(_ number: Int, _ result: WebhookResult) {
        tests[number] = result
        testOrder.append(number)
        guard testOrder.count > testLimit, let oldest = testOrder[testOrder.start] else { return }
        tests[oldest] = nil
        testOrder.removeFirst()
    }
}

package enum WebhookEvent: Equatable, Sendable {
    /// A message stands in the outbox; it is to be sent at once, or when its time comes.
    case queued(Boxed<WebhookMessage>, isDue: Bool)
    case due(Int)
    case attempted(Int, WebhookResult)
    /// Received, or given up.
    case left(Int)
    /// The outbox was full.
    case lost(ObjectID)
    case switchedOff(ObjectID)
    case secretRotated(ObjectID, until: Instant)
    case previousSecretExpired(ObjectID)
}
