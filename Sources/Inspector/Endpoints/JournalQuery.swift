import Payments
import Processor
import ServiceKit

/// Which entries of a journal are asked for.
struct JournalQuery: Sendable {
    let isOldestFirst: Bool
    /// Both exclusive.
    private let after: Int?
    private let before: Int?
    private let limit: Int
    private let operation: String?
    private let service: String?
    private let status: StatusFilter?
    private let statusText: String?

    init(_ call: ControlCall) {
        isOldestFirst = call.queryText("order") == "oldest"
        after = call.queryInteger("after")
        before = call.queryInteger("before")
        limit = call.queryInteger("limit") ?? Shapes.usualPage
        operation = call.queryText("operation")
        service = call.queryText("service")
        statusText = call.queryText("status")
        status = statusText.flatMap { StatusFilter($0) }
    }

    struct Page: Sendable {
        var entries: [JournalEntry] = []
        /// The last entry that was looked at; nil when none is left behind it.
        var last: Int?
    }

    /// - Parameters:
    ///   - scanning: at most this many entries are looked at.
    ///   - bytes: the page ends behind the entry with which its bodies exceed this.
    func page(of journal: any Journal, scanning: Int, bytes: Int) -> Page {
        var page = Page()
        guard let kept = journal.kept else { return page }
        let first = max(kept.lowerBound, after.map { $0 == .max ? $0 : $0 + 1 } ?? 0)
        let last = min(kept.upperBound, before.map { $0 - 1 } ?? .max)
        guard first <= last else { return page }
        let range = first...last
        var size = 0
        for step in 0..<min(scanning, range.count) {
            let sequence = isOldestFirst ? first + step : last - step
            if let entry = journal.entry(sequence), includes(entry) {
                page.entries.append(entry)
                size += entry.exchange?.bodyBytes ?? 0
            }
            page.last = step + 1 < range.count ? sequence : nil
            if page.entries.count == limit || size > bytes { break }
        }
        return page
    }

    /// Path and query of the page behind an entry.
    func link(behind sequence: Int, in world: String) -> String {
        var pairs = ["order=\(isOldestFirst ? "oldest" : "newest")"]
        if let lower = isOldestFirst ? sequence : after { pairs.append("after=\(lower)") }
        if let upper = isOldestFirst ? before : sequence { pairs.append("before=\(upper)") }
        pairs.append("limit=\(limit)")
        for (name, value) in [("operation", operation), ("service", service), ("status", statusText)] {
            if let value { pairs.append("\(name)=\(PercentCoding.encode(value))") }
        }
        return "/v1/worlds/\(world)/journal?" + pairs.joined(separator: "&")
    }

    private func includes(_ entry: JournalEntry) -> Bool {
        if let operation, entry.operation != operation { return false }
        if let service, entry.exchange?.service != service { return false }
        if let status {
            guard let sent = entry.exchange?.status else { return false }
            return status.includes(sent)
        }
        return true
    }
}

/// `404`, or `4xx` for a class.
struct StatusFilter: Sendable {
    private let range: ClosedRange<Int>

    init?(_ text: String) {
        guard text.utf8.count == 3, let hundreds = Int(text.prefix(1)), (1...5).contains(hundreds) else { return nil }
        let rest = text.dropFirst()
        if rest == "xx" {
            range = hundreds * 100...hundreds * 100 + 99
        } else {
            guard Digits.areAll(rest), let rest = Int(rest) else { return nil }
            range = hundreds * 100 + rest...hundreds * 100 + rest
        }
    }

    func includes(_ status: Int) -> Bool { range.contains(status) }
}
