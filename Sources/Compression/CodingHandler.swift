package import HTTP

/// Decodes what clients send in a content coding, and compresses answers for those that ask for it.
///
/// Compressed is only what its endpoint has declared to hold no secret (``HTTP/HTTPResponse/isOpen``). An answer that
/// has both a secret (a token, a session key, a credential) and text of whoever sends the request betrays the secret by
/// its length: each guess that repeats a part of it makes the answer shorter, over TLS too (the attack is known as
/// BREACH, 2013). Most answers of a payment service are of that kind, and short anyway.
package struct CodingHandler: HTTPHandler {
    /// Shorter content is sent as it is: it would hardly become less, and both sides would work for it.
    package static let threshold = 1_024

    private let handler: any HTTPHandler
    private let bodyBytes: Int
    private let errorBody: HTTPErrorBody

    /// - Parameters:
    ///   - bodyBytes: how long the body of a request may be when it is decoded.
    ///   - errorBody: words the refusals.
    package init(_ handler: any HTTPHandler, bodyBytes: Int, errorBody: @escaping HTTPErrorBody) {
        self.handler = handler
        self.bodyBytes = bodyBytes
        self.errorBody = errorBody
    }

    package func respond(to request: consuming HTTPRequest) -> HTTPReply {
        let headers = request.headers
        guard headers.contains("Content-Encoding") else { return coded(handler.respond(to: request), headers) }
        do throws(Refusal) {
            return coded(handler.respond(to: try decoded(request)), headers)
        } catch {
            return .now(answer(error))
        }
    }

    // MARK: Requests

    /// Why a request did not reach its handler.
    private enum Refusal: Error {
        case unknownCoding
        case severalCodings
        case fault(InflationFault)
    }

    private func decoded(_ request: HTTPRequest) throws(Refusal) -> HTTPRequest {
        let names = request.headers.all("Content-Encoding").joined(separator: ",").split(separator: ",")
            .map { $0.filter { $0 != " " && $0 != "\t" } }.filter { $0.lowercased() != "identity" }
        guard names.count <= 1 else { throw .severalCodings }
        var decoded = request
        decoded.headers.removeAll("Content-Encoding")
        guard let name = names.first else { return decoded }
        guard let coding = ContentCoding(name: name) else { throw .unknownCoding }
        // A client that always says so and has nothing to send means nothing by it.
        guard !request.body.isEmpty else { return decoded }
        do throws(InflationFault) {
            decoded.body = try Inflation.inflate(request.body, coding, limit: bodyBytes)
        } catch {
            throw .fault(error)
        }
        return decoded
    }

    private func answer(_ refusal: Refusal) -> HTTPResponse {
        let (status, what) =
            switch refusal {
            case .unknownCoding: (415, "the content coding is not known; gzip and deflate are")
            case .severalCodings: (415, "content in more than one coding is not read")
            case .fault(.malformed): (400, "the body is not what its Content-Encoding says")
            case .fault(.tooLong): (413, "the decoded body is too long")
            case .fault(.outOfMemory): (503, "no memory to decode the body")
            }
        let (contentType, body) = errorBody(status, what)
        var headers = [HTTPField("Content-Type", contentType)]
        // RFC 9110 §15.5.16.
        if status == 415 { headers.append(HTTPField("Accept-Encoding", "gzip, deflate")) }
        return HTTPResponse(status: status, headers: headers, body: body)
    }

    // MARK: Answers

    private func coded(_ reply: consuming HTTPReply, _ headers: HTTPFields) -> HTTPReply {
        // What comes later has waited for a cardholder or a scenario: such answers are never open.
        guard case .now(let response) = reply, response.isOpen, response.body.count >= Self.threshold else {
            return reply
        }
        return .now(coded(response, headers))
    }

    private func coded(_ response: HTTPResponse, _ headers: HTTPFields) -> HTTPResponse {
        var coded = response
        // Caches must not give one client what another has asked for (RFC 9110 §12.5.5).
        coded.headers.append(HTTPField("Vary", "Accept-Encoding"))
        let accepted = AcceptedCodings(headers.all("Accept-Encoding").joined(separator: ","))
        guard let coding = accepted.preferred, let body = Deflation.deflate(response.body, coding),
            body.count < response.body.count
        else { return coded }
        coded.headers.append(HTTPField("Content-Encoding", coding.name))
        coded.body = body
        return coded
    }
}
