/// Pages that show the tokenizer in a frame and what it tells them.
enum OuterPage {
    static let html = page("Tokenizer", "ajax-tokenizer.html")

    static let validationHTML = page(
        "Tokenizer with validation",
        "ajax-tokenizer.html?useexpiry=true&amp;usecvv=true&amp;formatinput=true&amp;enhancedresponse=true"
            + "&amp;invalidcreditcardevent=true&amp;invalidcvvevent=true&amp;invalidexpiryevent=true")

    private static func page(_ title: String, _ address: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>\(title)</title>
        <style>body{font-family:sans-serif;margin:2em;max-width:40em}
        iframe{border:1px solid #999;width:100%;height:19em}
        output{display:block;font-family:monospace;margin-top:1em;white-space:pre-wrap}</style></head>
        <body>
        <h1>\(title)</h1>
        <iframe id="tokenframe" name="tokenframe" title="Card details" src="\(address)"></iframe>
        <p><label for="mytoken">Token</label> <input id="mytoken" readonly></p>
        <output id="log" aria-live="polite"></output>
        <script src="outer-page.js"></script>
        </body>
        </html>

        """
    }

    static let script = #"""
        "use strict";
        window.addEventListener("message", function (event) {
          if (event.source !== document.getElementById("tokenframe").contentWindow) { return; }
          document.getElementById("log").textContent += event.data + "\n";
          var message = JSON.parse(event.data);
          if (message.message !== undefined) { document.getElementById("mytoken").value = message.message; }
        });

        """#
}
