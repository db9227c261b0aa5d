import Payments
import Processor
import ServiceKit

/// A request to the tokenizer, with the keys of its sites.
struct TokenizerCall {
    let request: ServiceRequest
    let keys: SiteKeys

    var behavior: Behavior { request.behavior }

    /// The key of the request's site: that of the scenario, or one that was made for it.
    var key: TokenizerKey? {
        behavior.directory.site(request.scope)?.privateKey
            ?? keys.key(of: request.scope.site, atMost: behavior.limits.siteKeys)
    }

    func error(_ fault: TokenizerFault) -> TokenizerErrors.Row { behavior.tokenizerErrors.row(for: .fault(fault)) }

    /// Performs a command; a journal that cannot be written is a failed server.
    func perform<Success, C: Command>(
        _ command: C
    ) -> (outcome: Result<Success, TokenizerError>, performed: Performed<C.Outcome>?)
    where C.Outcome == Result<Success, TokenizerError> {
        do throws(JournalFault) {
            let performed = try request.world.perform(command)
            return (performed.outcome, performed)
        } catch {
            return (.failure(.fault(.serverFailed)), nil)
        }
    }
}
