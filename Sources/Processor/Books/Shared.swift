/// A value behind a reference: copies share it until one of them changes, however many parts it has.
struct Shared<Value: Sendable>: Sendable {
    /// One element: what an array copies when it is changed, and when not, is just what is wanted here.
    private var elements: [Value]

    init(_ value: Value) { elements = [value] }

    var value: Value {
        _read { yield elements[0] }
        _modify { yield &elements[0] }
    }
}

extension Shared: Equatable where Value: Equatable {}
