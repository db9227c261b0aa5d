"""A small client of WebDriver for headless Chromium."""
import base64
import json
import pathlib
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
OPTIONS = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=720,820"]}


class Browser:
    def __init__(self, driver, folder):
        self.driver, self.folder = driver, pathlib.Path(folder)
        self.session = ""
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": OPTIONS}}})
        self.session = "/session/" + made["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.driver + self.session + path, data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.read().decode()[:500]}") from error

    def close(self):
        self.call("DELETE", "")

    def open(self, address):
        self.frame()
        self.call("POST", "/url", {"url": address})

    def find(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def type_into(self, selector, text):
        self.call("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def clear(self, selector):
        self.call("POST", f"/element/{self.find(selector)}/clear", {})

    def click(self, selector):
        self.call("POST", f"/element/{self.find(selector)}/click", {})

    def text_of(self, selector):
        return self.call("GET", f"/element/{self.find(selector)}/text")

    def label_of(self, selector):
        """The accessible name, as a screen reader hears it; Chromium computes it for pages, not within frames."""
        return self.call("GET", f"/element/{self.find(selector)}/computedlabel")

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def frame(self, selector=None):
        self.call("POST", "/frame", {"id": {ELEMENT: self.find(selector)} if selector else None})

    def wait_for(self, selector, part):
        for _ in range(100):
            text = self.text_of(selector)
            if part in text:
                return
            time.sleep(0.1)
        raise SystemExit(f"{selector} says {text!r} and not {part!r}")

    def wait(self, condition, what):
        """Asks until it is so: what a page does by itself takes its own time."""
        for _ in range(150):
            if condition():
                return
            time.sleep(0.1)
        raise SystemExit(f"waited in vain: {what()}")

    def wait_until(self, script):
        for _ in range(100):
            if self.run(script):
                return
            time.sleep(0.1)
        raise SystemExit(f"never true: {script}")

    def shot(self, name):
        (self.folder / f"{name}.png").write_bytes(base64.b64decode(self.call("GET", "/screenshot")))
