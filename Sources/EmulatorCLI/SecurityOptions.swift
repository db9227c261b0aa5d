import Arguments
import Emulator
import Platform
import TLS

/// What `serve` takes about HTTPS.
struct SecurityOptions {
    static let parameters = [
        tls.description, tlsPort.description, tlsCert.description, tlsKey.description, data.description,
    ]

    private static let tls = Parameter.flag(
        "tls", details: "Clients have to trust the authority that signs them: see 'understudy ca'.",
        "Serves HTTPS as well, with a certificate for whatever host name a client asks for.")
    private static let tlsPort = Parameter<UInt16>.option(
        "tls-port", default: 8443, "The port of HTTPS; 0 for any free one.")
    private static let tlsCert = Parameter<String?>.option(
        "tls-cert", valueName: "file", "A certificate of your own for HTTPS, with its chain, in PEM form.")
    private static let tlsKey = Parameter<String?>.option(
        "tls-key", valueName: "file", "Its private key, in PEM form without a password.")
    private static let data = Parameter<String?>.option(
        "data", valueName: "folder", "Where the authority is kept. Without it, each start makes a new one, in memory.")

    private let tls: Bool
    private let tlsPort: UInt16
    private let tlsCert: String?
    private let tlsKey: String?
    private let data: String?

    init(_ arguments: ParsedArguments) {
        tls = arguments[Self.tls]
        tlsPort = arguments[Self.tlsPort]
        tlsCert = arguments[Self.tlsCert]
        tlsKey = arguments[Self.tlsKey]
        data = arguments[Self.data]
    }

    func validate(otherPorts: [UInt16]) throws(Misuse) {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw Misuse("--tls-cert and --tls-key belong together.")
        }
        guard tls || tlsCert == nil else { throw Misuse("--tls-cert and --tls-key belong to --tls.") }
        guard data == nil || tlsCert == nil else {
            throw Misuse("--data keeps the authority: with --tls-cert there is none.")
        }
        guard tls || data == nil else { throw Misuse("--data belongs to --tls: it keeps the authority.") }
        if tls, tlsPort != 0, otherPorts.contains(tlsPort) {
            throw Misuse("--tls-port is the same as another port: \(tlsPort).")
        }
    }

    /// Reads or makes what HTTPS needs; nil without `--tls`.
    ///
    /// - Parameter limit: certificates that are kept for host names that clients ask for.
    func listener(host: String, certificates limit: Int) throws(ExitCode) -> EmulatorServer.SecureListener? {
        guard tls else { return nil }
        let source = try certificates()
        if case .authority(let authority) = source { authority.keepCertificates(atMost: limit) }
        var listener = EmulatorServer.SecureListener(source)
        listener.host = host
        listener.port = tlsPort
        return listener
    }

    private func certificates() throws(ExitCode) -> TLSServer.Source {
        if let tlsCert, let tlsKey {
            do throws(AuthorityError) {
                return .own(try Identity.read(certificate: tlsCert, key: tlsKey))
            } catch {
                throw Terminal.failure(error.code, "understudy: \(error)")
            }
        }
        if let data { return .authority(try Self.authority(in: data)) }
        do throws(TLSError) {
            return .authority(try LocalAuthority.make())
        } catch {
            throw Terminal.failure(.unavailable, "understudy: \(error)")
        }
    }

    /// The authority of a data directory, made if need be.
    static func authority(in folder: String) throws(ExitCode) -> LocalAuthority {
        do throws(AuthorityError) {
            return try AuthorityFiles(dataDirectory: folder).open()
        } catch {
            throw Terminal.failure(error.code, "understudy: \(error)")
        }
    }
}

extension AuthorityError {
    var code: Terminal.Failure {
        switch self {
        case .file(let error): ["open", "read", "stat"].contains(error.call) ? .noInput : .cannotCreate
        case .contents: .badData
        }
    }
}
