/// The page in the frame. Its script shows of it what the shop's page asks for.
enum TokenizerPage {
    static let html = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Payment details</title>
        <style>\(style)</style>
        </head>
        <body>
        <form id="payment" autocomplete="off" novalidate hidden>
        <div id="types" role="group" aria-label="How to pay" hidden>
        <button type="button" id="type-card" aria-pressed="true">Card</button>
        <button type="button" id="type-ach" aria-pressed="false">Bank account</button>
        </div>
        \(names)
        <fieldset class="fieldset cc"><legend>Card</legend>
        \(field("cc", "cc", "Card number", "inputmode=\"numeric\" maxlength=\"200\""))
        \(field("exp", "exp", "Expires (MM/YY)", "inputmode=\"numeric\" placeholder=\"MM/YY\" maxlength=\"7\""))
        \(field("cvv", "cvv", "Security code", "inputmode=\"numeric\" maxlength=\"4\""))
        </fieldset>
        <fieldset class="fieldset ach" hidden><legend>Bank account</legend>
        \(field("routing", "routing", "Routing number", "inputmode=\"numeric\" maxlength=\"9\""))
        \(field("account", "account", "Account number", "inputmode=\"numeric\" maxlength=\"17\""))
        <div class="field account_type"><label for="account_type">Account type</label>
        <select id="account_type"><option value="checking">Checking</option>
        <option value="savings">Savings</option></select></div>
        <div class="field sec_code" hidden><label for="sec_code">Authorized</label>
        <select id="sec_code"><option value="web">On the internet</option><option value="ccd">By a company</option>
        <option value="ppd">In writing</option></select></div>
        </fieldset>
        \(address("billing", "Billing address"))
        \(address("shipping", "Shipping address"))
        <p id="fees" role="status" hidden></p>
        <p id="error" role="alert"></p>
        </form>
        <script src="../../tokenizer/frame.js"></script>
        </body>
        </html>

        """

    private static let style =
        "body{margin:0;font:16px/1.4 system-ui,sans-serif;color:#1b1f23;background:transparent}"
        + "fieldset{border:0;margin:0 0 .4em;padding:0;display:flex;flex-wrap:wrap;gap:0 .8em}[hidden]{display:none}"
        + "legend{padding:0;font-weight:600}.field{flex:1 1 8em}.field.cc,.field.address_line_1{flex-basis:100%}"
        + ".untitled legend{display:none}.unlabelled label{position:absolute;clip-path:inset(50%)}"
        + "label{display:block;font-size:.85em;margin-top:.4em}"
        + "input,select{box-sizing:border-box;width:100%;font:inherit;padding:.45em;border:1px solid #767676;"
        + "border-radius:4px;background:#fff;color:inherit}[aria-invalid=true]{border-color:#b00020}"
        + "#error{color:#b00020;margin:.3em 0;min-height:1.4em}#types{margin-bottom:.5em}"
        + "#types button{font:inherit;padding:.3em .8em}#types [aria-pressed=true]{font-weight:600}"

    private static func field(_ id: String, _ name: String, _ label: String, _ attributes: String = "") -> String {
        "<div class=\"field \(name)\"><label for=\"\(id)\">\(label)</label>"
            + "<input id=\"\(id)\" type=\"text\" autocomplete=\"off\" \(attributes)></div>"
    }

    private static let names =
        "<fieldset class=\"fieldset user\" hidden><legend>You</legend>"
        + [
            ("first_name", "First name"), ("last_name", "Last name"), ("email", "E-mail"), ("phone", "Phone"),
        ].map { field("user_\($0.0)", $0.0, $0.1) }.joined() + "</fieldset>"

    private static func address(_ kind: String, _ title: String) -> String {
        let fields = [
            ("first_name", "First name"), ("last_name", "Last name"), ("company", "Company"),
            ("address_line_1", "Address"), ("address_line_2", "Second line"), ("city", "City"), ("state", "State"),
            ("postal_code", "Postal code"), ("country", "Country"),
        ]
        return "<fieldset class=\"fieldset \(kind)\" hidden><legend>\(title)</legend>"
            + fields.map { field("\(kind)_\($0.0)", $0.0, $0.1) }.joined() + "</fieldset>"
    }
}
