import Payments
import Platform
import Processor

/// A key pair for every site that has none of its own in its scenario. All worlds of the process share it, as all
/// clients of a site share its public key.
///
/// A key costs some tens of milliseconds: a server makes those of a scenario beside its event loops, at its start and
/// before it tells that a world with that scenario is there. What nobody has prepared is made when it is first asked
/// for.
final class SiteKeys: Sendable {
    private let keys = Lock<[SiteName: TokenizerKey]>([:])

    /// There is a key, or there will be none.
    func isKnown(_ site: SiteName, atMost limit: Int) -> Bool {
        keys.withLock { $0[site] != nil || $0.count >= limit }
    }

    /// Nil when there are too many sites, or the system has no random numbers.
    ///
    /// Made outside the lock: whoever asks for the key of another site does not wait. Of two that are made at the same
    /// time, the first one stays.
    ///
    /// - Parameter limit: sites of all scenarios of the process; a scenario has few, and this is against a run-away.
    func key(of site: SiteName, atMost limit: Int) -> TokenizerKey? {
        let (known, isFull) = keys.withLock { ($0[site], $0.count >= limit) }
        guard known == nil, !isFull, let new = TokenizerKey.generate() else { return known }
        return keys.withLock { keys in
            if let first = keys[site] { return first }
            keys[site] = new
            return new
        }
    }
}
