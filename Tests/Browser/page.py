"""Each parameter of the hosted tokenizer's page in a frame: page.py DRIVER UNDERSTUDY-URL SCREENSHOT-FOLDER.

A test is named by the parameters that it is about; `covers` gathers them, and at the end every parameter has to be there.
"""
import http.server
import json
import re
import sys
import threading
import time
import urllib.parse
import urllib.request

from webdriver import Browser

PAGE = sys.argv[2].rstrip("/") + "/itoke/ajax-tokenizer.html"
TAB = "\ue004"
CARD, NOT_PUBLISHED, BAD = "4111111111111111", "4000056655665556", "4111111111111112"
browser = Browser(sys.argv[1], sys.argv[3])
tests = []


class Shop(http.server.BaseHTTPRequestHandler):
    """A page around the frame that keeps what the frame says, and when."""

    def do_GET(self):
        source = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("src", [""])[0]
        body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body>
            <iframe id="card" title="Card details" src="{source.replace('&', '&amp;').replace('"', '&quot;')}"
            width="600" height="400"></iframe><button id="elsewhere">Elsewhere</button>
            <script>window.said = []; addEventListener("message", function (event) {{
            said.push({{ text: event.data, at: Date.now() }}); }});</script></body></html>""".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


shop = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
threading.Thread(target=shop.serve_forever, daemon=True).start()


def covers(*names):
    def keep(test):
        tests.append((names, test))
        return test
    return keep


def show(**parameters):
    """Opens the page in a shop's frame and stays in the frame."""
    address = PAGE + ("?" + urllib.parse.urlencode(parameters) if parameters else "")
    browser.open(f"http://localhost:{shop.server_port}/?src=" + urllib.parse.quote(address, safe=""))
    browser.frame("#card")
    browser.wait_until("return document.readyState === 'complete'")
    browser.run("window.lastInput = 0; addEventListener('input', function () { lastInput = Date.now(); }, true);")


def value(selector):
    return browser.run("return document.querySelector(arguments[0]).value", selector)


def attribute(selector, name):
    return browser.run("return document.querySelector(arguments[0]).getAttribute(arguments[1])", selector, name)


