import Cryptography
import Payments
import Processor
import ServiceKit

extension TokenizerInputFault {
    static let notDecimal = Self(.notDecimal)
    static let badVerification = Self(.badVerification)
}

/// What a client wants tokenized, in the words of the wire (reference §2.1, §7).
struct TokenizerEntry {
    var account: String?
    var deviceData: String?
    var handler: String?

    /// What the command is about: decrypted where that is possible.
    func input(_ call: TokenizerCall) throws(TokenizerInputFault) -> TokenizerInput {
        guard account != nil || deviceData != nil else { throw TokenizerInputFault(.missingParameter) }
        switch handler {
        case nil, "": return try plain(call)
        case "RSA": return try decrypted(call)
        case "EC_APPLE_PAY", "EX_APPLE_PAY": return .device(try ApplePayPayload.read(wallet))
        case "EC_GOOGLE_PAY", "EX_GOOGLE_PAY":
            return .device(try GooglePayPayload.read(wallet, now: call.request.world.now))
        case .some: throw TokenizerInputFault(.unknownAlgorithm)
        }
    }

    /// An account in clear comes before reader data, unless it is empty.
    private func plain(_ call: TokenizerCall) throws(TokenizerInputFault) -> TokenizerInput {
        if let account, !account.isEmpty || deviceData == nil { return .account(AccountText(account)) }
        return .device(try ReaderPayload.read(deviceData ?? ""))
    }

    /// Wallets send `devicedata`; some clients put it into `account`.
    private var wallet: String { deviceData ?? account ?? "" }

    private func decrypted(_ call: TokenizerCall) throws(TokenizerInputFault) -> TokenizerInput {
        guard let account else { throw TokenizerInputFault(.missingParameter) }
        guard !account.isEmpty else { throw TokenizerInputFault(.empty) }
        guard let key = call.key else { throw TokenizerInputFault(.noKey) }
        // Line breaks come from encoders that wrap.
        let compact = account.filter { !$0.isWhitespace }
        guard let block = Base64.decode(compact) else { throw TokenizerInputFault(.badBase64) }
        if block.count == key.blockBytes, let text = key.open(block) { return .decrypted(AccountText(text)) }
        // Blocks for the real service's keys are as long as those keys, which need not be as long as this one.
        let isOpaque = call.behavior.tokenizer.undecryptable == .opaque && Self.keyBytes.contains(block.count)
        guard isOpaque || block.count == key.blockBytes else { throw TokenizerInputFault(.wrongCipherLength) }
        return .opaque(AccountText(compact))
    }

    /// 1024, 2048, 3072 and 4096 bits.
    private static let keyBytes: Set = [128, 256, 384, 512]
}
