import JSON
import Payments

/// What an answer shows: it writes itself into the answer's bytes, so that no tree is made of it.
protocol WireDocument {
    func write(to writer: inout JSONWriter)
}

extension JSONValue: WireDocument {
    func write(to writer: inout JSONWriter) { writer.value(self) }
}

extension Array: WireDocument where Element: WireDocument {
    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for document in self { document.write(to: &writer) }
        writer.endArray()
    }
}

extension JSONWriter {
    mutating func member(_ name: StaticString, _ document: some WireDocument) {
        self.name(inCode: name)
        document.write(to: &self)
    }

    /// `null` for nil.
    mutating func member(_ name: StaticString, at instant: Instant?) {
        self.name(inCode: name)
        if let instant { string(WireTime.text(instant)) } else { null() }
    }
}
