package import Logging
import JSON
package import Payments
import Platform

/// How log lines look.
package enum LogFormat: String, Hashable, Sendable, CaseIterable {
    /// `2030-01-02T15:00:00.000Z notice listening address=127.0.0.1:8080`
    case text
    /// One JSON object a line.
    case json
}

/// Writes one line for each event to standard error.
///
/// What is logged is chosen where it is logged: never bodies, header fields or anything else that may hold card data.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat
    private let now: @Sendable () -> Instant
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: for the time in each line.
    ///   - write: gets whole lines.
    package init(
        format: LogFormat, level: Logger.Level,
        now: @escaping @Sendable () -> Instant = { Instant(nanoseconds: SystemClock.now()) },
        write: @escaping @Sendable (String) -> Void = { StandardStream.error.write($0) }
    ) {
        self.format = format
        logLevel = level
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let own = event.metadata { fields.merge(own) { $1 } }
        if let error = event.error { fields["error"] = "\(error)" }
        let pairs = fields.map { (name: $0.key, value: $0.value.description) }.sorted { $0.name < $1.name }
        let time = CivilTime(now()).iso8601 + "Z"
        switch format {
        case .text: write(Self.text(time, event, pairs))
        case .json: write(Self.json(time, event, pairs))
        }
    }

    private static func text(_ time: String, _ event: LogEvent, _ pairs: [(name: String, value: String)]) -> String {
        var line = "\(time) \(event.level.rawValue) \(oneLine(event.message.description))"
        for pair in pairs { line += " \(oneLine(pair.name))=\(quoted(pair.value))" }
        return line + "\n"
    }

    private static func json(_ time: String, _ event: LogEvent, _ pairs: [(name: String, value: String)]) -> String {
        var object: JSONObject = [
            "time": .string(time), "level": .string(event.level.rawValue),
            "message": .string(event.message.description),
        ]
        let taken = Set(object.names)
        for (name, value) in pairs { object.append(taken.contains(name) ? name + "_" : name, .string(value)) }
        return String(decoding: object.serialized(), as: UTF8.self) + "\n"
    }

    /// In quotes when it is not one plain word, so that no value can look like another field.
    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x3D }
        return isPlain ? text : JSONValue.string(text).serializedText()
    }

    /// No message can begin a line of its own.
    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return String(JSONValue.string(text).serializedText().dropFirst().dropLast())
    }
}
