import Payments

/// The name that a gateway gives to what it keeps: a transaction, a user, a plan.
package struct ObjectID: TextIdentifier, Comparable {
    package let text: String
    package init(_ text: String) { self.text = text }

    package static func < (a: ObjectID, b: ObjectID) -> Bool { a.text < b.text }
}

/// Makes object ids of 20 characters that sort by the second in which they came to be: four bytes of time, five that
/// belong to the world and the account, three of the account's counter, in base 32 with the digits first.
///
/// Other accounts' traffic does not change them. Source: reference of Fluid Pay, §2.4 (xid).
package struct ObjectIDMint: Sendable {
    private let account: ObjectID
    private let node: UInt64
    private let seconds: UInt64
    private let first: Int
    private var counter: Int

    init(_ account: ObjectID, in context: DecisionContext) {
        self.account = account
        node = SeededDraw.mixed(Self.hash(account) ^ SeededDraw.mixed(context.seed))
        seconds = UInt64(clamping: context.now.seconds) & 0xFFFF_FFFF
        first = context.books.objectCount(of: account)
        counter = first
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ account: ObjectID) -> UInt64 {
        account.text.withBytes { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            return hash
        }
    }

    package mutating func next() -> ObjectID {
        counter += 1
        // Starts anywhere, as the counters of real programs do.
        let number = (node >> 40 &+ UInt64(counter)) & 0xFF_FFFF
        let low = (node & 0xFFFF_FFFF) << 24 | number
        let high = seconds << 8 | (node >> 32 & 0xFF)
        return ObjectID(Self.text(high: high, low: low))
    }

    /// What keeps these ids from being given again; goes before the events that use them.
    package var events: [Event] {
        counter == first ? [] : [.gateway(.numbered(account, objects: counter))]
    }

    /// 96 bits: 40 of `high`, 56 of `low`.
    private static func text(high: UInt64, low: UInt64) -> String { text(UInt128(high) << 56 | UInt128(low)) }

    fileprivate static func text(_ bits: UInt128) -> String {
        var bits = bits << 4
        return String(unsafeUninitializedCapacity: 20) { bytes in
            for place in (0..<20).reversed() {
                bytes[place] = digits.utf8Start[Int(bits & 31)]
                bits >>= 5
            }
            return 20
        }
    }

    /// What ``text(_:)`` makes this text of; nil for a text of another form.
    fileprivate static func bits(of text: String) -> UInt128? {
        text.withBytes { bytes in
            guard bytes.count == 20 else { return nil }
            var bits: UInt128 = 0
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): bits = bits << 5 | UInt128(byte &- UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "v"): bits = bits << 5 | UInt128(byte &- UInt8(ascii: "a") &+ 10)
                default: return nil
                }
            }
            return bits & 15 == 0 ? bits >> 4 : nil
        }
    }

    private static let digits: StaticString = "0123456789abcdefghijklmnopqrstuv"
}

/// An object id as it is kept with each payment: those that a mint has made need no memory of their own.
enum KeptObjectID: Hashable, Sendable {
    /// The upper 64 of 96 bits, and the lower 32.
    case minted(UInt64, UInt32)
    case other(ObjectID)

    init(_ id: ObjectID) {
        guard let bits = ObjectIDMint.bits(of: id.text) else {
            self = .other(id)
            return
        }
        self = .minted(UInt64(truncatingIfNeeded: bits >> 32), UInt32(truncatingIfNeeded: bits))
    }

    var id: ObjectID {
        switch self {
        case .minted(let upper, let lower): ObjectID(ObjectIDMint.text(UInt128(upper) << 32 | UInt128(lower)))
        case .other(let id): id
        }
    }
}

extension DecisionContext {
    /// A source of new object ids for an account.
    package func mint(_ account: ObjectID) -> ObjectIDMint { ObjectIDMint(account, in: self) }

    /// The same moment with more events in the books: for commands that do several things one after the other.
    package func following(_ events: [Event]) -> DecisionContext {
        var books = books
        books.apply(events)
        return DecisionContext(behavior: behavior, books: books, now: now, seed: seed, ruleObserver: ruleObserver)
    }
}
