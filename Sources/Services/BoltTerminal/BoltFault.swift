import Cryptography
import HTTP
import Processor
import ServiceKit

/// Why a request cannot be carried out, with what its text names.
struct BoltFault: Error {
    let fault: TerminalFault
    /// Stands for `<detail>` in the text.
    var detail = ""

    init(_ fault: TerminalFault, _ detail: String = "") {
        self.fault = fault
        self.detail = detail
    }
}

/// What every request has to be before anybody looks into it.
enum Admission {
    /// POST with JSON. Source: reference §1.
    static func checkForm(_ request: ServiceRequest) throws(BoltFault) {
        guard request.http.method == .post else { throw BoltFault(.methodNotSupported, request.http.method.token) }
        let type = request.http.headers["Content-Type"] ?? ""
        let media = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        guard media == "application/json" else {
            throw BoltFault(.contentTypeNotSupported, CardNumberGuard.masked(type))
        }
    }

    /// The key stands alone in the field, without the name of a scheme.
    static func key(of request: ServiceRequest) throws(BoltFault) -> TerminalSettings.AccessKey {
        let sent = request.http.headers["Authorization"] ?? ""
        let keys = request.behavior.terminals.keys
        guard let key = keys.first(where: { constantTimeEqual($0.secret, sent) }) else {
            throw BoltFault(.unauthorized)
        }
        return key
    }
}