def style(selector, name):
    return browser.run("return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, name)


def said():
    """All messages so far, with their times; the driver is back in the frame afterwards."""
    browser.frame()
    messages = browser.run("return said")
    browser.frame("#card")
    assert all(isinstance(message["text"], str) for message in messages), "messages are texts"
    return [(json.loads(message["text"]), message["at"]) for message in messages]


def heard(condition, what):
    """The first message of which something is true."""
    found = []

    def look():
        found[:] = [message for message, _ in said() if condition(message)]
        return bool(found)

    browser.wait(look, lambda: f"{what}; said was {said()}")
    return found[0]


def leave():
    """Takes the focus out of the frame."""
    browser.frame()
    browser.click("#elsewhere")
    browser.frame("#card")


def token(message):
    assert re.fullmatch(r"941\d{9}1111", message), message
    return message


# Keys faster than a person's, as a card reader types them: one at least so many milliseconds after the other. A busy machine
# makes them slower, so the test is far from the border.
SWIPE = """
    var field = document.getElementById('ccnumfield'); field.focus();
    for (var i = 0; i < arguments[0].length; i++) {
      var until = performance.now() + arguments[1]; while (performance.now() < until) {}
      field.value += arguments[0][i]; field.dispatchEvent(new Event('input', { bubbles: true }));
    }"""
READER = "02A001801F4728008383" + "0123456789ABCDEF" * 3


@covers()
def basic():
    show()
    browser.type_into("#ccnumfield", CARD + TAB)
    message = heard(lambda message: "message" in message, "the token")
    assert list(message) == ["message"] and token(message["message"])
    assert value("#ccnumfield").endswith("1111") and value("#ccnumfield").startswith("41**"), value("#ccnumfield")
    # Whoever types again begins anew.
    browser.type_into("#ccnumfield", "4")
    assert value("#ccnumfield") == ""


@covers("enhancedresponse")
def enhanced():
    show(enhancedresponse="true")
    browser.type_into("#ccnumfield", CARD + TAB)
    message = heard(lambda message: "errorCode" in message, "the enhanced answer")
    assert set(message) == {"message", "token", "errorCode", "errorMessage"}
    assert message["token"] == message["message"] and message["errorCode"] == "0" and message["errorMessage"] == ""
    show(enhancedresponse="true")
    browser.type_into("#ccnumfield", NOT_PUBLISHED + TAB)
    message = heard(lambda message: "errorCode" in message, "the enhanced failure")
    assert message["token"] == "" and message["message"] == "" and message["errorCode"] == "8", message
    assert "published" in message["errorMessage"]
    # Without it, the failure stands where the token would.
    show()
    browser.type_into("#ccnumfield", NOT_PUBLISHED + TAB)
    message = heard(lambda message: "message" in message, "the plain failure")
    assert list(message) == ["message"] and message["message"].startswith("0008::"), message


@covers("tokenpropname")
def property_name():
    show(tokenpropname="mytoken", enhancedresponse="true")
    browser.type_into("#ccnumfield", CARD + TAB)
    message = heard(lambda message: "mytoken" in message, "the renamed token")
    assert token(message["mytoken"]) == message["token"] and "message" not in message


@covers("autofocus")
def focus():
    show(autofocus="true")
    assert browser.run("return document.activeElement.id") == "ccnumfield"
    show()
    assert browser.run("return document.activeElement.id") != "ccnumfield"


@covers("cardinputmaxlength", "fullmobilekeyboard")
def card_field():
    show(cardinputmaxlength="6", fullmobilekeyboard="true")
    browser.type_into("#ccnumfield", "41111111")
    assert value("#ccnumfield") == "411111" and attribute("#ccnumfield", "type") == "text"
    show()
    assert attribute("#ccnumfield", "type") == "tel" and attribute("#ccnumfield", "maxlength") == "2000"


@covers("cardnumbernumericonly", "cvvnumericonly")
def digits_only():
    show(cardnumbernumericonly="true", usecvv="true", cvvnumericonly="true")
    browser.type_into("#ccnumfield", "41a1-1x")
    browser.type_into("#cccvvfield", "1b2")
    assert value("#ccnumfield") == "4111" and value("#cccvvfield") == "12"
    show(usecvv="true")
    browser.type_into("#ccnumfield", "12/34")
    browser.type_into("#cccvvfield", "1b2")
    assert value("#ccnumfield") == "12/34" and value("#cccvvfield") == "1b2"


@covers("formatinput")
def formatting():
    show(formatinput="true")
    browser.type_into("#ccnumfield", CARD)
    assert value("#ccnumfield") == "4111 1111 1111 1111"
    browser.shot("page-formatted")
    leave()
    token(heard(lambda message: "message" in message, "the token of a formatted number")["message"])


@covers("maskfirsttwo")
def masking():
    show(maskfirsttwo="true")
    browser.type_into("#ccnumfield", CARD + TAB)
    heard(lambda message: "message" in message, "the token")
    assert value("#ccnumfield") == "************1111", value("#ccnumfield")


@covers("unique")
def unique_tokens():
    tokens = []
    for _ in range(2):
        show(unique="true")
        browser.type_into("#ccnumfield", CARD + TAB)
        tokens.append(token(heard(lambda message: "message" in message, "a token")["message"]))
    assert tokens[0] != tokens[1]


@covers("invalidinputevent")
def invalid_input():
    show(invalidinputevent="true")
    browser.type_into("#ccnumfield", BAD + TAB)
    message = heard(lambda message: "validationError" in message, "the validation error")
    assert message == {"message": "", "validationError": "Invalid Card Number"}, message
    assert "error" in attribute("#ccnumfield", "class") and attribute("#ccnumfield", "aria-invalid") == "true"
    browser.shot("page-invalid")
    show(invalidinputevent="true")
    browser.type_into("#ccnumfield", TAB)
    assert "required" in heard(lambda message: "validationError" in message, "an empty field")["validationError"]
    # Nobody asked: nothing is said.
    show()
    browser.type_into("#ccnumfield", BAD + TAB)
    assert "error" in attribute("#ccnumfield", "class") and said() == []


@covers("invalidcreditcardevent", "invalidcvvevent", "invalidexpiryevent", "usecvv", "useexpiry", "useexpiryfield")
def validation():
    show(usecvv="true", useexpiry="true", useexpiryfield="true", invalidcreditcardevent="true", invalidcvvevent="true",
         invalidexpiryevent="true")
    browser.type_into("#ccnumfield", BAD + TAB)
    heard(lambda message: message.get("validationError") == "Invalid Card Number", "a bad number")
    browser.type_into("#ccexpiryfieldmonth", "13" + TAB)
    heard(lambda message: message.get("validationError") == "Invalid Expiration Date", "a bad month")
    browser.type_into("#cccvvfield", "1" + TAB)
    heard(lambda message: message.get("validationError") == "Invalid CVV", "a bad code")
    browser.shot("page-all-invalid")
    assert all("error" in attribute(f"#{field}", "class") for field in ["ccnumfield", "ccexpiryfieldmonth", "cccvvfield"])
    assert not any(message.get("message") for message, _ in said()), "nothing was tokenized"
    for field, text in [("ccnumfield", CARD), ("ccexpiryfieldmonth", "9"),
                        ("ccexpiryfieldyear", str(time.gmtime().tm_year + 2)), ("cccvvfield", "123")]:
        browser.run("document.getElementById(arguments[0]).value = ''", field)
        browser.type_into(f"#{field}", text)
    leave()
    message = heard(lambda message: message.get("message"), "the token")
    assert message["expiry"] == f"{time.gmtime().tm_year + 2}9", "the month is not padded"


@covers("usemonthnames", "monthnames", "placeholdermonth", "placeholderyear", "placeholder", "placeholdercvv")
def month_names():
    show(useexpiry="true", usemonthnames="true", monthnames="Un-Deux-Trois-Quatre-Cinq-Six-Sept-Huit-Neuf-Dix-Onze-Douze")
    names = browser.run("return Array.from(document.getElementById('ccexpirymonth').options).map(o => o.text)")
    assert names[1] == "Un" and names[12] == "Douze" and len(names) == 13
    years = browser.run("return Array.from(document.getElementById('ccexpiryyear').options).map(o => o.text)")
    assert years[1] == str(time.gmtime().tm_year) and len(years) == 21, years
    browser.shot("page-month-names")
    show(useexpiry="true")
    assert browser.run("return document.getElementById('ccexpirymonth').options[1].text") == "01"
    show(useexpiry="true", useexpiryfield="true", usecvv="true", placeholder="Number", placeholdercvv="000",
         placeholdermonth="MM", placeholderyear="YYYY")
    hints = [attribute(f"#{field}", "placeholder")
             for field in ["ccnumfield", "cccvvfield", "ccexpiryfieldmonth", "ccexpiryfieldyear"]]
    assert hints == ["Number", "000", "MM", "YYYY"], hints
    browser.shot("page-placeholders")


@covers("orientation")
def orientation():
    def tops(**parameters):
        show(useexpiry="true", usecvv="true", **parameters)
        return browser.run("return Array.from(document.querySelectorAll('.field')).map(f => f.getBoundingClientRect().top)")

    vertical = tops(orientation="vertical")
    assert vertical == sorted(vertical) and len(set(vertical)) == 4, vertical
    browser.shot("page-vertical")
    horizontal = tops(orientation="horizontal")
    assert len(set(horizontal)) < 4, horizontal
    browser.shot("page-horizontal")
    assert tops() == vertical


@covers("selectinputdelay")
def delay():
    show(selectinputdelay="1000")
    browser.type_into("#ccnumfield", "4")
    assert value("#ccnumfield") == "", "what comes right after the focus is not the person's"
    browser.wait(lambda: (browser.type_into("#ccnumfield", "4"), value("#ccnumfield"))[1] == "4",
                 lambda: "input after the delay")


@covers("sendcardtypingevent")
def typing():
    show(sendcardtypingevent="true")
    browser.type_into("#ccnumfield", CARD + TAB)
    heard(lambda message: message.get("cardTyping") is False, "the end of typing")
    events = [message["cardTyping"] for message, _ in said() if "cardTyping" in message]
    assert events == [True, False], events


@covers("sendcssloadedevent", "css")
def styles():
    sheet = ("input{color:rgb(1, 2, 3);position:fixed;background:url(//elsewhere.example/x)}"
             "@media (max-width:9999px){#ccnumfield{border:3px solid rgb(4, 5, 6)}}"
             "::placeholder{color:rgb(7, 8, 9)}</style><script>window.broken=true</script>")
    show(css=sheet, sendcssloadedevent="true", placeholder="Number")
    assert heard(lambda message: "cssLoaded" in message, "the style sheet") == {"cssLoaded": True}
    # What follows the harmful text is gone with it, what stood before it is there.
    assert style("#ccnumfield", "color") == "rgb(1, 2, 3)" and style("#ccnumfield", "position") == "static"
    assert style("#ccnumfield", "backgroundImage") == "none" and style("#ccnumfield", "borderTopColor") == "rgb(4, 5, 6)"
    assert browser.run("return window.broken === undefined && document.scripts.length") == 1
    browser.shot("page-styled")


@covers("tokenizewheninactive", "inactivityto")
def inactivity():
    show(tokenizewheninactive="true", inactivityto="1500")
    browser.type_into("#ccnumfield", CARD + TAB)
    heard(lambda message: "message" in message, "the token")
    [(message, at)] = said()
    waited = at - browser.run("return lastInput")
    assert token(message["message"]) and waited >= 1490, f"{waited} ms after the last key, and not when the field is left"


@covers("swiperate", "swipeonly")
def swipes():
    show(enhancedresponse="true")
    browser.run(SWIPE, READER, 0.05)
    message = heard(lambda message: message.get("token"), "the token of a swiped card")
    assert message["token"] == "9603982807976668", message
    assert READER not in value("#ccnumfield")
    # The same keys are no swipe where a reader has to be faster than that.
    show(swiperate="5", tokenizewheninactive="true", inactivityto="100")
    browser.run(SWIPE, READER, 1)
    browser.wait(lambda: "error" in (attribute("#ccnumfield", "class") or ""), lambda: "the look at what was typed")
    assert value("#ccnumfield") == READER and said() == []
    # A person's keys are taken away where only swipes count.
    show(swipeonly="true", inactivityto="100")
    browser.type_into("#ccnumfield", CARD)
    browser.wait(lambda: value("#ccnumfield") == "", lambda: "the cleared field")
    assert said() == []
    show(swipeonly="true", enhancedresponse="true")
    browser.run(SWIPE, READER, 0.05)
    assert heard(lambda message: message.get("token"), "the token of a swiped card")["token"] == "9603982807976668"


@covers("cardlabel", "cardtitle", "cvvlabel", "cvvtitle", "expirylabel", "expirymonthtitle", "expiryyeartitle")
def labels():
    texts = {"cardlabel": "Karte", "cardtitle": "Kartennummer", "cvvlabel": "Code", "cvvtitle": "Kartencode",
             "expirylabel": "Ende", "expirymonthtitle": "Monat", "expiryyeartitle": "Jahr"}
    address = PAGE + "?" + urllib.parse.urlencode({"useexpiry": "true", "usecvv": "true", **texts})
    browser.open(address)
    names = {field: browser.label_of(f"#{field}") for field in ["ccnumfield", "ccexpirymonth", "ccexpiryyear", "cccvvfield"]}
    assert names == {"ccnumfield": "Kartennummer", "ccexpirymonth": "Monat", "ccexpiryyear": "Jahr",
                     "cccvvfield": "Kartencode"}, names
    shown = {label: browser.text_of(f"#{label}") for label in ["cccardlabel", "ccexpirylabel", "cccvvlabel"]}
    assert shown == {"cccardlabel": "Karte", "ccexpirylabel": "Ende", "cccvvlabel": "Code"}, shown
    targets = browser.run("return Array.from(document.querySelectorAll('label')).map(l => !!l.control)")
    assert targets == [True, True, True]
    browser.shot("page-labels")
    # Each field is reached with the keyboard, in the order in which they stand.
    browser.click("#ccnumfield")
    order = ["ccnumfield"]
    # Not from the last one: behind it are the browser's own buttons, which would keep the focus from the next page.
    for _ in range(3):
        browser.type_into(f"#{order[-1]}", TAB)
        order.append(browser.run("return document.activeElement.id"))
    assert order == ["ccnumfield", "ccexpirymonth", "ccexpiryyear", "cccvvfield"], order


@covers()
def bank_accounts():
    show(fullmobilekeyboard="true")
    browser.type_into("#ccnumfield", "036001808/12345678" + TAB)
    message = heard(lambda message: "message" in message, "the token of a bank account")
    assert re.fullmatch(r"903\d{9}5678", message["message"]), message


try:
    for names, test in tests:
        test()
        print(f"  {test.__name__}: {', '.join(names) or 'what needs no parameter'}", flush=True)
    print(f"{len(tests)} tests, {sum(len(names) for names, _ in tests)} parameters of the page work in Chromium")
finally:
    browser.close()
