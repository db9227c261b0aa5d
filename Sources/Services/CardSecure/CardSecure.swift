package import ServiceKit

/// The tokenizer of CardPointe: `/cardsecure/…`.
package struct CardSecure: Service {
    package let name = "cardsecure"
    private let keys = SiteKeys()

    package init() {}

    package func claims(_ path: Substring) -> Bool { path.isBelow("/cardsecure") }

    package func respond(to request: ServiceRequest) -> ServiceAnswer {
        Routes.answer(TokenizerCall(request: request, keys: keys))
    }
}
