import Payments
package import ServiceKit

/// The Fluid Pay gateway: `/api/…` but for the versioned paths of other services, and the page's script.
package struct FluidPay: Service {
    package let name = "fluidpay"
    package let sendsMessages = true

    package init() {}

    package func claims(_ path: Substring) -> Bool {
        if path.isBelow("/tokenizer") { return true }
        guard path.isBelow("/api") else { return false }
        return !Self.isVersioned(path.utf8.dropFirst(5))
    }

    package func respond(to request: ServiceRequest) -> ServiceAnswer { Routes.answer(request) }

    /// `v1`, `v2`, … is somebody else's.
    private static func isVersioned(_ rest: Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: "v") else { return false }
        return Digits.areAll(Substring(rest.dropFirst().prefix { $0 != UInt8(ascii: "/") }))
    }
}
