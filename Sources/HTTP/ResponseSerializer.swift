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
        // Put together first, so that the output looks only once whether there is room and whether it is shared.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestHead(response, date)) { bytes in
            var head = HeadCursor(bytes)
            let plan = writeHead(response, context, date, to: &head)
            output.append(contentsOf: head.written)
            return plan
        }
    }

    /// At least as many bytes as the head has.
    private static func longestHead(_ response: HTTPResponse, _ date: [UInt8]) -> Int {
        var length = 256 + date.count
        if case .text(let text) = response.reason { length += text.utf8.count }
        for field in response.headers { length += field.name.utf8.count + field.value.utf8.count + 4 }
        return length
    }

    private static func writeHead(
        _ response: HTTPResponse, _ context: Context, _ date: [UInt8], to head: inout HeadCursor
    ) -> Plan {
        var keepsAlive = context.keepsAlive
        var hasDate = false
        var statedLength: Int?
        StatusPhrases.writeLine(response.status, response.reason, to: &head)
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
            head.put(field)
        }
        if !hasDate { date.withUnsafeBufferPointer { head.put($0) } }
        let isBodiless = hasNoBody(response.status, context.method)
        if !isBodiless {
            // An answer to HEAD says how long the body would be (RFC 9110 §8.6).
            let isHead = context.method == .head
            let length = isHead && response.body.isEmpty ? max(0, statedLength ?? 0) : response.body.count
            head.put("Content-Length: ")
            head.put(decimal: length)
            head.put("\r\n")
        }
        // After a 2xx to CONNECT the connection would be a tunnel (RFC 9110 §9.3.6); there is none to offer.
        if context.method == .connect, 200...299 ~= response.status { keepsAlive = false }
        if !keepsAlive {
            head.put("Connection: close\r\n")
        } else if context.minorVersion == 0 {
            head.put("Connection: keep-alive\r\n")
        }
        head.put("\r\n")
        return Plan(
            bodyCount: isBodiless || context.method == .head ? 0 : response.body.count, keepsAlive: keepsAlive)
    }

    /// RFC 9110 §6.4.1. 205 has a body of length 0, which `Content-Length: 0` says.
    private static func hasNoBody(_ status: Int, _ method: HTTPMethod) -> Bool {
        status < 200 || status == 204 || status == 304 || (method == .connect && 200...299 ~= status)
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
