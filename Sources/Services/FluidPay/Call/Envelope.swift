import HTTP
import JSON

/// The form of every answer: `status`, `msg`, `data`, and `total_count` for lists. Reference §2.1.
struct Envelope {
    var httpStatus = 200
    var message = "success"
    var status = "success"
    var data: JSONValue?
    var totalCount: Int?
    /// What the journal keeps in place of ``data``, which has secrets in it.
    var recordedData: JSONValue?
    /// Members beside `data`.
    var extra: [(String, JSONValue)] = []
    var recordedExtra: [(String, JSONValue)]?
    /// Some lists say `count`.
    var countName = "total_count"
    /// Without any envelope: only `data`.
    var isBare = false
    /// Takes the place of the whole document.
    var file: File?

    /// Something to be saved by the client.
    struct File {
        /// What the client calls the file; nil for what it shows.
        var name: String?
        let contentType: String
        let bytes: [UInt8]
        var headers: [HTTPField] = []
    }

    init(_ data: JSONValue?, totalCount: Int? = nil) {
        self.data = data
        self.totalCount = totalCount
    }

    var body: [UInt8] { file?.bytes ?? bytes(data, extra) }

    var recordedBody: [UInt8]? {
        if let file { return Array("(\(file.bytes.count) bytes of \(file.contentType))".utf8) }
        return recordedData == nil && recordedExtra == nil ? nil : bytes(recordedData ?? data, recordedExtra ?? extra)
    }

    private func bytes(_ data: JSONValue?, _ extra: [(String, JSONValue)]) -> [UInt8] {
        if isBare { return (data ?? .null).serialized() }
        var object = JSONObject(pairs: [("status", .string(status)), ("msg", .string(message))])
        for (name, value) in extra { object.append(name, value) }
        if let data { object.append("data", data) }
        if let totalCount { object.append(countName, JSONValue(totalCount)) }
        return object.serialized()
    }
}
