import Payments

/// `from` and `through` while they are read.
private struct Ends<Bound: Comparable & Sendable>: Sendable {
    var from: Bound?
    var through: Bound?
    var fromPlace: Place?
}

/// Numbers that have a smallest and a largest one, for ranges with an open end.
protocol BoundedNumber: Comparable, Sendable, CustomStringConvertible {
    static var min: Self { get }
    static var max: Self { get }
}

extension Int: BoundedNumber {}
extension Int64: BoundedNumber {}

extension Reader {
    /// `{ from: A, through: B }`, both inclusive; an end that is left out is open.
    static func range<Bound: BoundedNumber>(
        of bound: Reader<Bound>, within limits: ClosedRange<Bound> = Bound.min...Bound.max
    ) -> Reader where Value == ClosedRange<Bound> {
        let section = Section<Ends<Bound>>(
            "a range",
            [
                Field("from", bound, "the smallest value; open when left out") { value, member, ends, _ in
                    ends.from = value
                    ends.fromPlace = member.value.place
                },
                Field("through", \.through, bound, "the largest value; open when left out"),
            ])
        return section.reader({ _ in Ends<Bound>() }) { ends, node, reading in
            guard ends.from != nil || ends.through != nil else {
                return reading.error(at: node.place, "a range needs 'from', 'through' or both")
            }
            let from = ends.from ?? limits.lowerBound
            let through = ends.through ?? limits.upperBound
            guard from <= through else {
                return reading.error(
                    at: ends.fromPlace ?? node.place, "the range is the wrong way round: 'from' is more than 'through'",
                    suggestion: "swap 'from' and 'through'")
            }
            return from...through
        }
    }

    /// One value, or a range.
    static func valueOrRange<Bound: BoundedNumber>(
        of bound: Reader<Bound>, within limits: ClosedRange<Bound> = Bound.min...Bound.max
    ) -> Reader where Value == ClosedRange<Bound> {
        let range = Reader<ClosedRange<Bound>>.range(of: bound, within: limits)
        return Reader(.either([bound.shape, range.shape])) { node, reading in
            guard case .scalar = node.content else { return range.read(node, reading) }
            return bound.read(node, reading).map { $0...$0 }
        }
    }
}
