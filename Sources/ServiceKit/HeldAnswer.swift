package import Payments

/// An answer that nobody knows yet: it depends on what happens in the world in the meantime.
package struct HeldAnswer: Sendable {
    /// Names what is waited for, so that whoever brings it about can say so.
    package struct Key: Hashable, Sendable {
        private let world: ObjectIdentifier
        private let number: Int

        package init(_ world: WorldHandle, _ number: Int) {
            self.world = ObjectIdentifier(world)
            self.number = number
        }
    }

    /// World time at which to look again, unless something comes before.
    package let due: Instant
    package let key: Key
    /// Whether looking again would give an answer; cheap, and changes nothing.
    package let isOver: @Sendable () -> Bool
    /// Looks again: an answer, or one that is still held.
    package let look: @Sendable () -> ServiceAnswer

    package init(
        due: Instant, key: Key, isOver: @escaping @Sendable () -> Bool, look: @escaping @Sendable () -> ServiceAnswer
    ) {
        self.due = due
        self.key = key
        self.isOver = isOver
        self.look = look
    }
}
