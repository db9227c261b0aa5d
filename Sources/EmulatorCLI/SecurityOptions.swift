import ArgumentParser
import Emulator
import Platform
import TLS

/// What `serve` takes about HTTPS.
struct SecurityOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Serves HTTPS as well, with a certificate for whatever host name a client asks for.",
            discussion: "Clients have to trust the authority that signs them: see 'understudy ca'."))
    var tls = false

    @Option(help: "The port of HTTPS; 0 for any free one.")
    var tlsPort: UInt16 = 8443

    @Option(help: ArgumentHelp("A certificate of your own for HTTPS, with its chain, in PEM form.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("Its private key, in PEM form without a password.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Where the authority is kept. Without it, each start makes a new one, in memory.", valueName: "folder"))
    var data: String?

    func validate(otherPorts: [UInt16]) throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together.")
        }
        guard tls || tlsCert == nil else { throw ValidationError("--tls-cert and --tls-key belong to --tls.") }
        if tls, tlsPort != 0, otherPorts.contains(tlsPort) {
            throw ValidationError("--tls-port is the same as another port: \(tlsPort).")
        }
    }

    /// Reads or makes what HTTPS needs; nil without `--tls`.
    func listener(host: String) throws(ExitCode) -> EmulatorServer.SecureListener? {
        guard tls else { return nil }
        var listener = EmulatorServer.SecureListener(try certificates())
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
