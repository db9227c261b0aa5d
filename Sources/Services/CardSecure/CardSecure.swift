package import Processor
package import ServiceKit

/// The tokenizer of CardPointe: `/cardsecure/…`.
package struct CardSecure: Service {
    package let name = "cardsecure"
    private let keys = SiteKeys()

    package init() {}

    package func claims(_ path: Substring) -> Bool { path.isBelow("/cardsecure") }

    /// Makes the keys of all sites that have none of their own.
    package func prepare(_ behavior: Behavior) {
        for site in behavior.directory.sites where site.privateKey == nil {
            _ = keys.key(of: site.name, atMost: behavior.limits.siteKeys)
        }
    }

    package func isPrepared(for behavior: Behavior) -> Bool {
        behavior.directory.sites.allSatisfy {
            $0.privateKey != nil || keys.isKnown($0.name, atMost: behavior.limits.siteKeys)
        }
    }

    package func respond(to request: ServiceRequest) -> ServiceAnswer {
        Routes.answer(TokenizerCall(request: request, keys: keys))
    }
}
