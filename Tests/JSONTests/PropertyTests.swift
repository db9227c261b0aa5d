import Foundation
import JSON
import PropertySupport
import Testing

@Suite struct PropertyTests {
    @Test(arguments: PropertySeeds.few)
    func writingAndReadingReturn(seed: UInt64) throws {
        var documents = RandomDocuments(seed: seed)
        for _ in 0..<300 {
            let value = documents.value()
            let bytes = value.serialized()
            let compact = try JSONValue(parsing: bytes)
            #expect(compact == value)
            #expect(compact.serialized() == bytes)
            #expect(try JSONValue(parsing: value.prettyPrinted()).serialized() == bytes)
            #expect(try JSONValue(parsing: documents.disguised(value)).serialized() == bytes)
        }
    }

    /// Another reader agrees on what was written, and this one on what another writer wrote.
    @Test(arguments: PropertySeeds.few)
    func agreesWithAnotherImplementation(seed: UInt64) throws {
        var documents = RandomDocuments(seed: seed)
        for _ in 0..<100 {
            let strings = JSONValue.array(
                [documents.value(depth: 0), documents.value(depth: 0)].map { value in
                    value.numberLiteral == nil ? value : .null
                })
            let object = try JSONSerialization.jsonObject(with: Data(strings.serialized()))
            let other = try JSONSerialization.data(withJSONObject: object, options: .withoutEscapingSlashes)
            #expect(try JSONValue(parsing: Array(other)).serialized() == strings.serialized())
        }
    }

    /// The beginning of a document that ends with a bracket or a quote is no document, and the error says that it
    /// ends too early.
    @Test(arguments: PropertySeeds.few)
    func everyPrefixIsRefused(seed: UInt64) throws {
        var documents = RandomDocuments(seed: seed)
        let fixed = [
            #"{"merchid":"800000000001","amount":"106.00","items":[{"quantity":2,"cost":-1.50e+2}],"capture":true}"#,
            #"["\u00e9\ud83d\ude00é€😀\\\"\n",null,false,[],{},[{}],0,-0.0e-0]"#, #""\ud83d\ude00""#,
            " \n{ \"a\" : [ 1 , \"b\" ] , \"c\" : null }",
        ]
        var texts = fixed.map { Array($0.utf8) }
        for _ in 0..<20 { texts.append(Array(documents.disguised(.array([documents.value(depth: 3)])).utf8)) }
        for text in texts {
            _ = try JSONValue(parsing: text)
            let trimmed = text.count - text.reversed().prefix { $0 <= 0x20 }.count
            for length in 0..<trimmed {
                do throws(JSONError) {
                    _ = try JSONValue(parsing: text[..<length])
                    Issue.record("prefix of \(length) bytes is read")
                } catch {
                    switch error.reason {
                    case .documentEnds where error.offset == length: break
                    case .emptyDocument where text[..<length].allSatisfy({ $0 <= 0x20 }): break
                    case let reason: Issue.record("prefix of \(length) bytes: \(reason) at \(error.offset)")
                    }
                }
            }
        }
    }

    /// Whatever the bytes, the reader ends with a document or an error inside the bytes; and what it accepts is
    /// what it writes.
    @Test(arguments: PropertySeeds.few)
    func mutatedDocumentsDoNoHarm(seed: UInt64) throws {
        var documents = RandomDocuments(seed: seed)
        var accepted = 0
        var refused = 0
        for _ in 0..<100 {
            let text = Array(documents.disguised(documents.value()).utf8)
            for _ in 0..<40 {
                let mutant = documents.mutated(text)
                do throws(JSONError) {
                    let value = try JSONValue(parsing: mutant)
                    accepted += 1
                    #expect(try JSONValue(parsing: value.serialized()) == value)
                    #expect(String(validating: mutant, as: UTF8.self) != nil)
                } catch {
                    refused += 1
                    #expect((0...mutant.count).contains(error.offset))
                }
            }
        }
        #expect(accepted > 100 && refused > 100)
    }

    /// A string is accepted exactly when its bytes are UTF-8, for all pairs of bytes and for all bytes after E0 to
    /// F4 that decide.
    @Test func utf8IsDecidedAsByTheStandardLibrary() {
        var sequences: [[UInt8]] = []
        for first in 0x20...0xFF as ClosedRange<UInt8> {
            for second in 0x20...0xFF as ClosedRange<UInt8> { sequences.append([first, second]) }
        }
        let edges: [UInt8] = [0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        for first in 0xE0...0xF8 as ClosedRange<UInt8> {
            for second in edges {
                for third in edges {
                    sequences.append([first, second, third])
                    for fourth in edges { sequences.append([first, second, third, fourth]) }
                }
            }
        }
        for sequence in sequences where !sequence.contains(0x22) && !sequence.contains(0x5C) {
            let expected = String(validating: sequence, as: UTF8.self).map { JSONValue.string($0) }
            let read: JSONValue?
            do throws(JSONError) { read = try JSONValue(parsing: [0x22] + sequence + [0x22]) } catch { read = nil }
            if read != expected { Issue.record("\(sequence)") }
        }
    }

    /// All 65,536 single escapes, and the pairs at the edges of the surrogates.
    @Test func escapesAreDecidedByTheirNumber() throws {
        func escape(_ number: Int) -> String {
            let digits = String(number, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        for number in 0...0xFFFF {
            let bytes = Array("\"\(escape(number))\"".utf8)
            if let scalar = Unicode.Scalar(UInt32(number)) {
                let text = try JSONValue(parsing: bytes).stringValue
                if text.map({ Array($0.unicodeScalars) }) != [scalar] { Issue.record("\(number)") }
            } else {
                #expect(throws: JSONError(.loneSurrogate, at: 1)) { try JSONValue(parsing: bytes) }
            }
        }
        for high in [0xD800, 0xD801, 0xDBFF] {
            for low in [0xDC00, 0xDC01, 0xDFFF] {
                let value = try JSONValue(parsing: "\"\(escape(high))\(escape(low))\"")
                #expect(value.stringValue.map { Array($0.utf16).map(Int.init) } == [high, low])
            }
        }
    }
}
