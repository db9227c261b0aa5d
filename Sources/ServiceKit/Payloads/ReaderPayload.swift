import Payments
package import Processor

/// `devicedata` of a card reader (reference §7.2): opaque, but for two things that can be told from outside.
package enum ReaderPayload {
    package static func read(_ text: String) throws(TokenizerInputFault) -> DevicePayload {
        let trimmed = text.filter { !$0.isWhitespace || $0 == " " }
        guard trimmed.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { throw TokenizerInputFault(.empty) }
        if trimmed.uppercased().hasPrefix(tagStart) { try checkTags(trimmed.dropFirst(tagStart.utf8.count)) }
        return DevicePayload(handler: .reader, text: AccountText(trimmed))
    }

    /// The tag with which chip data of IDTECH readers begins; a length and a value follow.
    private static let tagStart = "DFEE25"

    private static func checkTags(_ rest: Substring) throws(TokenizerInputFault) {
        guard rest.utf8.allSatisfy(isHexadecimal) else { throw TokenizerInputFault(.badTagData) }
        if rest.isEmpty || rest == "00" { throw TokenizerInputFault(.emptyTagData) }
        if !rest.utf8.count.isMultiple(of: 2) { throw TokenizerInputFault(.badTagData) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        Digits.isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte & 0xDF)
    }
}
