import JSON
import Payments
import Processor
import ServiceKit
import Texts

/// The page itself: fields that the parameters ask for, with the ids that style sheets of shops rely on.
struct PageDocument {
    private let parameters: PageParameters
    private let texts: TokenizerSettings.PageTexts
    private let today: CivilTime

    init(_ parameters: PageParameters, _ request: ServiceRequest) {
        self.parameters = parameters
        texts = request.behavior.tokenizer.page
        today = request.behavior.clock.zone.civilTime(request.world.now)
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Card tokenizer</title>
        <style>\(Self.ownStyle)</style>
        <style>\(StyleSheet.sanitized(parameters["css"]))</style>
        </head>
        <body class="orientation-\(parameters["orientation"])">
        <form id="tokenform" autocomplete="off" data-settings="\(Self.escaped(settings))">
        \(fields.joined(separator: "\n"))
        </form>
        <script src="itoke.js"></script>
        </body>
        </html>

        """
    }

    private static let ownStyle =
        "label{display:block;margin:.5em 0 .2em}input.error,select.error{border-color:#b00020;outline-color:#b00020}"
        + ".orientation-horizontal .field{display:inline-block;vertical-align:bottom;margin-right:.6em}"

    private var settings: String {
        let own: [(String, JSONValue)] = [
            (
                "texts",
                [
                    "card": .string(texts.invalidCard), "cvv": .string(texts.invalidCVV),
                    "expiry": .string(texts.invalidExpiry), "required": .string(texts.required),
                    "code": .string(texts.validationCode), "unreachable": .string(texts.unreachable),
                    "unreachableCode": .string(texts.unreachableCode),
                ]
            ),
            ("encodesFailures", .bool(texts.plainFailure == .encoded)),
            ("year", .number(String(today.year))), ("month", .number(String(today.month))),
        ]
        return JSONValue(pairs: parameters.settings + own).serializedText()
    }

    private var fields: [String] {
        var fields = [block(cardLabel + card)]
        if parameters.isOn("useexpiry") {
            let label = label("ccexpirylabel", parameters["expirylabel"], for: monthID)
            fields.append(block(label + month))
            fields.append(block(year))
        }
        if parameters.isOn("usecvv") {
            let label = label("cccvvlabel", parameters["cvvlabel"], for: "cccvvfield")
            fields.append(block(label + input("cccvvfield", "cvvtitle", "placeholdercvv", size: 4, longest: 4)))
        }
        return fields
    }

    private func block(_ content: String) -> String { "<div class=\"field\">\(content)</div>" }

    /// A lone card field has no label, only its title.
    private var cardLabel: String {
        guard parameters.isOn("useexpiry") || parameters.isOn("usecvv") else { return "" }
        return label("cccardlabel", parameters["cardlabel"], for: "ccnumfield")
    }

    private var card: String {
        input(
            "ccnumfield", "cardtitle", "placeholder", size: 19, longest: Int(parameters["cardinputmaxlength"]) ?? 2000,
            type: parameters.isOn("fullmobilekeyboard") ? "text" : "tel", isFocused: parameters.isOn("autofocus"))
    }

    private var monthID: String { parameters.isOn("useexpiryfield") ? "ccexpiryfieldmonth" : "ccexpirymonth" }

    private var month: String {
        guard !parameters.isOn("useexpiryfield") else {
            return input(monthID, "expirymonthtitle", "placeholdermonth", size: 2, longest: 2)
        }
        let names = parameters["monthnames"].split(separator: "-", omittingEmptySubsequences: false)
        return select(
            "ccexpirymonth", "expirymonthtitle",
            (1...12).map { month in
                let named = parameters.isOn("usemonthnames") && month <= names.count
                return (String(month), named ? String(names[month - 1]) : month < 10 ? "0\(month)" : String(month))
            })
    }

    private var year: String {
        guard !parameters.isOn("useexpiryfield") else {
            return input("ccexpiryfieldyear", "expiryyeartitle", "placeholderyear", size: 4, longest: 4)
        }
        return select("ccexpiryyear", "expiryyeartitle", (0..<20).map { ("\(today.year + $0)", "\(today.year + $0)") })
    }

    private func label(_ id: String, _ text: String, for field: String) -> String {
        "<label id=\"\(id)\" for=\"\(field)\">\(Self.escaped(text))</label>"
    }

    private func input(
        _ id: String, _ title: String, _ placeholder: String, size: Int, longest: Int, type: String = "tel",
        isFocused: Bool = false
    ) -> String {
        let title = Self.escaped(parameters[title])
        let hint = parameters[placeholder]
        return "<input id=\"\(id)\" name=\"\(id)\" type=\"\(type)\" size=\"\(size)\" maxlength=\"\(longest)\""
            + " autocomplete=\"off\" title=\"\(title)\" aria-label=\"\(title)\""
            + (hint.isEmpty ? "" : " placeholder=\"\(Self.escaped(hint))\"") + (isFocused ? " autofocus" : "") + ">"
    }

    private func select(_ id: String, _ title: String, _ options: [(value: String, text: String)]) -> String {
        let title = Self.escaped(parameters[title])
        let items = options.map { "<option value=\"\($0.value)\">\(Self.escaped($0.text))</option>" }
        return "<select id=\"\(id)\" name=\"\(id)\" title=\"\(title)\" aria-label=\"\(title)\">"
            + "<option value=\"\"></option>" + items.joined() + "</select>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
