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

    init(_ data: JSONValue?, totalCount: Int? = nil) {
        self.data = data
        self.totalCount = totalCount
    }

    var body: [UInt8] { bytes(data, extra) }

    var recordedBody: [UInt8]? {
        recordedData == nil && recordedExtra == nil ? nil : bytes(recordedData ?? data, recordedExtra ?? extra)
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
