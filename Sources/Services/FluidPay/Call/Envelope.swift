import HTTP
import JSON

/// The form of every answer: `status`, `msg`, `data`, and `total_count` for lists. Reference §2.1.
struct Envelope {
    var httpStatus = 200
    var message = "success"
    var status = "success"
    var data: (any WireDocument)?
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

    init(_ data: some WireDocument, totalCount: Int? = nil) {
        self.data = data
        self.totalCount = totalCount
    }

    var body: [UInt8] { file?.bytes ?? bytes(data, extra) }

    var recordedBody: [UInt8]? {
        if let file { return Array("(\(file.bytes.count) bytes of \(file.contentType))".utf8) }
        return recordedData == nil && recordedExtra == nil ? nil : bytes(recordedData ?? data, recordedExtra ?? extra)
    }

    private func bytes(_ data: (any WireDocument)?, _ extra: [(String, JSONValue)]) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        if isBare {
            (data ?? JSONValue.null).write(to: &writer)
            return writer.finish()
        }
        writer.beginObject()
        writer.member("status", status)
        writer.member("msg", message)
        for (name, value) in extra {
            writer.name(name)
            writer.value(value)
        }
        if let data { writer.member("data", data) }
        if let totalCount {
            writer.name(countName)
            writer.integer(totalCount)
        }
        writer.endObject()
        return writer.finish()
    }
}
