import Payments
import Processor

/// Makes the domain's rules of what was read: names them, and finds the codes that they answer with.
enum RuleAssembly {
    static func rules(_ drafts: [RuleDraft], _ reading: Reading) -> [Rule] {
        var rules: [Rule] = []
        var names: [String: Place] = [:]
        var countByFile: [ObjectIdentifier: Int] = [:]
        for draft in drafts {
            let number = countByFile[ObjectIdentifier(draft.place.file), default: 0]
            countByFile[ObjectIdentifier(draft.place.file)] = number + 1
            if let name = draft.name, let place = draft.namePlace, let first = names.updateValue(place, forKey: name) {
                reading.report(
                    .error, at: place, "a second rule with the name \(Quoting.quote(name))",
                    notes: [(first, "the first one")])
            }
            guard !draft.isFaulty else { continue }
            let draft = SettlementRuleChecks.completed(draft, reading)
            rules += make(draft, name: draft.name ?? "rules[\(number)]", reading)
        }
        return rules
    }

    /// Usually one rule. One per code, when a reason is written with different codes by the processors it is for.
    private static func make(_ draft: RuleDraft, name: String, _ reading: Reading) -> [Rule] {
        let base = Rule(
            name: name, conditions: draft.when.conditions,
            action: RuleAction(
                answer: draft.then.answer, delivery: draft.then.delivery, states: draft.then.states,
                settlement: draft.then.settlementWish),
            source: draft.place.sourceLine)
        guard let pending = draft.then.pending else { return [base] }
        let processors = scope(of: draft.when.conditions, reading)
        let codes = CodeResolution.codes(pending, processors, reading)
        let known = Set(codes.map(\.code))
        if known.count > 1, let attempt = draft.when.conditions.attempt, !attempt.isPerMerchant {
            reading.report(
                .error, at: draft.when.places["attempt"] ?? pending.place,
                "attempts cannot be counted over processors that write \(Quoting.quote(pending.code)) differently",
                suggestion: "name one 'processor', or count per merchant")
            return []
        }
        return codes.map { group in
            var rule = base
            rule.action.answer = .respond(code: group.code, text: pending.text)
            if group.processors.count < processors.count { rule.conditions.processors = Set(group.processors) }
            return rule
        }
    }

    /// The processors that a rule can meet.
    static func scope(of conditions: RuleConditions, _ reading: Reading) -> [ProcessorName] {
        var result = reading.processors
        if !conditions.merchants.isEmpty {
            let merchants = reading.sites.flatMap(\.merchants).filter { conditions.merchants.contains($0.id) }
            let theirs = Set(merchants.map(\.processor))
            result = result.filter { theirs.contains($0) }
        }
        if !conditions.processors.isEmpty { result = result.filter { conditions.processors.contains($0) } }
        return result
    }
}

extension AttemptCondition {
    /// Counted so that two processors never share a count.
    fileprivate var isPerMerchant: Bool {
        switch scope {
        case .merchant, .transaction: true
        case .world, .card, .order: false
        }
    }
}

/// Finds the code that a rule means on each processor.
private enum CodeResolution {
    struct Group {
        var code: String
        var processors: [ProcessorName]
    }

    /// Processors by code, in the order of the scenario; empty after a report.
    static func codes(_ pending: ActionDraft.PendingCode, _ processors: [ProcessorName], _ reading: Reading) -> [Group]
    {
        var groups: [Group] = []
        var otherStatus: ResponseCode?
        for processor in processors {
            var code: String?
            if let response = reading.responseCodes.response(processor, pending.code) {
                if let status = pending.status, response.status != status {
                    otherStatus = response
                } else {
                    code = pending.code
                }
            } else if let status = pending.status {
                // Several codes of a processor may have one wording. The first of the
                // table stands for all; who means another one writes the code.
                code = reading.responseCodes.codes(of: processor, named: pending.code, status: status).first
            }
            guard let code else { continue }
            if let position = groups.firstIndex(where: { $0.code == code }) {
                groups[position].processors.append(processor)
            } else {
                groups.append(Group(code: code, processors: [processor]))
            }
        }
        if groups.isEmpty, !reading.library.missesTable { reportUnknown(pending, processors, otherStatus, reading) }
        return groups
    }

    private static func reportUnknown(
        _ pending: ActionDraft.PendingCode, _ processors: [ProcessorName], _ otherStatus: ResponseCode?,
        _ reading: Reading
    ) {
        if let otherStatus {
            let verb = otherStatus.status == .approved ? "respond" : otherStatus.status == .retry ? "retry" : "decline"
            reading.report(
                .error, at: pending.place,
                "the code \(Quoting.quote(pending.code)) of \(otherStatus.processor) is '\(otherStatus.text)', "
                    + "which is \(otherStatus.status.rawValue)",
                suggestion: "did you mean '\(verb)'?")
            return
        }
        var candidates: [String] = []
        for processor in processors {
            for code in reading.responseCodes.codes(of: processor) {
                guard let response = reading.responseCodes.response(processor, code),
                    pending.status == nil || pending.status == response.status
                else { continue }
                candidates.append(code)
                candidates.append(CodeIndex.name(of: response.text))
            }
        }
        let what =
            pending.status == nil ? "response code" : pending.status == .retry ? "retry reason" : "decline reason"
        let scope = processors.count == 1 ? " of \(processors[0])" : ""
        reading.unknown(what, pending.code, at: pending.place, among: candidates, suffix: scope)
    }
}
