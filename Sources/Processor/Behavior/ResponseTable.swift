package import Payments

/// All response codes of all processors.
package struct ResponseTable: Sendable {
    package struct Row: Sendable {
        package let response: ResponseCode
        package let source: SourceLine?

        package init(response: ResponseCode, source: SourceLine?) {
            self.response = response
            self.source = source
        }
    }

    private struct Key: Hashable {
        let processor: ProcessorName
        let code: String
    }

    package let rows: [Row]
    private let index: [Key: Int]

    /// Of two rows with the same processor and code, the later one counts.
    package init(_ rows: [Row]) {
        self.rows = rows
        var index: [Key: Int] = [:]
        index.reserveCapacity(rows.count)
        for (position, row) in rows.enumerated() {
            index[Key(processor: row.response.processor, code: row.response.code)] = position
        }
        self.index = index
    }

    package subscript(processor: ProcessorName, code: String) -> Row? {
        index[Key(processor: processor, code: code)].map { rows[$0] }
    }
}

/// Why a gateway itself says no. Which code of its own table that becomes is the scenario's business.
package enum Refusal: String, Hashable, Sendable, CaseIterable {
    case invalidCard, badCheckDigit, nonNumericCVV, nonNumericExpiry, invalidPostalCode, wrongCurrency, unknownCardType
    case invalidField, missingField, cvvRequired, avsMismatch, cvvMismatch, creditNotAllowed, achNotSupported
    case profileNotFound, merchantDisabled, unknownMerchant, invalidToken, invalidAmount, invalidOrder
    case transactionNotFound, transactionBatched, transactionSettled, transactionNotSettled, voidTooLate
    case voiceAuthorizationNotVoidable, noMatchingAuthorization
    case captureExceedsAuthorization, refundExceedsCapture, partialRefundsNotSupported, walletNotAllowed
    case timedOut, voiceAuthorizationApproved, offlineApproval, unpublishedCardNumber
    case profileSaved, profileDeleted, defaultAccountInUse, profilesExhausted
    case surchargeNotSupported, signatureStored, cardsNotSupported, serviceFeeDeclined, serviceFeeNotFound
    case invalidTrack, invalidChipData, chipNotAllowed, insertCard, unreadableWallet
}

/// The code of the gateway's own table for each refusal.
package struct RefusalTable: Sendable {
    private let responses: [Refusal: ResponseTable.Row]

    package init(_ responses: [Refusal: ResponseTable.Row]) { self.responses = responses }

    package subscript(refusal: Refusal) -> ResponseTable.Row? { responses[refusal] }

    /// The answer to a refusal; where the scenario has none (which loading warns of), one that says so.
    package func answer(to refusal: Refusal) -> ResponseTable.Row {
        responses[refusal]
            ?? ResponseTable.Row(
                response: ResponseCode(
                    processor: "NONE", code: refusal.rawValue, status: .declined, text: "no code in the scenario"),
                source: nil)
    }
}
