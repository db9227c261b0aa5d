import Logging
package import Platform
package import TLS

/// Why a server could not be made.
package enum ServerStartFault: Error, Sendable, CustomStringConvertible {
    case system(SystemError)
    case certificates(TLSError)

    package var description: String {
        switch self {
        case .system(let error): error.description
        case .certificates(let error): error.description
        }
    }
}

/// The services over TLS.
enum SecureServices {
    static let listenerName = "services-tls"

    static func make(
        _ listener: EmulatorServer.SecureListener, _ logger: Logger
    ) throws(ServerStartFault) -> TLSServer {
        do throws(TLSError) {
            return try TLSServer(listener.certificates) { error in
                logger.info("handshake failed", metadata: ["reason": "\(error)"])
            }
        } catch {
            throw .certificates(error)
        }
    }
}

extension TLSServer.Source {
    /// The certificate that clients have to trust, as PEM; nil for certificates of somebody else.
    var authorityText: String? {
        guard case .authority(let authority) = self else { return nil }
        do throws(TLSError) {
            return String(decoding: try authority.certificateText(), as: UTF8.self)
        } catch {
            // Without memory for a page of text, the server does not come far anyway.
            return nil
        }
    }
}
