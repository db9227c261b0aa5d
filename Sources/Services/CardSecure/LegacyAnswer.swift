import HTTP
import Payments
import ServiceKit
import Texts

/// The three forms of a legacy answer; all of them have status 200 (reference §8).
enum LegacyAnswer {
    static func answer(_ action: String, _ data: String, _ form: LegacyForm, _ call: TokenizerCall) -> ServiceAnswer {
        let headers = [
            HTTPField("Content-Type", contentType(form)), HTTPField("Access-Control-Allow-Origin", "*"),
            HTTPField("Access-Control-Allow-Headers", "Content-Type"),
            HTTPField("Access-Control-Allow-Methods", "GET, POST"),
        ]
        var answer = ServiceAnswer(
            HTTPResponse(status: 200, headers: headers, body: Array(body(action, data, form).utf8)),
            operation: action == "KG" ? "publicKey" : "tokenization", recordedTarget: form.recordedTarget())
        if isClear(data) { answer.recordedBody = Array(body(action, "(ends in \(data.suffix(4)))", form).utf8) }
        return answer
    }

    /// A number of a gift card: digits, and no token.
    private static func isClear(_ data: String) -> Bool { Digits.areAll(data) && data.utf8.first != UInt8(ascii: "9") }

    /// Clients load the JSON form as a script, or read it as text; a strict type keeps some of them from it.
    private static func contentType(_ form: LegacyForm) -> String {
        switch form.kind {
        case nil, .json: "text/html"
        case .xml: "text/xml"
        }
    }

    private static func body(_ action: String, _ data: String, _ form: LegacyForm) -> String {
        switch form.kind {
        // A blank becomes a plus, and what would end the value is encoded; the colons of an error stay.
        case nil: "action=\(action)&data=" + PairText.encode(data)
        // A fixed function name, and blanks exactly so: clients cut off as many characters.
        case .json: "processToken( { \"action\" : \"\(action)\", \"data\" : \"\(escaped(data))\" } )"
        case .xml:
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><action>\(action)</action>"
                + "<data>\(markup(data))</data></response>"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("<", with: "\\u003c")
    }

    private static func markup(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

/// Percent-encoding of the text form, which leaves as much readable as it can.
private enum PairText {
    static func encode(_ text: String) -> String {
        PercentCoding.encode(text).replacing("%20", with: "+").replacing("%3A", with: ":")
    }
}
