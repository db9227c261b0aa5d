package import Platform

/// Where an authority is kept: two files in `tls` of the data directory.
///
/// `ca-key.pem` holds the key and the certificate, so that they can never be of two different authorities; only its
/// owner may read it. `ca.pem` is the certificate alone, for clients.
package struct AuthorityFiles: Sendable {
    package let folder: String
    package var keyPath: String { folder + "/ca-key.pem" }
    package var certificatePath: String { folder + "/ca.pem" }

    /// Far larger than any key and certificate.
    private static let fileLimit = 65_536

    package init(dataDirectory: String) {
        folder = (dataDirectory.hasSuffix("/") ? String(dataDirectory.dropLast()) : dataDirectory) + "/tls"
    }

    /// Reads the authority; makes it the first time. Blocks.
    ///
    /// - Throws: ``AuthorityError`` that names the file.
    package func open() throws(AuthorityError) -> LocalAuthority {
        do {
            if !Files.exists(keyPath) { try make() }
            let authority = try read()
            let text = try authority.certificateText()
            if try !Files.exists(certificatePath) || Files.read(certificatePath, limit: Self.fileLimit) != text {
                try Files.replace(certificatePath, text, mode: 0o644)
            }
            return authority
        } catch let error as SystemError {
            throw .file(error)
        } catch let error as TLSError {
            throw .contents(error)
        } catch {
            preconditionFailure("only these two are thrown: \(error)")
        }
    }

    private func make() throws {
        try Files.makeFolder(folder, mode: 0o700)
        let authority = try LocalAuthority.make()
        // When another process was faster, its authority is the one.
        _ = try Files.create(keyPath, try authority.keyText() + authority.certificateText(), mode: 0o600)
    }

    private func read() throws -> LocalAuthority {
        // A key that others can read is one that others can sign with.
        guard try Files.mode(keyPath) & 0o077 == 0 else {
            throw TLSError.unusable(what: keyPath, reason: "others may read it; chmod 600 it, or remove it")
        }
        let text = try Files.read(keyPath, limit: Self.fileLimit)
        guard let certificate = try PEM.certificates(text).first, let key = try PEM.key(text) else {
            throw TLSError.unusable(what: keyPath, reason: "it does not hold a certificate and its key; remove it")
        }
        guard certificate.belongs(to: key) else {
            throw TLSError.unusable(what: keyPath, reason: "the key is not that of the certificate; remove it")
        }
        guard certificate.isValid(forSeconds: LocalAuthority.renewalSeconds) else {
            throw TLSError.unusable(what: keyPath, reason: "the certificate expires or has expired; remove it")
        }
        return try LocalAuthority(certificate: certificate, key: key)
    }
}

/// Why there is no authority.
package enum AuthorityError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(SystemError)
    case contents(TLSError)

    package var description: String {
        switch self {
        case .file(let error): error.description
        case .contents(let error): error.description
        }
    }
}
