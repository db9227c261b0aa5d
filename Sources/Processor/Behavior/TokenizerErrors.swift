/// Why the tokenizer refuses, as a mechanism; which code that is, the scenario says.
package enum TokenizerFault: String, Hashable, Sendable, CaseIterable {
    /// About an account in clear.
    case empty, notDecimal, tooLong, tooShort, checkDigit, malformedToken, unknownToken, unpublishedNumber
    /// About expiry and verification value, where the scenario does not ignore bad ones.
    case badVerification
    /// About the request as a whole.
    case missingParameter, unreadableJSON, unknownAlgorithm, unknownAction, messageTooLong, serverFailed
    /// About encrypted accounts.
    case badBase64, wrongCipherLength, undecryptable, decryptedLength, noKey
    /// About reader data.
    case unreadableSwipe, badTagData, emptyTagData
    /// About wallets.
    case badCurveType, unsupportedVersion, expiredSignature, staleWallet
    /// About giving numbers back.
    case unauthorizedHost, unauthorizedDecrypt, irreversible, purged, unknownSite
}

/// What went wrong: a fault of the request, or a code that a rule or table prescribes.
package enum TokenizerError: Error, Hashable, Sendable {
    case fault(TokenizerFault)
    case code(Int)
}

/// The codes of the tokenizer with their texts, and which of them each fault is.
package struct TokenizerErrors: Sendable {
    package struct Row: Hashable, Sendable {
        package var code: Int
        package var text: String
        /// The wording of the legacy interface, where it differs.
        package var legacyText: String?
        /// The HTTP status of the JSON interface.
        package var status: Int
        package var source: SourceLine?

        package init(code: Int, text: String, legacyText: String? = nil, status: Int, source: SourceLine? = nil) {
            self.code = code
            self.text = text
            self.legacyText = legacyText
            self.status = status
            self.source = source
        }
    }

    private let rows: [Int: Row]
    package let faults: [TokenizerFault: Fault]
    /// In the order of the table.
    package let codes: [Int]

    /// The code of a fault, and a text that says more than that of the code.
    package struct Fault: Hashable, Sendable, ExpressibleByIntegerLiteral {
        package var code: Int
        package var text: String?

        package init(code: Int, text: String? = nil) {
            self.code = code
            self.text = text
        }

        package init(integerLiteral code: Int) { self.init(code: code) }
    }

    package init(_ rows: [Row] = [], faults: [TokenizerFault: Fault] = [:]) {
        self.rows = Dictionary(rows.map { ($0.code, $0) }, uniquingKeysWith: { _, later in later })
        codes = rows.map(\.code).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        self.faults = faults
    }

    package subscript(code: Int) -> Row? { rows[code] }

    /// The text of success.
    package var success: String { rows[0]?.text ?? "" }

    /// What to answer; where the scenario has no such code, an answer that says so.
    package func row(for error: TokenizerError) -> Row {
        switch error {
        case .code(let code): rows[code] ?? missing("\(code)")
        case .fault(let fault):
            faults[fault].flatMap { known in rows[known.code].map { worded($0, known.text) } }
                ?? missing(fault.rawValue)
        }
    }

    private func worded(_ row: Row, _ text: String?) -> Row {
        guard let text else { return row }
        var row = row
        row.text = text
        row.legacyText = nil
        return row
    }

    private func missing(_ what: String) -> Row {
        Row(code: -1, text: "the scenario has no tokenizer error for \(what)", status: 400)
    }
}
