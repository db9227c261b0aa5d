/// Results in the XML that build servers read: a `testsuite` for each file, a `testcase` for each step.
package enum JUnitReport {
    package static func xml(_ results: [ReplayResult]) -> String {
        let counts = results.reduce(ReplayCounts()) { $0 + $1.counts }
        let time = results.reduce(Int64(0)) { $0 + $1.nanoseconds }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites name=\"understudy replay\"\(attributes(counts, time))>\n"
        for result in results { text += suite(result) }
        return text + "</testsuites>\n"
    }

    private static func suite(_ result: ReplayResult) -> String {
        var text = "  <testsuite name=\"\(escaped(result.path))\"\(attributes(result.counts, result.nanoseconds))>\n"
        for step in result.steps {
            text += "    <testcase classname=\"\(escaped(result.path))\" name=\"\(escaped(step.title))\""
            text += " file=\"\(escaped(result.path))\" line=\"\(step.line)\" time=\"\(seconds(step.nanoseconds))\""
            switch step.outcome {
            case .passed: text += "/>\n"
            case .failed(let failure):
                let message = failure.differences.map(\.description).joined(separator: "; ")
                text += ">\n      <failure message=\"\(escaped(message))\">"
                text += escaped(ReplayReport.block(failure, step, result.path))
                text += "</failure>\n    </testcase>\n"
            case .notRunnable(let why):
                text += ">\n      <skipped message=\"\(escaped(why))\"/>\n    </testcase>\n"
            }
        }
        return text + "  </testsuite>\n"
    }

    private static func attributes(_ counts: ReplayCounts, _ nanoseconds: Int64) -> String {
        let tests = counts.passed + counts.failed + counts.notRunnable
        return " tests=\"\(tests)\" failures=\"\(counts.failed)\" errors=\"0\" skipped=\"\(counts.notRunnable)\""
            + " time=\"\(seconds(nanoseconds))\""
    }

    private static func seconds(_ nanoseconds: Int64) -> String {
        let microseconds = max(0, nanoseconds) / 1000
        return "\(microseconds / 1_000_000).\(String(1_000_000 + microseconds % 1_000_000).dropFirst())"
    }

    /// For text and attributes (XML 1.0 §2.2, §2.4): what no document may hold becomes a question mark.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
