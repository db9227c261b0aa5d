import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The page that `signatureUrl` leads to, and what it sends: the merchant signs.
///
/// The service documents the address only. The key stands behind `#`, so the browser keeps it, and the script of the
/// page sends it; a test may send it without the page.
enum SigningPage {
    /// Below any host.
    static let path = "/account/login"

    static func answer(_ request: ServiceRequest, _ segments: [String]) -> ServiceAnswer {
        switch (request.http.method, segments.dropFirst().first, segments.count) {
        case (.get, "login", 2): return page(request)
        case (.post, "signature", 2):
            do throws(CoPilotFault) { return try sign(request) } catch { return ErrorBody.answer(error, request) }
        default: return ErrorBody.answer(.notFound, request)
        }
    }

    /// `{"key":"<uuid>/<uuid>","signer":{…}}` → `{"errors":null}`.
    private static func sign(_ request: ServiceRequest) throws(CoPilotFault) -> ServiceAnswer {
        let body = try CoPilotCall.body(of: request)
        let world = try CoPilotCall.settled(request)
        guard let key = body.present("key")?.text, let number = world.books.boarding.signing(key),
            let application = world.books.boarding.application(number)
        else { throw CoPilotFault.notFound }
        let signer = body.present("signer")?.object.map { Signer.text($0) }
        return try CoPilotCall.perform(
            BoardingCommand(
                service: "copilot", scope: application.scope, action: .sign(number, key: key, signer: signer)), request
        ) { _ in CoPilotCall.done }
    }

    private static func page(_ request: ServiceRequest) -> ServiceAnswer {
        let headers = [
            HTTPField("Content-Type", "text/html; charset=utf-8"),
            HTTPField("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'; connect-src 'self'"),
        ]
        return ServiceAnswer(
            HTTPResponse(status: 200, headers: headers, body: Array(html.utf8)), operation: "signingPage",
            recordedTarget: request.http.target)
    }

    private static let html = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Sign the application</title></head>
        <body>
        <h1>Sign the application</h1>
        <form id="sign">
        <p><label>First name <input name="firstName" required></label></p>
        <p><label>Last name <input name="lastName" required></label></p>
        <p><label>E-mail <input name="email" type="email" required></label></p>
        <p><label><input name="personalGuaranteeFlg" type="checkbox"> I guarantee personally</label></p>
        <p><button>Sign</button></p>
        </form>
        <p id="told" role="status"></p>
        <script>
        document.getElementById("sign").addEventListener("submit", async (event) => {
          event.preventDefault();
          const key = location.hash.replace(/^#\\/password\\//, "").replace(/\\?.*$/, "");
          const signer = Object.fromEntries(new FormData(event.target));
          signer.personalGuaranteeFlg = "personalGuaranteeFlg" in signer;
          const answer = await fetch("signature", {
            method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({key, signer})
          });
          document.getElementById("told").textContent = answer.ok ? "Signed." : "This link is not good any more.";
        });
        </script>
        </body>
        </html>

        """
}
