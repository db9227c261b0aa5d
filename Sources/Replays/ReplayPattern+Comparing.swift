package import JSON

/// One place where an answer is not what was expected.
package struct ReplayDifference: Hashable, Sendable, CustomStringConvertible {
    /// `status`, `header Content-Type`, `respcode`, `items[2].name`.
    package var place: String
    package var expected: String
    package var got: String

    package init(_ place: String, expected: String, got: String) {
        self.place = place
        self.expected = expected
        self.got = got
    }

    package var description: String { "\(place): expected \(expected), got \(got)" }
}

extension ReplayPattern {
    /// Every place where a document differs, members in any order, elements in theirs.
    ///
    /// What fits is taken into the bindings even when something else differs, so that later steps can go on.
    package func differences(
        from value: JSONValue, allowsExtraMembers: Bool, _ bindings: inout ReplayBindings
    ) -> [ReplayDifference] {
        var comparison = PatternComparison(allowsExtraMembers: allowsExtraMembers, bindings: bindings)
        comparison.compare(self, value, at: "")
        bindings = comparison.bindings
        return comparison.differences
    }
}

private struct PatternComparison {
    let allowsExtraMembers: Bool
    var bindings: ReplayBindings
    var differences: [ReplayDifference] = []

    mutating func compare(_ pattern: ReplayPattern, _ value: JSONValue, at path: String) {
        switch pattern {
        case .literal(let expected):
            if expected != value { differ(path, pattern, value) }
        case .text(let text):
            guard case .string(let got) = value, text.matches(got, &bindings) else {
                return differ(path, pattern, value)
            }
        case .placeholder(let placeholder):
            if !fits(placeholder, value) { differ(path, pattern, value) }
        case .array(let patterns):
            guard case .array(let values) = value else { return differ(path, pattern, value) }
            compare(patterns, values, at: path)
        case .object(let members):
            guard case .object(let object) = value else { return differ(path, pattern, value) }
            compare(members, object, at: path)
        }
    }

    private mutating func compare(_ patterns: [ReplayPattern], _ values: [JSONValue], at path: String) {
        for (index, pattern) in patterns.enumerated() where index < values.count {
            compare(pattern, values[index], at: "\(path)[\(index)]")
        }
        if patterns.count != values.count {
            differences.append(
                ReplayDifference(
                    path.isEmpty ? "body" : path, expected: Self.count(patterns.count), got: Self.count(values.count)))
        }
    }

    private mutating func compare(_ members: [ReplayPattern.Member], _ object: JSONObject, at path: String) {
        for member in members {
            let place = path.isEmpty ? member.name : "\(path).\(member.name)"
            switch (object[member.name], member.isAbsent) {
            case (nil, true): break
            case (let value?, true): differ(place, member.pattern, value)
            case (let value?, false): compare(member.pattern, value, at: place)
            case (nil, false):
                differences.append(
                    ReplayDifference(place, expected: member.pattern.shown(bindings), got: "no such member"))
            }
        }
        guard !allowsExtraMembers else { return }
        let expected = Set(members.map(\.name))
        for member in object.members where !expected.contains(member.name) {
            let place = path.isEmpty ? member.name : "\(path).\(member.name)"
            differences.append(
                ReplayDifference(place, expected: "no such member", got: member.value.serializedText()))
        }
    }

    private mutating func fits(_ placeholder: ReplayPlaceholder, _ value: JSONValue) -> Bool {
        switch placeholder.matcher {
        case .absent: return false
        case .kind(let kind):
            guard Self.kind(of: value) == kind else { return false }
        case .anything, .characters, .glob, .oneOf: break
        }
        let text = value.text ?? value.serializedText()
        switch placeholder.matcher {
        case .characters, .glob, .oneOf:
            let matching = ReplayText([.placeholder(ReplayPlaceholder(matcher: placeholder.matcher))])
            guard value.text != nil, matching.matches(text, &bindings) else { return false }
        case .absent, .kind, .anything: break
        }
        guard let name = placeholder.name else { return true }
        if let bound = bindings[name] { return bound == text }
        bindings[name] = text
        return true
    }

    private mutating func differ(_ path: String, _ pattern: ReplayPattern, _ value: JSONValue) {
        differences.append(
            ReplayDifference(
                path.isEmpty ? "body" : path, expected: pattern.shown(bindings), got: value.serializedText()))
    }

    private static func kind(of value: JSONValue) -> ReplayMatcher.Kind? {
        switch value {
        case .null: nil
        case .bool: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    private static func count(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }
}
