import JSON
import Payments
import Processor
import ServiceKit

/// Instants, ranges and amounts as they are told.
enum MomentDocument {
    static func pairs(_ instant: Instant, in zone: TimeZoneRule) -> [(String, JSONValue)] {
        [
            ("time", .string(InstantText.utc(instant))), ("localTime", .string(InstantText.local(instant, in: zone))),
        ]
    }

    static func json(_ instant: Instant, in zone: TimeZoneRule) -> JSONValue {
        JSONValue(pairs: pairs(instant, in: zone))
    }

    static func json(_ instant: Instant?, in zone: TimeZoneRule) -> JSONValue {
        instant.map { json($0, in: zone) } ?? .null
    }
}

enum RangeDocument {
    static func json(_ range: ClosedRange<Int>) -> JSONValue {
        ["from": JSONValue(range.lowerBound), "to": JSONValue(range.upperBound)]
    }

    static func json(_ range: ClosedRange<Int>?) -> JSONValue { range.map { json($0) } ?? .null }
}

enum MoneyDocument {
    static func json(_ money: Money) -> JSONValue {
        ["amount": .string(money.decimalText), "currency": .string(money.currency.code)]
    }
}

/// A world's clock as it is told.
enum ClockDocument {
    static func pairs(_ view: WorldHandle.View) -> [(String, JSONValue)] {
        let clock = view.world.books.clock
        let zone = view.world.behavior.clock.zone
        return [("mode", .string(name(clock.mode))), ("factor", factor(clock.mode))]
            + MomentDocument.pairs(view.now, in: zone) + [
                ("zone", .string(zone.rawValue)),
                ("nextSettlement", MomentDocument.json(view.world.nextSettlement(after: view.now), in: zone)),
            ]
    }

    private static func name(_ mode: ClockSettings.Mode) -> String {
        switch mode {
        case .real: "real"
        case .frozen: "frozen"
        case .scaled: "faster"
        }
    }

    private static func factor(_ mode: ClockSettings.Mode) -> JSONValue {
        switch mode {
        case .real, .frozen: .null
        case .scaled(let perMille): .number(Schema.decimal(UInt64(clamping: perMille)))
        }
    }
}
