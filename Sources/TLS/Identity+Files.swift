import Platform

extension Identity {
    /// Reads a certificate of somebody's own: the first in the file is the server's, the others lead to its root.
    ///
    /// - Throws: ``AuthorityError`` that names the file. What is in the key's file is never said.
    package static func read(certificate path: String, key keyPath: String) throws(AuthorityError) -> Identity {
        let limit = 1_048_576
        do {
            let certificates = try PEM.certificates(try Files.read(path, limit: limit))
            guard let first = certificates.first else {
                throw TLSError.unusable(what: path, reason: "it holds no certificate in PEM form")
            }
            guard let key = try PEM.key(try Files.read(keyPath, limit: limit)) else {
                throw TLSError.unusable(
                    what: keyPath, reason: "it holds no private key in PEM form, or one with a password")
            }
            guard first.belongs(to: key) else {
                throw TLSError.unusable(what: keyPath, reason: "it is not the key of the certificate in \(path)")
            }
            return Identity(certificate: first, chain: Array(certificates.dropFirst()), key: key)
        } catch let error as SystemError {
            throw .file(error)
        } catch let error as TLSError {
            throw .contents(error)
        } catch {
            preconditionFailure("only these two are thrown: \(error)")
        }
    }
}
