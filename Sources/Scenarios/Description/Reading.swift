import Payments
import Processor

/// What is known while a scenario is read: the mistakes so far, and the names that values may refer to.
///
/// A class, because readers are values that share it; it lives for one load, on one thread.
final class Reading {
    let limits: ScenarioLimits
    let vocabulary: RuleVocabulary
    let library: FileLibrary
    var sink: DiagnosticSink { library.sink }

    /// Names with a profile.
    var processors: [ProcessorName] = []
    /// Also those that only have response codes.
    var processorsWithCodes: Set<ProcessorName> = []
    /// Combinations that have been read, by their text.
    var processorSets: [String: Set<ProcessorName>] = [:]
    var responseCodes = CodeIndex([])
    var brands: [CardBrand] = []
    var brandTable = BrandTable([])
    var siteNames: [String] = []
    var merchantIDs: [String] = []
    var sites: [Site] = []
    var returnCodes: [String] = []
    var publishedNumbers: Set<PrimaryAccountNumber> = []
    var checksCardNumbers = false
    var tokenizerErrors: [TokenizerErrors.Row] = []
    /// The key of the mapping whose value is being read.
    var currentKey = ""

    init(library: FileLibrary, limits: ScenarioLimits, vocabulary: RuleVocabulary) {
        self.library = library
        self.limits = limits
        self.vocabulary = vocabulary
    }

    /// Notes the names that parts may use before the parts with these names are read, or even when they are faulty.
    func collectNames(_ root: YAMLNode) {
        if case .mapping(let members)? = root["processors"]?.content {
            processors = members.map { ProcessorName($0.key) }
            processorsWithCodes = Set(processors)
        }
        FluidPayDraft.collectNames(root, self)
        guard case .sequence(let sites)? = root["sites"]?.content else { return }
        siteNames += sites.compactMap { $0["name"]?.text }
        for site in sites {
            guard case .sequence(let merchants)? = site["merchants"]?.content else { continue }
            merchantIDs += merchants.compactMap { $0["id"]?.text }
        }
    }

    func report(_ diagnostic: Diagnostic) { library.report(diagnostic) }

    func report(
        _ severity: Diagnostic.Severity, at place: Place, _ message: String, suggestion: String? = nil,
        notes: [(place: Place, message: String)] = []
    ) {
        guard !sink.isFull else { return library.count(severity) }
        library.report(Diagnostic(severity, at: place, message, suggestion: suggestion, notes: notes))
    }

    /// Reports, and is nil: the end of a reader.
    func error<Value>(at place: Place, _ message: String, suggestion: String? = nil) -> Value? {
        report(.error, at: place, message, suggestion: suggestion)
        return nil
    }

    func expected<Value>(_ what: String, at node: YAMLNode, suggestion: String? = nil) -> Value? {
        error(at: node.place, "expected \(what), found \(describe(node))", suggestion: suggestion)
    }

    /// An unknown name, with the nearest known one, or with all of them when there are few.
    func unknown(
        _ what: String, _ name: String, at place: Place, among candidates: [String], suffix: String = ""
    ) {
        guard !sink.isFull else { return library.count(.error) }
        var suggestion: String?
        let synonym = vocabulary.synonyms[name.lowercased()].flatMap { candidates.contains($0) ? $0 : nil }
        if let nearest = synonym ?? Spelling.nearest(to: name, among: candidates) {
            suggestion = "did you mean \(Quoting.quote(nearest))?"
        } else if !candidates.isEmpty, candidates.count <= 12 {
            suggestion = "known: \(candidates.joined(separator: ", "))"
        }
        report(.error, at: place, "unknown \(what) \(Quoting.quote(name))\(suffix)", suggestion: suggestion)
    }

    private func describe(_ node: YAMLNode) -> String {
        guard case .scalar(let text, _) = node.content, !node.isNull else { return node.kind }
        return text.isEmpty ? "an empty text" : Quoting.quote(text)
    }
}

/// The names that rules may use for services and operations.
package struct RuleVocabulary: Sendable {
    package var services: [String]
    package var operations: [String]
    /// Words that people write instead, in lower case; also for keys and values elsewhere.
    package var synonyms: [String: String]

    package init(services: [String], operations: [String], synonyms: [String: String] = [:]) {
        self.services = services
        self.operations = operations
        self.synonyms = synonyms
    }

    /// The requests of the terminal service.
    private static let terminalOperations = [
        "preconnect", "connect", "disconnect", "ping", "display", "clearDisplay", "dateTime", "getPanPadVersion",
        "terminalActivationCode", "cancel", "printReceipt", "readConfirmation", "readInput", "readSignature", "tip",
        "readCard", "readManual", "authCard", "authManual",
    ]

    /// The requests of the boarding service.
    private static let boardingOperations = [
        "merchantApplication", "merchantChange", "merchantSignature", "merchantSubmission", "merchantAttachment",
        "equipmentOrder", "billingPlan",
    ]

    /// What the services of this version ask rules about.
    package static let standard = RuleVocabulary(
        services: ["cardpointe", "cardsecure", "bolt", "copilot", "fluidpay"],
        operations: [
            "authorization", "capture", "void", "refund", "inquiry", "inquiryByOrder", "tokenization",
            "settlementStatus", "funding", "deposit", "openBatch", "closeBatch", "settlement", "batch",
            "profile", "profileInquiry", "profileDeletion", "binInquiry", "surchargeInquiry", "merchantInquiry",
            "signature", "detokenization", "echo", "accountEnrolment", "accountUpdates", "accountRemoval",
            "fee",
        ] + terminalOperations + boardingOperations,
        synonyms: [
            "auth": "authorization", "authorize": "authorization", "sale": "authorization", "charge": "authorization",
            "credit": "refund", "reversal": "void", "voidbyorderid": "void", "inquire": "inquiry",
            "inquirebyorderid": "inquiryByOrder", "settlestat": "settlementStatus", "settle": "settlement",
            "tokenize": "tokenization", "detokenize": "detokenization", "gateway": "cardpointe",
            "cardconnect": "cardpointe", "itoke": "cardsecure", "test": "UAT", "production": "PROD",
            "last4": "lastFour", "pan": "card", "mid": "merchant", "merchid": "merchant", "zip": "postal",
        ])
}
