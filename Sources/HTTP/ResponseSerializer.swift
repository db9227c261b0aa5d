/// Turns a response into bytes (RFC 9112 §4 to §6).
enum ResponseSerializer {
    /// What the request says about its answer.
    struct Context: Sendable {
        var method: HTTPMethod
        var minorVersion: Int
        /// The connection stays open after this answer.
        var keepsAlive: Bool
    }

    /// What to do with the bytes behind the head.
    struct Plan {
        /// How many bytes of the body are announced and belong on the wire.
        var bodyCount: Int
        var keepsAlive: Bool
    }

    /// Appends status line, fields and the empty line.
    ///
    /// `Content-Length`, `Transfer-Encoding` and `Connection` of the handler are not sent: the server frames its
    /// answers itself. `Connection: close` is obeyed. A `Date` of the handler takes the place of ours.
    static func appendHead(
        _ response: HTTPResponse, _ context: Context, date: [UInt8], to output: inout [UInt8]
    ) -> Plan {
        var keepsAlive = context.keepsAlive
        var hasDate = false
        var statedLength: Int?
        StatusPhrases.appendLine(response.status, response.reason, to: &output)
        for field in response.headers {
            switch field.name.utf8.count {
            case 4 where HTTPFields.sameName(field.name, "date"): hasDate = true
            case 10 where HTTPFields.sameName(field.name, "connection"):
                if field.value.split(separator: ",").contains(where: {
                    HTTPFields.sameName(String($0.trimmingBlanks), "close")
                }) {
                    keepsAlive = false
                }
                continue
            case 14 where HTTPFields.sameName(field.name, "content-length"):
                statedLength = Int(field.value)
                continue
            case 17 where HTTPFields.sameName(field.name, "transfer-encoding"): continue
            default: break
            }
            appendField(field, to: &output)
        }
        if !hasDate { output.append(contentsOf: date) }
        let isBodiless = hasNoBody(response.status, context.method)
        if !isBodiless {
            // An answer to HEAD says how long the body would be (RFC 9110 §8.6).
            let isHead = context.method == .head
            let length = isHead && response.body.isEmpty ? max(0, statedLength ?? 0) : response.body.count
            output.append("Content-Length: ")
            output.append(decimal: length)
            output.append("\r\n")
        }
        // After a 2xx to CONNECT the connection would be a tunnel (RFC 9110 §9.3.6); there is none to offer.
        if context.method == .connect, 200...299 ~= response.status { keepsAlive = false }
        if !keepsAlive {
            output.append("Connection: close\r\n")
        } else if context.minorVersion == 0 {
            output.append("Connection: keep-alive\r\n")
        }
        output.append("\r\n")
        return Plan(
            bodyCount: isBodiless || context.method == .head ? 0 : response.body.count, keepsAlive: keepsAlive)
    }

    /// RFC 9110 §6.4.1. 205 has a body of length 0, which `Content-Length: 0` says.
    private static func hasNoBody(_ status: Int, _ method: HTTPMethod) -> Bool {
        status < 200 || status == 204 || status == 304 || (method == .connect && 200...299 ~= status)
    }

    /// A name that is not a token is left out: it would end or split the line.
    private static func appendField(_ field: HTTPField, to output: inout [UInt8]) {
        let isAppended = field.name.withBytes { name in
            for byte in name where !ASCII.isToken(byte) { return false }
            output.append(contentsOf: name)
            return name.count > 0
        }
        guard isAppended else { return }
        output.append(": ")
        appendValue(field.value, to: &output)
        output.append("\r\n")
    }

    /// Control characters become blanks, so that no value can begin a line of its own (RFC 9110 §5.5).
    static func appendValue(_ value: String, to output: inout [UInt8]) {
        let start = output.count
        let isClean = value.withBytes { bytes in
            output.append(contentsOf: bytes)
            for byte in bytes where !ASCII.isFieldValue(byte) { return false }
            return true
        }
        if isClean { return }
        for index in start..<output.count where !ASCII.isFieldValue(output[index]) { output[index] = ASCII.space }
    }
}

extension Substring {
    var trimmingBlanks: Substring {
        var rest = self
        while let first = rest.utf8.first, ASCII.isBlank(first) { rest.removeFirst() }
        while let last = rest.utf8.last, ASCII.isBlank(last) { rest.removeLast() }
        return rest
    }
}
