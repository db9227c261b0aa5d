import Foundation
import HTTP
import HostedTokenizer
import TestSupport
import Testing

/// The page and its parameters, as far as they show without a browser.
@Suite("Hosted tokenizer")
struct PageTests {
    let session: Session

    init() throws { session = try Session("uat-plain") }

    private func page(_ query: String) throws -> String {
        let answer = try session.send(.get, "/itoke/ajax-tokenizer.html" + (query.isEmpty ? "" : "?" + query))
        #expect(answer.status == 200 && answer.raw.headers["X-Frame-Options"] == nil)
        return answer.raw.text
    }

    @Test func aloneTheCardFieldHasNoLabel() throws {
        let html = try page("")
        #expect(html.contains(#"<input id="ccnumfield" name="ccnumfield" type="tel" size="19" maxlength="2000""#))
        #expect(html.contains(#"title="Credit Card Number" aria-label="Credit Card Number""#))
        #expect(!html.contains("<label") && !html.contains("cccvvfield") && !html.contains("<select"))
    }

    @Test func everyField() throws {
        let html = try page("useexpiry=true&usecvv=true&usemonthnames=true")
        for id in ["cccardlabel", "ccnumfield", "ccexpirylabel", "ccexpirymonth", "ccexpiryyear", "cccvvlabel"] {
            #expect(html.contains("id=\"\(id)\""))
        }
        #expect(html.contains(">November<") && html.contains(">2030<") && html.contains(">2049<"))
        #expect(!html.contains(">2050<"), "twenty years by the world's clock")
        let typed = try page("useexpiry=true&useexpiryfield=true")
        #expect(typed.contains("ccexpiryfieldmonth") && typed.contains("ccexpiryfieldyear"))
        #expect(!typed.contains("<select"))
    }

    /// Each parameter changes the page when it is set, and only then.
    @Test(arguments: PageParameters.all.map(\.name))
    func parameter(_ name: String) throws {
        let isTyped = name != "usemonthnames" && name != "monthnames"
        let names = name == "monthnames" ? "&usemonthnames=true" : ""
        let base = "useexpiry=true&usecvv=true&useexpiryfield=\(isTyped)" + names
        let parameter = try #require(PageParameters.all.first { $0.name == name })
        let value =
            switch parameter.kind {
            case .flag: "true"
            case .integer: "7"
            case .decimal: "0.75"
            case .text: name == "css" ? "input{color:red}" : name == "monthnames" ? "Un-Deux" : "Changed"
            case .word: "vertical"
            case .name: "mytoken"
            }
        if ["useexpiry", "usecvv"].contains(name) {
            #expect(try page("\(name)=true") != page(""))
        } else if name == "useexpiryfield" {
            #expect(try page("useexpiry=true&useexpiryfield=true") != page("useexpiry=true"))
        } else {
            #expect(try page("\(name)=\(value)&\(base)") != page(base))
            #expect(try page("\(base)&other=1") == page(base), "what nobody knows changes nothing")
        }
    }

    /// Against the table of the reference, where it lies beside the project.
    @Test func reference() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "../shared/reference/tables")
        guard FileManager.default.fileExists(atPath: folder.path()) else { return }
        let table = try String(contentsOf: folder.appending(path: "itoke-parameters.csv"), encoding: .utf8)
        let names = table.split(whereSeparator: \.isNewline).dropFirst().compactMap { $0.split(separator: ",").first }
        #expect(Set(names.map(String.init)) == Set(PageParameters.all.map(\.name)) && names.count == 39)
        let styles = try String(contentsOf: folder.appending(path: "itoke-css-properties.csv"), encoding: .utf8)
        for name in styles.split(whereSeparator: \.isNewline).dropFirst() where !name.hasPrefix(":") {
            #expect(StyleSheet.sanitized("input{\(name):0}") == "input{\(name):0}")
        }
    }

    @Test(arguments: [
        ("input{color:red}", "input{color:red}"), ("a{}", ""), ("input{position:fixed;color:red}", "input{color:red}"),
        ("</style><script>x</script>{color:red}", ""), ("input{color:red</style><script>}", ""),
        ("input{background:url(//e.example)}", ""), ("input{background:u\\72l(//e.example)}", ""),
        ("@import 'x';input{color:red}", ""), ("@font-face{font-family:x}", ""),
        ("input[value^='4']{color:red}", ""), ("in/**/put{co/*;*/lor:red}", "input{color:red}"),
        ("@media (max-width:9px){input{width:1px}x{top:0}}", "@media (max-width:9px){input{width:1px}}"),
        ("::placeholder{color:red}", "::placeholder{color:red}"), ("input{color:red", "input{color:red}"),
        ("a{b{color:red}}", ""), ("/*", ""), ("}}}input{width:expression(1)}", ""),
    ])
    func styles(_ sent: String, _ kept: String) { #expect(StyleSheet.sanitized(sent) == kept) }

    /// Nothing of the address gets out of the attribute or text that it stands in.
    @Test func injection() throws {
        let evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%27"
        for parameter in PageParameters.all {
            let html = try page("\(parameter.name)=\(evil)&useexpiry=true&usecvv=true")
            #expect(!html.contains("<script>") && html.components(separatedBy: "<script").count == 2)
        }
    }

    @Test func others() throws {
        for path in ["itoke.js", "outer-page.html", "outer-page-validation.html", "outer-page.js"] {
            #expect(try session.send(.get, "/itoke/\(path)").status == 200)
        }
        #expect(try session.send(.get, "/itoke/nothing").status == 404)
        #expect(try session.send(.post, "/itoke/ajax-tokenizer.html").status == 405)
    }
}
