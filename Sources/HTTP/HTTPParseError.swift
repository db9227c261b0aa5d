/// Why bytes are not an HTTP message that this implementation takes. Every case ends the connection.
package enum HTTPParseError: Error, Hashable, Sendable, CaseIterable {
    case bareCarriageReturn, bareLineFeed
    case requestLine, method, target, asteriskTarget, authorityTarget, absoluteTarget
    case requestLineTooLong, headTooLong, tooManyFields
    case version, versionNotSupported
    case foldedField, blankBeforeColon, fieldName, fieldValue
    case hostMissing, hostRepeated, hostValue
    case contentLength, contentLengthRepeated, contentLengthWithTransferEncoding
    case transferEncoding, transferEncodingInOldVersion, transferCodingUnknown
    case expectation
    case chunkSize, chunkExtension, chunkLineTooLong, chunkExtensionsTooLong, chunkEnd
    case bodyTooLong
    case statusLine
    case incomplete

    /// The status code of the answer.
    package var status: Int {
        switch self {
        case .bareCarriageReturn, .bareLineFeed, .requestLine, .method, .target, .asteriskTarget, .authorityTarget,
            .absoluteTarget, .version, .foldedField, .blankBeforeColon, .fieldName, .fieldValue, .hostMissing,
            .hostRepeated, .hostValue, .contentLength, .contentLengthRepeated, .contentLengthWithTransferEncoding,
            .transferEncoding, .transferEncodingInOldVersion, .chunkSize, .chunkExtension, .chunkLineTooLong,
            .chunkExtensionsTooLong, .chunkEnd, .statusLine, .incomplete:
            400
        case .bodyTooLong: 413
        case .requestLineTooLong: 414
        case .expectation: 417
        case .headTooLong, .tooManyFields: 431
        case .transferCodingUnknown: 501
        case .versionNotSupported: 505
        }
    }

    /// The reason in words, with the rule that was broken.
    package var text: String {
        switch self {
        case .bareCarriageReturn: "a carriage return without a line feed (RFC 9112 section 2.2)"
        case .bareLineFeed: "a line feed without a carriage return (RFC 9112 section 2.2)"
        case .requestLine: "the request line is not method, blank, target, blank, version (RFC 9112 section 3)"
        case .method: "the method is not a token (RFC 9110 section 9.1)"
        case .target: "the request target is not valid (RFC 9112 section 3.2)"
        case .asteriskTarget: "the target * is only for OPTIONS (RFC 9112 section 3.2.4)"
        case .authorityTarget: "CONNECT needs host:port and nothing else does (RFC 9112 section 3.2.3)"
        case .absoluteTarget: "the absolute target is not an http URI with a host (RFC 9112 section 3.2.2)"
        case .requestLineTooLong: "the request line is too long"
        case .headTooLong: "the header section is too long"
        case .tooManyFields: "there are too many header fields"
        case .version: "the HTTP version is not valid (RFC 9112 section 2.3)"
        case .versionNotSupported: "only HTTP/1.1 and HTTP/1.0 are spoken here"
        case .foldedField: "a header line begins with a blank (RFC 9112 section 5.2)"
        case .blankBeforeColon: "there is a blank before the colon of a header field (RFC 9112 section 5.1)"
        case .fieldName: "a header field name is not a token followed by a colon (RFC 9112 section 5.1)"
        case .fieldValue: "a header field value contains a control character (RFC 9110 section 5.5)"
        case .hostMissing: "the Host field is missing (RFC 9112 section 3.2)"
        case .hostRepeated: "the Host field is there more than once (RFC 9112 section 3.2)"
        case .hostValue: "the Host field is not a host with an optional port (RFC 9110 section 7.2)"
        case .contentLength: "Content-Length is not a number (RFC 9110 section 8.6)"
        case .contentLengthRepeated: "Content-Length is there more than once (RFC 9112 section 6.3)"
        case .contentLengthWithTransferEncoding:
            "Content-Length and Transfer-Encoding exclude each other (RFC 9112 section 6.3)"
        case .transferEncoding: "chunked must be the last transfer coding, once (RFC 9112 section 6.3)"
        case .transferEncodingInOldVersion: "HTTP/1.0 has no Transfer-Encoding (RFC 9112 section 6.1)"
        case .transferCodingUnknown: "chunked is the only transfer coding known here"
        case .expectation: "100-continue is the only expectation known here"
        case .chunkSize: "a chunk size is not a hexadecimal number (RFC 9112 section 7.1)"
        case .chunkExtension: "a chunk extension is not valid (RFC 9112 section 7.1.1)"
        case .chunkLineTooLong: "a chunk size line is too long"
        case .chunkExtensionsTooLong: "the chunk extensions are too long"
        case .chunkEnd: "a chunk is longer than its size (RFC 9112 section 7.1)"
        case .bodyTooLong: "the body is too long"
        case .statusLine: "the status line is not valid (RFC 9112 section 4)"
        case .incomplete: "the message ended too early (RFC 9112 section 8)"
        }
    }
}
