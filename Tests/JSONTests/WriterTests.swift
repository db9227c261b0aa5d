import JSON
import PropertySupport
import Testing

@Suite struct WriterTests {
    @Test func membersOfAllKinds() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("respstat", "A")
        writer.member("capture", true)
        writer.member("count", 3)
        writer.member("amount", number: "10.00")
        writer.member("tree", ["a": [1, 2]])
        writer.name("none")
        writer.null()
        writer.name("lines")
        writer.beginArray()
        writer.integer(-1 as Int64)
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.object([("b", "c"), ("d", 2)])
        writer.string("x\"y")
        writer.bool(false)
        writer.number("1e9")
        writer.value(.null)
        writer.endArray()
        writer.member("last", .array([]))
        writer.endObject()
        #expect(
            String(decoding: writer.finish(), as: UTF8.self)
                == #"{"respstat":"A","capture":true,"count":3,"amount":10.00,"tree":{"a":[1,2]},"none":null,"#
                + #""lines":[-1,{},[],{"b":"c","d":2},"x\"y",false,1e9,null],"last":[]}"#)
    }

    @Test(arguments: [
        0, 9, 10, 99, 100, 12_345, UInt64(Int64.max), .max, 999_999_999_999_999_999, 10_000_000_000_000_000_000,
    ])
    func integers(_ number: UInt64) {
        var writer = JSONWriter(capacity: 0)
        writer.beginArray()
        writer.integer(number)
        let clamped = Int64(clamping: number)
        writer.integer(clamped)
        writer.integer(-clamped)
        writer.integer(Int64.min)
        writer.integer(Int(clamped))
        writer.endArray()
        #expect(
            String(decoding: writer.finish(), as: UTF8.self)
                == "[\(number),\(clamped),\(-clamped),-9223372036854775808,\(clamped)]")
    }

    @Test func namesAndObjectsInCode() {
        var writer = JSONWriter(capacity: 0)
        writer.beginObject()
        writer.member("", object: { $0.member("é", 1) })
        writer.member("b") { _ in }
        writer.endObject()
        #expect(String(decoding: writer.finish(), as: UTF8.self) == #"{"":{"é":1},"b":{}}"#)
    }

    @Test func aScalarIsADocument() {
        var writer = JSONWriter(capacity: 0)
        writer.string("abc")
        #expect(writer.finish() == Array(#""abc""#.utf8))
    }

    @Test func appendsToABuffer() {
        var bytes = Array("before ".utf8)
        JSONWriter.write(to: &bytes) { writer in
            writer.object([("a", 1)])
        }
        #expect(bytes == Array(#"before {"a":1}"#.utf8))
    }

    @Test func leavesTheBufferAloneAfterAnError() {
        struct Stop: Error {}
        var bytes = Array("before".utf8)
        #expect(throws: Stop.self) {
            try JSONWriter.write(to: &bytes) { writer in
                writer.beginArray()
                throw Stop()
            }
        }
        #expect(bytes == Array("before".utf8))
    }

    @Test func sixtyFourLevels() throws {
        var writer = JSONWriter()
        for level in 0..<64 {
            if level % 2 == 0 {
                writer.beginArray()
            } else {
                writer.beginObject()
                writer.name("a")
            }
        }
        writer.integer(1)
        for level in (0..<64).reversed() {
            if level % 2 == 0 { writer.endArray() } else { writer.endObject() }
        }
        let bytes = writer.finish()
        let text = String(repeating: #"[{"a":"#, count: 32) + "1" + String(repeating: "}]", count: 32)
        #expect(bytes == Array(text.utf8))
    }

    /// The stream of calls that a tree stands for writes the same as the tree.
    @Test(arguments: PropertySeeds.few)
    func writesWhatTheTreeWrites(seed: UInt64) {
        func stream(_ value: JSONValue, to writer: inout JSONWriter) {
            switch value {
            case .null: writer.null()
            case .bool(let flag): writer.bool(flag)
            case .number(let literal): writer.number(literal)
            case .string(let text): writer.string(text)
            case .array(let elements):
                writer.beginArray()
                for element in elements { stream(element, to: &writer) }
                writer.endArray()
            case .object(let object):
                writer.beginObject()
                for member in object.members {
                    writer.name(member.name)
                    stream(member.value, to: &writer)
                }
                writer.endObject()
            }
        }
        var documents = RandomDocuments(seed: seed)
        for _ in 0..<200 {
            let value = documents.value()
            var writer = JSONWriter(capacity: 16)
            stream(value, to: &writer)
            #expect(writer.finish() == value.serialized())
        }
    }

    // Mistakes of the program trap; each runs in a process of its own.

    @Test func valueWithoutANameTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.string("a")
        }
    }

    @Test func twoValuesAtTheTopTrap() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.null()
            writer.null()
        }
    }

    @Test func wrongEndTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.endArray()
        }
    }

    @Test func endAfterANameTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.name("a")
            writer.endObject()
        }
    }

    @Test func nameInAnArrayTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.name("a")
        }
    }

    @Test func unfinishedDocumentTraps() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            _ = writer.finish()
        }
    }
}
