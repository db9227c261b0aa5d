package import Processor
package import ServiceKit

/// Merchant boarding: the token service of its accounts host, and the API.
package struct CoPilot: Service {
    package let name = "copilot"

    package init() {}

    package func claims(_ path: Substring) -> Bool {
        path.isBelow("/auth/realms") || path.isBelow("/merchant") || path.isBelow("/order")
            || path.isBelow("/equipmentCatalog") || path.isBelow("/lookup")
            || path.isBelow("/billingplan") || path.isBelow("/account")
    }

    /// Makes the key that tokens are signed with.
    package func prepare(_ behavior: Behavior) { WebToken.prepare() }

    package func isPrepared(for behavior: Behavior) -> Bool { WebToken.isPrepared }

    package func respond(to request: ServiceRequest) -> ServiceAnswer { Routes.answer(request) }
}
