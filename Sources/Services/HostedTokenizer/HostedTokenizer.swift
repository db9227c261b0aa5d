import HTTP
package import ServiceKit

/// The page with the card field that shops put into a frame: `/itoke/…` (reference of CardSecure, §9).
package struct HostedTokenizer: Service {
    package let name = "itoke"

    package init() {}

    package func claims(_ path: Substring) -> Bool { path.isBelow("/itoke") }

    package func respond(to request: ServiceRequest) -> ServiceAnswer {
        guard request.http.method == .get || request.http.method == .head else {
            return answer(request, 405, nil, "", extra: [HTTPField("Allow", "GET, HEAD")])
        }
        switch request.segments(behind: "/itoke") ?? [] {
        case ["ajax-tokenizer.html"]:
            let page = PageDocument(PageParameters(request.queryItems), request)
            return answer(request, 200, "text/html; charset=utf-8", page.html)
        case ["itoke.js"]: return answer(request, 200, "text/javascript; charset=utf-8", PageScript.text)
        case ["outer-page.html"]: return answer(request, 200, "text/html; charset=utf-8", OuterPage.html)
        case ["outer-page-validation.html"]:
            return answer(request, 200, "text/html; charset=utf-8", OuterPage.validationHTML)
        case ["outer-page.js"]: return answer(request, 200, "text/javascript; charset=utf-8", OuterPage.script)
        default: return answer(request, 404, nil, "")
        }
    }

    private func answer(
        _ request: ServiceRequest, _ status: Int, _ type: String?, _ body: String, extra: [HTTPField] = []
    ) -> ServiceAnswer {
        var headers = extra
        if let type {
            headers += [
                HTTPField("Content-Type", type), HTTPField("Cache-Control", "no-store"),
                // Every site may frame the page, so nothing is said about ancestors; scripts are our own files only.
                HTTPField(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; "
                        + "frame-src 'self'; base-uri 'none'; form-action 'none'"),
                HTTPField("X-Content-Type-Options", "nosniff"),
            ]
        }
        var response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
        // Nobody's secret is in a page, a script or an error about an address.
        response.isOpen = true
        var answer = ServiceAnswer(
            response,
            operation: status == 200 ? "page" : "refused",
            recordedTarget: request.http.target)
        if !body.isEmpty { answer.recordedBody = Array("(\(body.utf8.count) bytes)".utf8) }
        return answer
    }
}
