import COpenSSL
import Platform

/// A certificate authority of this machine: signs certificates for whatever host name a client asks for, so that the
/// vendor's own host names can be served. Clients trust it when they are given its certificate, and nobody else does.
package final class LocalAuthority: Sendable {
    package let certificate: Certificate
    private let key: PrivateKey
    /// One key for all certificates that it makes: making keys takes longer than signing.
    private let leafKey: PrivateKey
    private let leaves = Lock(LeafCache())

    private static let authorityDays = 3650
    /// Mozilla asks for less than 366; clients refuse more than 398 (CA/Browser Forum).
    private static let leafDays = 364
    /// A certificate that expires within this time is replaced.
    static let renewalSeconds = 86_400 * 7

    init(certificate: Certificate, key: PrivateKey) throws(TLSError) {
        self.certificate = certificate
        self.key = key
        leafKey = try PrivateKey()
    }

    /// A new one that nobody knows yet, kept in memory.
    package static func make() throws(TLSError) -> LocalAuthority {
        let key = try PrivateKey()
        return try LocalAuthority(certificate: try makeCertificate(for: key), key: key)
    }

    private static func makeCertificate(for key: PrivateKey) throws(TLSError) -> Certificate {
        // A part of the name that differs: two authorities in one trust store can be told apart.
        let digits = Array("0123456789abcdef")
        let tag = String(SystemRandom.bytes(4).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        let draft = CertificateDraft(
            commonName: "Understudy local authority \(tag)", days: authorityDays,
            extensions: [
                // It can sign certificates of servers, but not make further authorities.
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
            ])
        return try draft.signed(for: key, by: nil)
    }

    func keyText() throws(TLSError) -> [UInt8] { try PEM.text(of: key) }

    /// Its certificate as PEM: what clients have to trust.
    package func certificateText() throws(TLSError) -> [UInt8] { try PEM.text(of: certificate) }

    /// A certificate for `host`, made when it is asked for the first time.
    func identity(for host: HostName) throws(TLSError) -> Identity {
        if let known = leaves.withLock({ $0.find(host) }) { return known }
        // Signed outside of the lock: two loops may both make one, and either is good.
        let identity = Identity(certificate: try makeLeaf(host), chain: [], key: leafKey)
        leaves.withLock { $0.add(identity, for: host) }
        return identity
    }

    /// So many certificates are kept for host names that clients ask for, ``usualCertificates`` unless said otherwise;
    /// the oldest is forgotten first, and made again when it is asked for.
    package func keepCertificates(atMost limit: Int) { leaves.withLock { $0.limit = limit } }

    package static let usualCertificates = 256

    private func makeLeaf(_ host: HostName) throws(TLSError) -> Certificate {
        let names =
            switch host {
            case .name(let name): "DNS:\(name)"
            // Who connects to an address of this machine may call it localhost as well, and does not say so.
            case .address(let address): Self.unique(["DNS:localhost", "IP:127.0.0.1", "IP:::1", "IP:\(address)"])
            }
        let draft = CertificateDraft(
            // RFC 5280 allows 64 characters; clients look at the alternative names only.
            commonName: host.text.utf8.count <= 64 ? host.text : "Understudy", days: Self.leafDays,
            extensions: [
                (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, "serverAuth"), (NID_subject_key_identifier, "hash"),
                (NID_authority_key_identifier, "keyid"), (NID_subject_alt_name, names),
            ])
        return try draft.signed(for: leafKey, by: (certificate, key))
    }

    private static func unique(_ names: [String]) -> String {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.joined(separator: ",")
    }
}

/// The newest certificates. Clients choose the names, so there is an end to how many are kept.
struct LeafCache {
    var limit = LocalAuthority.usualCertificates {
        didSet { shrink() }
    }
    private var identities: [HostName: Identity] = [:]
    /// In the order in which they were made.
    private var order: [HostName] = []

    mutating func find(_ host: HostName) -> Identity? {
        guard let identity = identities[host] else { return nil }
        return identity.certificate.isValid(forSeconds: LocalAuthority.renewalSeconds) ? identity : nil
    }

    mutating func add(_ identity: Identity, for host: HostName) {
        if identities.updateValue(identity, forKey: host) == nil { order.append(host) }
        shrink()
    }

    private mutating func shrink() {
        while order.count > limit { identities[order.removeFirst()] = nil }
    }

    var count: Int { identities.count }
}
