import JSON
import Payments
import Processor

/// Checks an application against the table of members and the rules across them (reference §5).
struct ApplicationCheck {
    private let document: JSONObject
    private let settings: BoardingSettings
    private let atGateway: Bool

    init(_ document: ApplicationDocument, _ settings: BoardingSettings) {
        self.document = document.object
        self.settings = settings
        atGateway = !document.isAcquiring(settings)
    }

    static func faults(_ document: ApplicationDocument, _ settings: BoardingSettings) -> [CoPilotFault.Element] {
        let check = Self(document, settings)
        let members = settings.members.filter { !$0.path.hasPrefix("order") && !$0.path.hasPrefix("attachment") }
        let each = MemberCheck(
            document: document.object, members: members, settings: settings, atGateway: check.atGateway)
        return each.faults + check.missingCustomFields + settings.rules.flatMap(check.faults)
    }

    /// Fields that the partner's template marks as needed.
    private var missingCustomFields: [CoPilotFault.Element] {
        let sent = DocumentPath.value("merchant.customFields", in: document)?.array ?? []
        return (ApplicationDocument(document).template(settings)?.customFields ?? []).compactMap { field in
            guard field.isRequired, field.isActive else { return nil }
            let item = sent.first { $0.present("userFieldNumber")?.text == String(field.number) }
            guard item?.present("customFieldValue")?.text ?? "" == "" else { return nil }
            return CoPilotFault.Element(
                needed: field.label, "merchant.customFields[\(field.number - 1)].customFieldValue")
        }
    }

    // MARK: - Several members

    private func faults(_ rule: ApplicationRule) -> [CoPilotFault.Element] {
        guard rule.conditions.allSatisfy({ holds($0.test, [DocumentPath.value($0.path, in: document)]) }) else {
            return []
        }
        if case .total = rule.wanted {
            let values = rule.paths.map { DocumentPath.value($0, in: document) }
            guard values.contains(where: { $0 != nil }), !holds(rule.wanted, values) else { return [] }
            let parent = rule.paths.first.map { $0.split(separator: ".").dropLast().joined(separator: ".") } ?? ""
            return [CoPilotFault.Element(code: "9011", message: "\(title(parent)) must total 100.", field: parent)]
        }
        return rule.paths.compactMap { path in
            let value = DocumentPath.value(path, in: document)
            guard !holds(rule.wanted, [value]) else { return nil }
            if case .set = rule.wanted { return CoPilotFault.Element(needed: title(path), path) }
            // What is not there is wrong only where it is wanted.
            return value == nil
                ? nil : CoPilotFault.Element(code: "9003", message: "\(title(path)) is invalid.", field: path)
        }
    }

    private func title(_ path: String) -> String {
        settings.members.first { $0.path == path }?.shownTitle ?? path
    }

    private func holds(_ test: ApplicationRule.Test, _ values: [JSONValue?]) -> Bool {
        let texts = values.map { value in value?.text ?? value?.boolValue.map { $0 ? "true" : "false" } }
        return switch test {
        case .set: values.allSatisfy { $0 != nil && $0?.text != "" }
        case .absent: values.allSatisfy { $0 == nil || $0?.text == "" }
        case .oneOf(let codes): texts.allSatisfy { $0.map { codes.contains($0) } ?? false }
        case .moreThan(let bound): texts.allSatisfy { $0.flatMap { Int($0) }.map { $0 > bound } ?? false }
        case .total(let sum):
            texts.reduce(0) { $0 + ($1.flatMap { Int($0) }.map { min(max($0, 0), 1000) } ?? 0) } == sum
        }
    }
}
