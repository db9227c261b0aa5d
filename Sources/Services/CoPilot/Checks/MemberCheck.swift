import JSON
import Payments
import Processor

/// Checks members of a document, one by one, against the table of members.
struct MemberCheck {
    let document: JSONObject
    let members: [ApplicationMember]
    let settings: BoardingSettings
    /// Without merchant services, other members are needed, too.
    var atGateway = false

    var faults: [CoPilotFault.Element] { members.flatMap(faults) }

    private func faults(_ member: ApplicationMember) -> [CoPilotFault.Element] {
        DocumentPath.places(member.path, alias: member.alias, in: document).compactMap { place in
            guard let value = place.value else {
                guard isNeeded(member), !isReported(place.missingParent) else { return nil }
                return CoPilotFault.Element(needed: member.shownTitle, place.path)
            }
            return fault(member, value, place.path)
        }
    }

    private func isNeeded(_ member: ApplicationMember) -> Bool {
        member.isRequired || (atGateway && member.isRequiredAtGateway)
    }

    /// What is missing because a needed object around it is missing, is not told once more.
    private func isReported(_ parent: String?) -> Bool {
        guard let parent else { return false }
        return members.contains { $0.path == parent && isNeeded($0) }
    }

    private func fault(_ member: ApplicationMember, _ value: JSONValue, _ path: String) -> CoPilotFault.Element? {
        let form = MemberForm(member: member, settings: settings)
        func element(_ code: String, _ message: String) -> CoPilotFault.Element {
            CoPilotFault.Element(code: member.code.isEmpty ? code : member.code, message: message, field: path)
        }
        guard form.hasKind(value) else { return element("9003", "\(member.shownTitle) is invalid.") }
        guard let text = value.text else { return nil }
        if let longest = member.longest, text.count > longest {
            return element("9002", "\(member.shownTitle) has invalid length.")
        }
        guard !text.isEmpty else { return nil }
        if let complaint = form.complaint(text) {
            return element("9003", "\(member.shownTitle) is invalid.\(complaint)")
        }
        return form.isListed(text) ? nil : element("9003", "\(member.shownTitle) is invalid.")
    }
}

extension CoPilotFault.Element {
    /// Something that is not there.
    init(needed title: String, _ path: String) {
        self.init(code: "9001", message: "\(title) is required.", field: path)
    }
}
