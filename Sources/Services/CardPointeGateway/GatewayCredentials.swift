import Cryptography
import HTTP
import Payments
import Processor
import ServiceKit

/// HTTP Basic credentials of a site.
enum GatewayCredentials {
    /// - Returns: the merchants that the credentials cover.
    static func check(_ request: ServiceRequest) throws(GatewayFault) -> SiteCredential.Coverage {
        guard let credentials = request.behavior.directory.credentials(of: request.scope) else { throw .unauthorized }
        // Through a pointer, for what is read through it is not copied.
        let place = request.http.headers.lookUpValue(of: "Authorization") { sent in
            credentials.withUnsafeBufferPointer { known in known.indices.first { known[$0].isSent(as: sent) } }
        }
        if let place { return credentials.withUnsafeBufferPointer { $0[place].coverage } }
        guard let sent = request.basicCredentials,
            let credential = credentials.first(where: { matches($0, sent.user, sent.password) })
        else { throw .unauthorized }
        return credential.coverage
    }

    private static func matches(_ credential: SiteCredential, _ user: String, _ password: String) -> Bool {
        credential.user == user && constantTimeEqual(Array(credential.password.utf8), Array(password.utf8))
    }
}
