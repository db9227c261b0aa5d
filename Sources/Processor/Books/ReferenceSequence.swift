package import Payments

/// Makes retrieval reference numbers of the form `DDD NNN K SSSSS`: day of the year, counter, node, second of the day.
///
/// Unique per merchant within a year: a second has nine nodes of a thousand numbers; a burst beyond that borrows from
/// the next second. Source: reference of the gateway, §16 (decoded from recordings).
package struct ReferenceSequence: Hashable, Sendable {
    /// Seconds since 1970 on the gateway's own calendar.
    private var slot: Int64 = .min
    private var usedInSlot = 0
    /// The slot of the first number.
    private var firstSlot: Int64 = .min
    /// How many numbers were drawn, from where the merchant's numbering starts.
    package private(set) var counter: Int
    /// The newest number may have been given before: the clock was set back since the first, or a year has gone by.
    private(set) var mayRepeat = false

    private static let numbersPerNode = 1000
    private static let nodes = 9
    /// How far a burst may run ahead of the clock before a jump of the clock is assumed.
    private static let longestLead: Int64 = 3600
    /// A day less than the shortest year.
    private static let longestUnique: Int64 = 364 * 86_400

    package init(firstCounter: Int) { counter = firstCounter }

    /// The next number and the sequence after it.
    package func next(at civil: CivilTime) -> (number: RetrievalReferenceNumber, after: ReferenceSequence) {
        let clock = Int64(civil.daysSince1970) * 86_400 + Int64(civil.secondOfDay)
        var after = self
        if slot < clock || slot - clock > Self.longestLead {
            after.slot = clock
            after.usedInSlot = 0
        } else if usedInSlot == Self.nodes * Self.numbersPerNode {
            after.slot += 1
            after.usedInSlot = 0
        }
        if slot == .min { after.firstSlot = after.slot }
        after.mayRepeat = mayRepeat || after.slot < slot || after.slot - after.firstSlot >= Self.longestUnique
        let node = 1 + after.usedInSlot / Self.numbersPerNode
        // The usual case apart: the calendar is known already.
        let (day, second) =
            after.slot == clock ? (civil.dayOfYear, civil.secondOfDay) : Self.dayAndSecond(of: after.slot)
        let number = ((day * 1000 + counter % Self.numbersPerNode) * 10 + node) * 100_000 + second
        after.usedInSlot += 1
        after.counter += 1
        return (RetrievalReferenceNumber(PaddedDigits.text(UInt64(number), width: 12)), after)
    }

    /// Day of the year and second of the day.
    private static func dayAndSecond(of slot: Int64) -> (day: Int, second: Int) {
        let days = slot.floorDivided(by: 86_400)
        return (CivilTime(daysSince1970: Int(days)).dayOfYear, Int(slot - days * 86_400))
    }
}
