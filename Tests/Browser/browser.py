"""Headless Chromium through WebDriver, as far as the tests beside this file need it."""
import base64
import json
import pathlib
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
TAB = "\ue004"
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=720,820"]


class Browser:
    def __init__(self, driver, folder, arguments=(), insecure=False):
        self.driver, self.folder = driver, pathlib.Path(folder)
        options = {"goog:chromeOptions": {"args": ARGUMENTS + list(arguments)}, "acceptInsecureCerts": insecure}
        self.session = "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.driver + path, data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.read().decode()[:500]}") from error

    def post(self, path, body):
        return self.call("POST", self.session + path, body)

    def open(self, url):
        self.frame()
        self.post("/url", {"url": url})

    def find(self, selector):
        return self.post("/element", {"using": "css selector", "value": selector})[ELEMENT]

    def type(self, selector, text):
        self.post(f"/element/{self.find(selector)}/value", {"text": text})

    def click(self, selector):
        self.post(f"/element/{self.find(selector)}/click", {})

    def clear(self, selector):
        self.post(f"/element/{self.find(selector)}/clear", {})

    def text(self, selector):
        return self.call("GET", f"{self.session}/element/{self.find(selector)}/text")

    def label(self, selector):
        """The accessible name, as a screen reader hears it; Chromium computes it for pages, not within frames."""
        return self.call("GET", f"{self.session}/element/{self.find(selector)}/computedlabel")

    def frame(self, selector=None):
        self.post("/frame", {"id": {ELEMENT: self.find(selector)} if selector else None})

    def run(self, script, *arguments):
        return self.post("/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, condition, what):
        """Asks until it is so: what a page does by itself takes its own time."""
        for _ in range(150):
            if condition():
                return
            time.sleep(0.1)
        raise SystemExit(f"waited in vain: {what}")

    def wait_for(self, selector, part):
        self.wait(lambda: part in self.text(selector), f"{selector} says {self.text(selector)!r} and not {part!r}")

    def shot(self, name):
        (self.folder / f"{name}.png").write_bytes(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def close(self):
        self.call("DELETE", self.session)
