import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// A call with good credentials for a merchant that they cover. A class, so that handing it on costs nothing.
final class GatewayCall: Sendable {
    let request: ServiceRequest
    let fields: WireFields
    let parameters: PathParameters
    let merchant: MerchantKey
    let profile: Boxed<Merchant>?
    let operation: String

    /// - Throws: 400 for a body that is no JSON object, 401 for a merchant that the credentials do not cover.
    init(
        _ request: ServiceRequest, _ coverage: SiteCredential.Coverage, _ parameters: PathParameters, operation: String
    ) throws(GatewayFault) {
        self.request = request
        self.parameters = parameters
        self.operation = operation
        fields = try Self.fields(of: request)
        let id = MerchantID(
            parameters["merchid"] ?? fields.text("merchid") ?? request.queryValue("merchid") ?? "")
        merchant = MerchantKey(scope: request.scope, id: id)
        profile = request.merchant(merchant)
        let needsMerchant = !(request.http.method == .get && operation == "credentialCheck")
        if needsMerchant || !id.text.isEmpty {
            guard profile != nil, coverage.covers(id) else { throw .unauthorized }
        }
    }

    private static func fields(of request: ServiceRequest) throws(GatewayFault) -> WireFields {
        guard !request.http.body.isEmpty else {
            let mayBeEmpty = request.http.method == .get || request.http.method == .delete
            guard mayBeEmpty else { throw .unreadableBody("the request has no body") }
            return WireFields(JSONObject(), of: request)
        }
        let document: JSONValue
        do throws(JSONError) {
            document = try request.document()
        } catch {
            throw .unreadableBody("the body is not JSON: \(error)")
        }
        guard let object = document.object else { throw .unreadableBody("the body is JSON, but not an object") }
        return WireFields(object, of: request)
    }

    /// A value of the query string; an empty one counts as absent.
    func query(_ name: String) -> String? {
        request.queryValue(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    func followUp(_ reference: String) -> FollowUp {
        FollowUp(
            service: "cardpointe", merchant: merchant, reference: RetrievalReferenceNumber(reference), wire: fields)
    }

    /// An HTTP 200 with an object, which UAT shuffles and pads.
    func answer(_ object: consuming AnswerObject, replacing replacement: RecordedText? = nil) -> ServiceAnswer {
        randomizer?.randomize(&object)
        return answer(
            body: object.serialized(), recorded: object.holdsSecrets ? object.serializedRecord() : nil,
            replacing: replacement)
    }

    /// An HTTP 200 with an array of objects.
    func answer(_ objects: [AnswerObject]) -> ServiceAnswer {
        let shuffled = objects.map { object in
            var object = object
            randomizer?.randomize(&object)
            return object
        }
        let holdsSecrets = shuffled.contains(where: \.holdsSecrets)
        return answer(
            body: AnswerObject.array(shuffled),
            recorded: holdsSecrets ? AnswerObject.array(shuffled, isRecord: true) : nil)
    }

    /// - Parameter recorded: the body as the journal keeps it; nil: as sent.
    func answer(
        body: [UInt8], recorded: [UInt8]? = nil, replacing replacement: RecordedText? = nil,
        contentType: String = "application/json"
    ) -> ServiceAnswer {
        let response = HTTPResponse(
            status: 200, reason: .none,
            headers: GatewayHeaders.common(request, contentType: contentType), body: body)
        return ServiceAnswer(
            response, operation: operation, recordedBody: recorded,
            recordedTarget: request.http.target,
            recordedRequest: fields.isEmpty
                ? [] : WireFields.recording.record(fields.object, of: request.http.body, replacing: replacement))
    }

    /// Nil in production, which neither shuffles nor pads.
    private var randomizer: Randomizer? {
        guard request.scope.environment == .uat, request.behavior.randomize != .off else { return nil }
        return Randomizer(request.behavior.randomize, seed: request.world.seed)
    }

    /// A journal that cannot be written is a failure of the host.
    func failed(_ fault: JournalFault) -> ServiceAnswer {
        let response = HTTPResponse(status: 500, reason: .none, headers: GatewayHeaders.common(request))
        var answer = ServiceAnswer(
            response, operation: operation, recordedTarget: request.http.target)
        answer.reasons = [.note(fault.description)]
        return answer
    }
}
