import HTTP
import Processor
import ServiceKit

/// Method and path → endpoint: the table of contents of the service.
enum Routes {
    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        let segments = request.segments(behind: "") ?? []
        if segments.first == "auth" { return TokenEndpoint.answer(request, segments) }
        if segments.first == "account" { return SigningPage.answer(request, segments) }
        do throws(CoPilotFault) {
            let call = try CoPilotCall(request)
            return try answer(call, segments)
        } catch {
            return ErrorBody.answer(error, request)
        }
    }

    private static func answer(_ call: CoPilotCall, _ segments: [String]) throws(CoPilotFault) -> ServiceAnswer {
        switch (call.request.http.method, segments.first, segments.dropFirst().first, segments.dropFirst(2).first) {
        case (.post, "merchant", nil, nil): return try MerchantEndpoints.create(call)
        case (.get, "merchant", let id?, nil): return try MerchantEndpoints.read(call, id)
        case (.put, "merchant", let id?, nil): return try MerchantEndpoints.change(call, id)
        case (.get, "merchant", let id?, "status"): return try MerchantEndpoints.status(call, id)
        case (.put, "merchant", let id?, "submit"): return try MerchantEndpoints.submit(call, id)
        case (.put, "merchant", let id?, "signature"): return try SignatureEndpoints.create(call, id)
        case (.get, "merchant", let id?, "signature"): return try SignatureEndpoints.read(call, id)
        case (.delete, "merchant", let id?, "signature"): return try SignatureEndpoints.delete(call, id)
        case (.put, "merchant", let id?, "attachment"): return try AttachmentEndpoint.attach(call, id)
        case (.get, "merchant", let id?, "customfields"): return try MerchantParts.customFields(call, id)
        case (.put, "merchant", let id?, "customfields"): return try MerchantParts.changeCustomFields(call, id)
        case (.get, "merchant", let id?, "ownerSiteUser"): return try MerchantParts.owner(call, id)
        case (.put, "merchant", let id?, "ownerSiteUser"): return try MerchantParts.changeOwner(call, id)
        case (.get, "equipmentCatalog", "list", nil): return try OrderEndpoints.catalogue(call)
        case (.post, "order", nil, nil): return try OrderEndpoints.place(call)
        case (.get, "order", "list", nil): return try OrderEndpoints.list(call)
        case (.get, "order", let id?, nil): return try OrderEndpoints.read(call, id)
        case (.put, "order", let id?, nil): return try OrderEndpoints.change(call, id)
        case (.post, "order", let id?, "cancel"): return try OrderEndpoints.cancel(call, id)
        case (.post, "billingplan", "create", nil): return try BillingEndpoints.create(call)
        case (.get, "billingplan", "list", let merchant?): return try BillingEndpoints.list(call, merchant)
        case (.get, "billingplan", let merchant?, let plan?): return try BillingEndpoints.read(call, merchant, plan)
        case (.post, "billingplan", "updateAccount", nil): return try BillingEndpoints.updateAccount(call)
        case (.post, "billingplan", "markAsPaid", nil): return try BillingEndpoints.markAsPaid(call)
        case (.post, "billingplan", "cancelPayment", nil): return try BillingEndpoints.cancelPayment(call)
        case (.post, "billingplan", "cancel", nil): return try BillingEndpoints.cancel(call)
        case (.get, "lookup", let list?, nil): return try LookupEndpoint.answer(call, list)
        default: throw CoPilotFault.notFound
        }
    }
}
