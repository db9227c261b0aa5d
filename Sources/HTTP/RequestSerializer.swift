/// Turns a request into bytes (RFC 9112 §3).
enum RequestSerializer {
    /// The fields of the request come as they are; `Host` and `Content-Length` are added when they are missing.
    static func bytes(of request: HTTPRequest, to endpoint: HTTPEndpoint) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + request.body.count)
        bytes.append(contentsOf: request.method.token.utf8)
        bytes.append(ASCII.space)
        bytes.append(contentsOf: request.target.utf8)
        bytes.append(" HTTP/1.1\r\n")
        if request.headers["host"] == nil { append(HTTPField("Host", endpoint.hostField), to: &bytes) }
        for field in request.headers.lines { append(field, to: &bytes) }
        let isFramed = request.headers["content-length"] != nil || request.headers["transfer-encoding"] != nil
        if !isFramed, !request.body.isEmpty || expectsBody(request.method) {
            append(HTTPField("Content-Length", String(request.body.count)), to: &bytes)
        }
        bytes.append("\r\n")
        bytes.append(contentsOf: request.body)
        return bytes
    }

    /// Methods for which even a body of length 0 is announced (RFC 9110 §8.6).
    private static func expectsBody(_ method: HTTPMethod) -> Bool {
        switch method {
        case .post, .put, .patch: true
        case .get, .head, .delete, .options, .trace, .connect, .other: false
        }
    }

    private static func append(_ field: HTTPField, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: field.name.utf8)
        bytes.append(": ")
        // A control character could begin a line of its own (RFC 9110 §5.5).
        bytes.append(contentsOf: field.value.utf8.map { ASCII.isFieldValue($0) ? $0 : ASCII.space })
        bytes.append("\r\n")
    }
}
