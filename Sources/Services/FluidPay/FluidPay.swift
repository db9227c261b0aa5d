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
        return !Self.isVersioned(path.dropFirst(5))
    }

    package func respond(to request: ServiceRequest) -> ServiceAnswer { Routes.answer(request) }

    /// `v1`, `v2`, … is somebody else's.
    private static func isVersioned(_ rest: Substring) -> Bool {
        let segment = rest.prefix { $0 != "/" }
        return segment.utf8.first == UInt8(ascii: "v") && Digits.areAll(segment.dropFirst())
    }
}
