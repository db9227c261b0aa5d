package import ServiceKit

/// The terminal service, known as Bolt or CardPointe Integrated Terminal: `/api/v1/…` to `/api/v4/…`.
package struct BoltTerminal: Service {
    package let name = "bolt"

    package init() {}

    package func claims(_ path: Substring) -> Bool {
        path.isBelow("/api/v1") || path.isBelow("/api/v2") || path.isBelow("/api/v3") || path.isBelow("/api/v4")
    }

    package func respond(to request: ServiceRequest) -> ServiceAnswer { Routes.answer(request) }
}
