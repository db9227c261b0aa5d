"""Drives the example checkout in headless Chromium through WebDriver: checkout.py DRIVER SHOP-URL SCREENSHOT-FOLDER."""
import base64
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request

DRIVER, SHOP, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(DRIVER + path, data, method=method, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)["value"]
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{method} {path}: {error.read().decode()[:500]}") from error


OPTIONS = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=720,820"]}
session = "/session/" + call(
    "POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": OPTIONS}}})["sessionId"]


def find(selector):
    return call("POST", session + "/element", {"using": "css selector", "value": selector})[ELEMENT]


def type_into(selector, text):
    call("POST", f"{session}/element/{find(selector)}/value", {"text": text})


def text_of(selector):
    return call("GET", f"{session}/element/{find(selector)}/text")


def frame(selector=None):
    call("POST", session + "/frame", {"id": {ELEMENT: find(selector)} if selector else None})


def wait_for(selector, part):
    for _ in range(100):
        text = text_of(selector)
        if part in text:
            return
        time.sleep(0.1)
    raise SystemExit(f"{selector} says {text!r} and not {part!r}")


def shot(name):
    (FOLDER / f"{name}.png").write_bytes(base64.b64decode(call("GET", session + "/screenshot")))


def enter(number, month, year, code):
    frame()
    call("POST", session + "/url", {"url": SHOP})
    # The shop's script says late what the frame shows, and that is loaded then: until both are done, look again.
    for _ in range(100):
        frame()
        frame("#card")
        ready = {"script": "return document.readyState==='complete' && !!document.getElementById('cccvvfield')", "args": []}
        if call("POST", session + "/execute/sync", ready):
            break
        time.sleep(0.1)
    # The driver computes no names inside a frame of another origin; aria-label wins over everything else there.
    script = """return ['ccnumfield', 'ccexpirymonth', 'ccexpiryyear', 'cccvvfield'].map(
        function (id) { return document.getElementById(id).getAttribute('aria-label') })"""
    names = call("POST", session + "/execute/sync", {"script": script, "args": []})
    assert names == ["Credit Card Number", "Expiration Month", "Expiration Year", "Card Verification Value"], names
    type_into("#ccnumfield", number + "\ue004")
    if month:
        type_into("#ccexpirymonth", month)
        type_into("#ccexpiryyear", year)
    if code:
        type_into("#cccvvfield", code + "\ue004")
    frame()


def pay(amount):
    call("POST", f"{session}/element/{find('#amount')}/clear", {})
    type_into("#amount", amount)
    call("POST", f"{session}/element/{find('#pay')}/click", {})


try:
    later = str(time.gmtime().tm_year + 3)
    enter("4111111111111111", "12", later, "123")
    wait_for("#hint", "ending in 1111 is ready")
    shot("1-card-entered")
    pay("12.00")
    wait_for("#result", "Approved: 12.00 USD")
    shot("2-approved")
    enter("4111111111111111", "12", later, "123")
    wait_for("#hint", "is ready")
    pay("1051.00")
    wait_for("#result", "Declined: ")
    shot("3-declined")
    enter("4111111111111112", "", "", "")
    wait_for("#hint", "Invalid Card Number")
    shot("4-bad-number")
    now = time.gmtime()
    if now.tm_mon > 1:
        enter("4111111111111111", "01", str(now.tm_year), "123")
        wait_for("#hint", "Invalid Expiration Date")
        shot("5-expired")
    print("the checkout works in Chromium")
finally:
    call("DELETE", session)
