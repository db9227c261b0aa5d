/// Reason phrases and ready-made status lines.
package enum StatusPhrases {
    /// The phrase of RFC 9110 §15 (and RFC 6585) for a code; the empty string for others.
    package static func standard(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 103: "Early Hints"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 203: "Non-Authoritative Information"
        case 204: "No Content"
        case 205: "Reset Content"
        case 206: "Partial Content"
        case 300: "Multiple Choices"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 305: "Use Proxy"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 407: "Proxy Authentication Required"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 451: "Unavailable For Legal Reasons"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 511: "Network Authentication Required"
        default: ""
        }
    }

    /// `HTTP/1.1 200 OK` CRLF for each code from 100 to 599.
    private static let lines: [[UInt8]] = (100...599).map { Array("HTTP/1.1 \($0) \(standard($0))\r\n".utf8) }

    static func writeLine(_ status: Int, _ reason: ReasonPhrase, to head: inout HeadCursor) {
        if reason == .standard, status >= 100, status <= 599 {
            return lines[status - 100].withUnsafeBufferPointer { head.put($0) }
        }
        head.put("HTTP/1.1 ")
        // Three digits always (RFC 9112 §4); a code outside of them is a fault of the handler.
        head.put(decimal: min(max(status, 100), 999))
        head.put(" ")
        switch reason {
        case .standard, .none: break
        case .text(let text): head.put(value: text)
        }
        head.put("\r\n")
    }
}
