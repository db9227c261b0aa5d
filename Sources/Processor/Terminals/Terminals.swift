import HashTreeCollections
package import Payments

/// The state of all terminals: sessions, screens, and what they are busy with.
package struct Terminals: Equatable, Sendable {
    /// What is kept of one device.
    package struct Device: Hashable, Sendable {
        package internal(set) var session: TerminalSession?
        package internal(set) var pairing: TerminalPairing?
        /// The request that it is busy with.
        package internal(set) var request: TerminalRequestID?
        /// It takes no new request before.
        package internal(set) var busyUntil: Instant?
        package internal(set) var shown = ""
        /// Changed by somebody who runs a test.
        package internal(set) var condition: TerminalCondition?
        /// The local time it was set to, as text.
        package internal(set) var time: String?
        package internal(set) var sessionCount = 0
        /// How often each entry of the script has happened.
        package internal(set) var scriptUses: [Int: Int] = [:]
    }

    private let resultLimit: Int

    private var devices: TreeDictionary<TerminalKey, Boxed<Device>> = [:]
    private var requests: TreeDictionary<TerminalRequestID, Boxed<TerminalRequest>> = [:]
    private var results: TreeDictionary<TerminalRequestID, Boxed<TerminalResult>> = [:]
    private var resultOrder = PersistentArray<TerminalRequestID>()
    private var delivered: TreeDictionary<TerminalKey, Boxed<Terminal>> = [:]
    /// Of each merchant, in the order in which they came.
    private var deliveredTo: TreeDictionary<MerchantKey, PersistentArray<TerminalKey>> = [:]
    package private(set) var nextRequest = TerminalRequestID(1)

    /// - Parameter results: so many are kept; the oldest are forgotten first.
    package init(results: Int) { resultLimit = results }

    package subscript(key: TerminalKey) -> Device { devices[key]?.value ?? Device() }

    /// A request that is not over.
    package func request(_ id: TerminalRequestID) -> TerminalRequest? { requests[id]?.value }

    /// How a request ended; nil while it is not over, and when it was forgotten.
    package func result(_ id: TerminalRequestID) -> TerminalResult? { results[id]?.value }

    /// How many requests wait for their cardholders.
    package var waitingCount: Int { requests.count }

    /// A terminal that came to be while the world ran.
    package func delivered(_ key: TerminalKey) -> Terminal? { delivered[key]?.value }

    package var deliveredCount: Int { delivered.count }

    package var allDelivered: [TerminalKey] { delivered.keys.sorted { $0.description < $1.description } }

    /// In the order in which they came.
    package func delivered(to merchant: MerchantKey) -> [Terminal] {
        (deliveredTo[merchant]?.all ?? []).compactMap { delivered[$0]?.value }
    }

    mutating func apply(_ event: TerminalEvent) {
        switch event {
        case .sessionBegan(let key, let session):
            change(key) { device in
                device.session = session
                device.pairing = nil
                device.sessionCount += 1
            }
        case .sessionUsed(let key, let until): change(key) { $0.session?.expiresAt = until }
        case .sessionEnded(let key): change(key) { $0.session = nil }
        case .pairingShown(let key, let pairing): change(key) { $0.pairing = pairing }
        case .displayed(let key, let text): change(key) { $0.shown = text }
        case .conditionChanged(let key, let condition): change(key) { $0.condition = condition }
        case .timeSet(let key, let text): change(key) { $0.time = text }
        case .asked(let request):
            requests[request.value.id] = request
            nextRequest = TerminalRequestID(max(nextRequest.number, request.value.id.number + 1))
            change(request.value.terminal) { $0.request = request.value.id }
        case .moved(let request): requests[request.value.id] = request
        case .acted(let key, let entry): change(key) { $0.scriptUses[entry, default: 0] += 1 }
        case .ended(let key, let result, let busyUntil): end(key, result, busyUntil)
        case .delivered(let terminal):
            let owner = MerchantKey(scope: terminal.value.scope, id: terminal.value.merchant)
            if delivered.updateValue(terminal, forKey: terminal.value.key) == nil {
                deliveredTo[owner, default: PersistentArray()].append(terminal.value.key)
            }
        }
    }

    private mutating func end(_ key: TerminalKey, _ result: Boxed<TerminalResult>, _ busyUntil: Instant?) {
        let id = result.value.request
        requests[id] = nil
        nextRequest = TerminalRequestID(max(nextRequest.number, id.number + 1))
        results[id] = result
        resultOrder.append(id)
        if resultOrder.count > resultLimit, let oldest = resultOrder[resultOrder.start] {
            results[oldest] = nil
            resultOrder.removeFirst()
        }
        change(key) { device in
            if device.request == id { device.request = nil }
            device.busyUntil = busyUntil
        }
    }

    private mutating func change(_ key: TerminalKey, _ change: (inout Device) -> Void) {
        var device = self[key]
        change(&device)
        devices[key] = Boxed(device)
    }
}

/// A client's hold on a terminal.
package struct TerminalSession: Hashable, Sendable {
    package let key: TerminalSessionKey
    package let merchant: MerchantKey
    package internal(set) var expiresAt: Instant

    package init(key: TerminalSessionKey, merchant: MerchantKey, expiresAt: Instant) {
        self.key = key
        self.merchant = merchant
        self.expiresAt = expiresAt
    }
}

/// Six digits on the screen, to be typed into the till.
package struct TerminalPairing: Hashable, Sendable {
    package let code: String
    package let until: Instant

    package init(code: String, until: Instant) {
        self.code = code
        self.until = until
    }
}

/// What can happen at terminals.
package enum TerminalEvent: Equatable, Sendable {
    case sessionBegan(TerminalKey, TerminalSession)
    case sessionUsed(TerminalKey, until: Instant)
    case sessionEnded(TerminalKey)
    case pairingShown(TerminalKey, TerminalPairing)
    case displayed(TerminalKey, String)
    case timeSet(TerminalKey, String)
    /// A request waits for its cardholder.
    case asked(Boxed<TerminalRequest>)
    /// It has come further.
    case moved(Boxed<TerminalRequest>)
    /// An entry of the script, counted from zero, has happened.
    case acted(TerminalKey, entry: Int)
    /// A request is over.
    case ended(TerminalKey, Boxed<TerminalResult>, busyUntil: Instant?)
    /// Somebody who runs a test changed the device.
    case conditionChanged(TerminalKey, TerminalCondition)
    /// A merchant has got a terminal.
    case delivered(Boxed<Terminal>)
}
