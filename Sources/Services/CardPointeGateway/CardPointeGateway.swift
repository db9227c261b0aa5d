package import ServiceKit

/// The CardPointe Gateway: `/cardconnect/rest/…`.
package struct CardPointeGateway: Service {
    package let name = "cardpointe"
    static let basePath: StaticString = "/cardconnect/rest"

    package init() {}

    package func claims(_ path: Substring) -> Bool { path.isBelow(Self.basePath) }

    package func respond(to request: ServiceRequest) -> ServiceAnswer { Routes.answer(request) }
}
