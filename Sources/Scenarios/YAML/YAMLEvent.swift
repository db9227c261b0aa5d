import CLibYAML

/// One event of libyaml, copied out of its memory.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    var kind: Kind
    var place: Place
    var anchor: String?
    var tag: String?
}

/// libyaml's parser over the bytes of one file.
///
/// A class, because libyaml keeps a pointer into itself: the parser must not move. `close` frees it.
final class EventStream {
    private let file: SourceFile
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let isReady: Bool

    init(_ file: SourceFile) {
        self.file = file
        parser = .allocate(capacity: 1)
        input = .allocate(capacity: max(1, file.bytes.count))
        _ = input.initialize(from: file.bytes)
        isReady = yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, file.bytes.count)
    }

    func close() {
        if isReady { yaml_parser_delete(parser) }
        parser.deallocate()
        input.deallocate()
    }

    func next() throws(YAMLParser.Failure) -> YAMLEvent {
        var event = yaml_event_t()
        guard isReady, yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(
            kind: kind(of: event), place: place(event.start_mark, event.end_mark), anchor: anchor(of: event),
            tag: tag(of: event))
    }

    private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT: return .mappingStart
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd  // the enumeration of C is open; the stream's end is what remains
        }
    }

    private func anchor(of event: yaml_event_t) -> String? {
        switch event.type {
        case YAML_SCALAR_EVENT: text(event.data.scalar.anchor)
        case YAML_SEQUENCE_START_EVENT: text(event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT: text(event.data.mapping_start.anchor)
        default: nil
        }
    }

    private func tag(of event: yaml_event_t) -> String? {
        switch event.type {
        case YAML_SCALAR_EVENT: text(event.data.scalar.tag)
        case YAML_SEQUENCE_START_EVENT: text(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT: text(event.data.mapping_start.tag)
        default: nil
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func place(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Place {
        let isOneLine = start.line == end.line && end.column > start.column
        return Place(
            file: file, line: start.line + 1, column: start.column + 1,
            length: isOneLine ? end.column - start.column : 1)
    }

    /// libyaml's fault in our words: where it noticed, and in what context.
    private func failure() -> YAMLParser.Failure {
        guard isReady else {
            let start = Place(file: file, line: 1, column: 1, length: 1)
            return YAMLParser.Failure(diagnostic: Diagnostic(.error, at: start, "no memory left to read the file"))
        }
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "no memory left to read the file"
        guard state.error != YAML_READER_ERROR else {
            return YAMLParser.Failure(
                diagnostic: Diagnostic(
                    .error, at: file.place(ofByte: state.problem_offset), "unreadable text: \(problem)"))
        }
        let mark = state.problem_mark
        var notes: [(place: Place, message: String)] = []
        if let context = state.context.map({ String(cString: $0) }) {
            notes.append((place(state.context_mark, state.context_mark), context))
        }
        return YAMLParser.Failure(
            diagnostic: Diagnostic(.error, at: place(mark, mark), "no YAML: \(problem)", notes: notes))
    }
}
