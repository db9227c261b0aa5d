/// Why a request to a terminal fails. What the client is told stands in a table of the scenario.
package enum TerminalFault: String, Error, Hashable, Sendable, CaseIterable {
    // Before the device is asked.
    case unauthorized, otherMerchantsTerminal, methodNotSupported, contentTypeNotSupported, unreadableBody
    case missingParameter, invalidParameter, unreadableTime, invalidFormat, promptTooLong
    case presetNotInteger, presetBlank, presetsRequired
    case printDelayOutOfRange, receiptPrintDelayOutOfRange, printDelayRequired
    // Sessions.
    case sessionKeyRequired, sessionKeyInvalid, sessionKeyInvalidOnDisconnect, sessionExists
    case incorrectToken, noTwoFactor
    // The device.
    case notConnected, neverRegistered, inUse, merchantMode, notSupportedByDevice, noSignatureCapture, noPrinting
    case unexpectedResponse, noTerminals
    // While it is asked.
    case timedOut, commandCancelled, operationCancelled, authorizationCancelled, authorizationVoided, cardRemoved
    // Cards and payments.
    case noTokenizationHost, decryptionFailure, tokenizationFailed, noPINDebit, failure, unknownReceipt
}

/// What the client is told of each fault.
package struct TerminalFaultTable: Sendable {
    package struct Row: Hashable, Sendable {
        package var fault: TerminalFault
        package var status: Int
        /// Nil leaves the code out.
        package var code: Int?
        /// `<hsn>`, `<mid>` and `<detail>` stand for what the request was about.
        package var message: String
        package var source: SourceLine?

        package init(fault: TerminalFault, status: Int, code: Int?, message: String, source: SourceLine? = nil) {
            self.fault = fault
            self.status = status
            self.code = code
            self.message = message
            self.source = source
        }
    }

    private let rows: [TerminalFault: Row]

    /// Of two rows for one fault the later counts.
    package init(_ rows: [Row]) { self.rows = Dictionary(rows.map { ($0.fault, $0) }, uniquingKeysWith: { $1 }) }

    package subscript(fault: TerminalFault) -> Row? { rows[fault] }
}
