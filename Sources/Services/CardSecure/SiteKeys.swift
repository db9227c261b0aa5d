import Payments
import Platform
import Processor

/// A key pair for every site that has none of its own in its scenario. All worlds of the process share it, as all
/// clients of a site share its public key.
///
/// Made when it is first asked for: most sessions never encrypt, and a key costs some tens of milliseconds.
final class SiteKeys: Sendable {
    /// Sites of all scenarios of a process; a scenario has few, and this is only against a run-away.
    static let limit = 256

    private let keys = Lock<[SiteName: TokenizerKey]>([:])

    /// Nil when there are too many sites, or the system has no random numbers.
    func key(of site: SiteName) -> TokenizerKey? {
        keys.withLock { keys in
            if let known = keys[site] { return known }
            guard keys.count < Self.limit, let new = TokenizerKey.generate() else { return nil }
            keys[site] = new
            return new
        }
    }
}
