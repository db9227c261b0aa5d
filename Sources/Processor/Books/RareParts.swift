/// What few values of a kind have: it lies elsewhere in memory, and nowhere while it is as it was at the beginning.
protocol RareParts: Hashable, Sendable {
    init()
}

extension Optional {
    mutating func change<Parts: RareParts>(_ change: (inout Parts) -> Void) where Wrapped == Boxed<Parts> {
        var changed = self?.value ?? Parts()
        change(&changed)
        self = changed == Parts() ? nil : Boxed(changed)
    }
}
