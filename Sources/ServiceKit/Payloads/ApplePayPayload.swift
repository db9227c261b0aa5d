import Cryptography
import Payments
package import Processor

/// `devicedata` of Apple Pay (reference §7.3): the encrypted data first, then labelled parts in any order:
/// `<data>&ectype=apple&ecsig=…&eckey=…&ectid=…`, and `&echash=…&ecpublickeyhash=…` where the telephone has them.
package enum ApplePayPayload {
    package static func read(_ text: String) throws(TokenizerInputFault) -> DevicePayload {
        guard !text.isEmpty else { throw TokenizerInputFault(.empty) }
        var parts = text.split(separator: "&", omittingEmptySubsequences: false)
        let data = parts.removeFirst()
        var labelled: [String: Substring] = [:]
        for part in parts {
            // Base 64 may end in `=`: only the first one parts label and value.
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2, let label = pair.first { labelled[String(label)] = pair[1] }
        }
        // The data has no label; one that has one does not stand first.
        guard !data.isEmpty, !labels.contains(where: { data.hasPrefix($0 + "=") }) else {
            throw TokenizerInputFault(.missingParameter)
        }
        guard let type = labelled["ectype"] else { throw TokenizerInputFault(.missingParameter) }
        guard type == "apple" else { throw TokenizerInputFault(.badCurveType) }
        for label in ["ecsig", "eckey", "ectid"] where labelled[label, default: ""].isEmpty {
            throw TokenizerInputFault(.missingParameter)
        }
        // The hash of the application's data goes with that of the key; it may be empty, but not left out.
        if labelled["ecpublickeyhash"] != nil, labelled["echash"] == nil {
            throw TokenizerInputFault(.missingParameter)
        }
        for value in [data, labelled["eckey", default: ""]] where Base64.decode(value.utf8) == nil {
            throw TokenizerInputFault(.badBase64)
        }
        guard let signature = Base64.decode(labelled["ecsig", default: ""].utf8) else {
            throw TokenizerInputFault(.badBase64)
        }
        return DevicePayload(
            handler: .applePay, text: AccountText(text), signedAt: SigningTime.instant(in: signature))
    }

    private static let labels = ["ectype", "ecsig", "eckey", "ectid", "echash", "ecpublickeyhash"]
}

/// The attribute signingTime of a signature (CMS, RFC 5652 §11.3): the only thing in a payload that tells its age.
enum SigningTime {
    /// Object identifier 1.2.840.113549.1.9.5, then a set of one UTCTime of thirteen characters.
    private static let marker: [UInt8] = [
        0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05, 0x31, 0x0F, 0x17, 0x0D,
    ]

    /// Nil when the signature has none.
    static func instant(in signature: [UInt8]) -> Instant? {
        let length = marker.count + 13
        guard signature.count >= length else { return nil }
        for start in 0...(signature.count - length)
        where signature[start] == marker[0] && signature[start..<(start + marker.count)].elementsEqual(marker) {
            return instant(signature[(start + marker.count)..<(start + length)])
        }
        return nil
    }

    /// `YYMMDDHHMMSSZ`.
    private static func instant(_ text: ArraySlice<UInt8>) -> Instant? {
        guard text.last == UInt8(ascii: "Z"), text.dropLast().allSatisfy(Digits.isDigit) else { return nil }
        let digits = text.dropLast().map { Int($0 - UInt8(ascii: "0")) }
        let pairs = stride(from: 0, to: 12, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        guard (1...12).contains(pairs[1]), (1...31).contains(pairs[2]), pairs[3] < 24, pairs[4] < 60, pairs[5] < 60
        else { return nil }
        return CivilTime(
            year: 2000 + pairs[0], month: pairs[1], day: pairs[2], hour: pairs[3], minute: pairs[4], second: pairs[5]
        ).instant
    }
}
