extension JSONValue {
    /// Reads one document of RFC 8259, from the first byte to the last.
    ///
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit; nothing is repaired.
    package init(parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
        guard bytes.count > 0 else { throw JSONError(.emptyDocument, at: 0) }
        var reader = JSONReader(bytes, limits: limits)
        self = try reader.readDocument()
    }

    /// Reads one document; see ``init(parsing:limits:)``.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
            try JSONValue(parsing: bytes, limits: limits)
        }
    }

    /// Reads one document; see ``init(parsing:limits:)``.
    package init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
            try JSONValue(parsing: bytes, limits: limits)
        }
    }

    /// Reads one document; see ``init(parsing:limits:)``.
    package init(parsing bytes: Span<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
            try JSONValue(parsing: bytes, limits: limits)
        }
    }

    /// Reads one document; see ``init(parsing:limits:)``. Offsets count bytes of UTF-8.
    package init(parsing text: String, limits: JSONLimits = .default) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}
