/// Which stretches of the text at one place have to be looked up.
///
/// Keys are hashes. Two texts with the same key cost a needless look at a rule and nothing else: what the index finds
/// is always matched in full.
struct TextPlan: Sendable {
    let place: TextPlace
    private let seed: UInt64
    private var asksPresence = false
    private var asksAbsence = false
    /// The length of the longest whole text, in bytes; nil when there is none.
    private var longestWhole: Int?
    /// In bytes, ascending.
    private var headLengths: [Int] = []
    private var tailLengths: [Int] = []

    init(place: TextPlace) {
        self.place = place
        self.seed = Self.seed(of: place)
    }

    /// Takes note that something is filed under an anchor of this place.
    mutating func file(_ anchor: TextAnchor) {
        switch anchor {
        case .whole(let text): longestWhole = max(longestWhole ?? 0, text.utf8.count)
        case .head(let text): Self.insert(text.utf8.count, into: &headLengths)
        case .tail(let text): Self.insert(text.utf8.count, into: &tailLengths)
        }
    }

    mutating func filePresence() { asksPresence = true }
    mutating func fileAbsence() { asksAbsence = true }

    private static func insert(_ length: Int, into lengths: inout [Int]) {
        let place = lengths.firstIndex { $0 >= length } ?? lengths.count
        if place == lengths.count || lengths[place] != length { lengths.insert(length, at: place) }
    }

    /// Hands out every key under which something may be filed that fits the text.
    func forEachKey(of text: String?, _ body: (UInt64) -> Void) {
        guard let text else {
            if asksAbsence { body(Self.key(ofPresence: false, seed)) }
            return
        }
        forEachKey(head: text, tail: text, isWhole: true, body)
    }

    func forEachKey(head: String, tail: String, isWhole: Bool, _ body: (UInt64) -> Void) {
        if asksPresence { body(Self.key(ofPresence: true, seed)) }
        Self.forEachKey(head.utf8, lengths: headLengths, state: Self.start(seed, .head), body)
        Self.forEachKey(tail.utf8.reversed(), lengths: tailLengths, state: Self.start(seed, .tail), body)
        if isWhole, let longestWhole, head.utf8.count <= longestWhole {
            body(Self.absorb(head.utf8, into: Self.start(seed, .whole)))
        }
    }

    /// The absence of what a rule asks for is a key as well.
    func forKeyOfAbsence(_ body: (UInt64) -> Void) {
        if asksAbsence { body(Self.key(ofPresence: false, seed)) }
    }

    private static func forEachKey(
        _ bytes: some Sequence<UInt8>, lengths: [Int], state: UInt64, _ body: (UInt64) -> Void
    ) {
        guard !lengths.isEmpty else { return }
        var state = state
        var length = 0
        var next = 0
        if lengths[next] == 0 {
            body(state)
            next += 1
        }
        for byte in bytes {
            guard next < lengths.count else { return }
            state = absorb(byte, into: state)
            length += 1
            if lengths[next] == length {
                body(state)
                next += 1
            }
        }
    }
}

extension TextPlan {
    private enum Kind: UInt64 { case head = 1, tail, whole, present, absent }

    static func key(of anchor: TextAnchor, at place: TextPlace) -> UInt64 {
        let seed = seed(of: place)
        return switch anchor {
        case .whole(let text): absorb(text.utf8, into: start(seed, .whole))
        case .head(let text): absorb(text.utf8, into: start(seed, .head))
        case .tail(let text): absorb(text.utf8.reversed(), into: start(seed, .tail))
        }
    }

    static func key(ofPresence isPresent: Bool, at place: TextPlace) -> UInt64 {
        key(ofPresence: isPresent, seed(of: place))
    }

    private static func key(ofPresence isPresent: Bool, _ seed: UInt64) -> UInt64 {
        start(seed, isPresent ? .present : .absent)
    }

    private static func seed(of place: TextPlace) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(place)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    private static func start(_ seed: UInt64, _ kind: Kind) -> UInt64 { SeededDraw.mixed(seed &+ kind.rawValue) }

    private static func absorb(_ bytes: some Sequence<UInt8>, into state: UInt64) -> UInt64 {
        bytes.reduce(state) { absorb($1, into: $0) }
    }

    /// One step of FNV-1a with 64 bits.
    private static func absorb(_ byte: UInt8, into state: UInt64) -> UInt64 {
        (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}
