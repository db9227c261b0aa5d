/// What a magnetic stripe says in clear: track 1 in format B, or track 2 (ISO/IEC 7813 §6, §7).
///
/// The sentinels may be missing, as some readers strip them; both tracks may stand one behind the other.
package struct MagneticStripe: Hashable, Sendable {
    package enum Fault: Error, Hashable, Sendable {
        /// Nothing looks like a track.
        case noTrack
        /// The account number is no number of 1 to 19 digits.
        case number
        /// The name is too short or too long, or not ended.
        case name
        /// Neither four digits that are a month of a year, nor left out.
        case expiry
        /// Neither three digits nor left out.
        case serviceCode
        /// Something stands behind the end, or the end sentinel stands alone in a track that had a start.
        case end
        /// Two tracks of different cards.
        case disagreement
    }

    package let number: PrimaryAccountNumber
    package let expiry: CardExpiry?
    package let serviceCode: ServiceCode?

    package init(_ text: AccountText) throws(Fault) {
        let parts = text.withClearText { Self.tracks(in: $0) }
        guard let first = parts.first else { throw .noTrack }
        let track = try TrackReader.read(first)
        for other in parts.dropFirst() where try TrackReader.read(other) != track { throw .disagreement }
        (number, expiry, serviceCode) = (track.number, track.expiry, track.serviceCode)
    }

    /// The text is a stripe in clear, be it well formed or not: it has the start of a track.
    package static func isClear(_ text: AccountText) -> Bool {
        text.withClearText { text in
            let bytes = text.utf8
            guard let first = bytes.first else { return false }
            if first == UInt8(ascii: ";") { return true }
            if text.hasPrefix("%B") || text.hasPrefix("%b") { return true }
            let body = first == UInt8(ascii: "B") || first == UInt8(ascii: "b") ? bytes.dropFirst() : bytes[...]
            let digits = body.prefix { Digits.isDigit($0) }.count
            guard (12...19).contains(digits), let separator = body.dropFirst(digits).first else { return false }
            return separator == UInt8(ascii: body.count < bytes.count ? "^" : "=")
        }
    }

    /// Track 1 ends at its `?`; what follows is track 2.
    private static func tracks(in text: String) -> [Substring] {
        guard text.first == "%", let end = text.firstIndex(of: "?"),
            let next = text[end...].firstIndex(of: ";")
        else { return text.isEmpty ? [] : [text[...]] }
        return [text[..<next], text[next...]]
    }
}

/// The three digits of a stripe that say where and how a card may be used (ISO/IEC 7813 §7.2.6).
package struct ServiceCode: TextIdentifier {
    package let text: String
    package init(_ text: String) { self.text = text }

    /// The card has a chip, which is to be used where possible.
    package var hasChip: Bool { text.utf8.first == UInt8(ascii: "2") || text.utf8.first == UInt8(ascii: "6") }
}

/// Takes one track apart.
private struct TrackReader: Equatable {
    var number: PrimaryAccountNumber
    var expiry: CardExpiry?
    var serviceCode: ServiceCode?

    static func read(_ text: Substring) throws(MagneticStripe.Fault) -> TrackReader {
        var rest = text
        let isFirst = rest.first == "%" || rest.first == "B" || rest.first == "b"
        let hasSentinel = rest.first == "%" || rest.first == ";"
        if hasSentinel { rest.removeFirst() }
        if isFirst {
            guard rest.first == "B" || rest.first == "b" else { throw .noTrack }
            rest.removeFirst()
        }
        rest = try withoutEnd(rest, hasSentinel: hasSentinel)
        let separator: Character = isFirst ? "^" : "="
        guard let number = PrimaryAccountNumber(try field(&rest, until: separator, else: .number)) else {
            throw .number
        }
        if isFirst {
            guard (2...26).contains(try field(&rest, until: separator, else: .name).count) else { throw .name }
        }
        let expiry = try expiry(&rest, separator)
        return TrackReader(number: number, expiry: expiry, serviceCode: try serviceCode(&rest, separator))
    }

    /// What stands before the end sentinel; one character of check (LRC) may follow it.
    private static func withoutEnd(
        _ text: Substring, hasSentinel: Bool
    ) throws(MagneticStripe.Fault) -> Substring {
        guard let end = text.firstIndex(of: "?") else {
            if hasSentinel { throw .end }
            return text
        }
        guard text[text.index(after: end)...].count <= 1 else { throw .end }
        return text[..<end]
    }

    private static func field(
        _ rest: inout Substring, until separator: Character, else fault: MagneticStripe.Fault
    ) throws(MagneticStripe.Fault) -> Substring {
        guard let end = rest.firstIndex(of: separator) else { throw fault }
        let field = rest[..<end]
        rest = rest[rest.index(after: end)...]
        return field
    }

    /// `YYMM`; a separator in its place says that there is none.
    private static func expiry(
        _ rest: inout Substring, _ separator: Character
    ) throws(MagneticStripe.Fault) -> CardExpiry? {
        if rest.first == separator {
            rest.removeFirst()
            return nil
        }
        let digits = rest.prefix(4)
        guard digits.utf8.count == 4, Digits.areAll(digits),
            let expiry = CardExpiry(String(digits.suffix(2) + digits.prefix(2)))
        else { throw .expiry }
        rest = rest.dropFirst(4)
        return expiry
    }

    private static func serviceCode(
        _ rest: inout Substring, _ separator: Character
    ) throws(MagneticStripe.Fault) -> ServiceCode? {
        if rest.isEmpty { return nil }
        if rest.first == separator { return nil }
        let digits = rest.prefix(3)
        guard digits.utf8.count == 3, Digits.areAll(digits) else { throw .serviceCode }
        return ServiceCode(String(digits))
    }
}
