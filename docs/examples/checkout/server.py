#!/usr/bin/env python3
"""A shop with one page: it embeds the hosted tokenizer and pays with the token.

    python3 server.py [PORT] [URL of Understudy]

The gateway wants user and password, which belong on a server and never on a page: that is all this program is for.
"""
import base64
import http.server
import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
GATEWAY = sys.argv[2].rstrip("/") if len(sys.argv) > 2 else "http://localhost:8080"
MERCHANT = os.environ.get("MERCHANT", "496160873888")
CREDENTIALS = os.environ.get("CREDENTIALS", "testing:testing123")
HERE = pathlib.Path(__file__).parent
FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/checkout.js": ("checkout.js", "text/javascript; charset=utf-8"),
    "/checkout.css": ("checkout.css", "text/css; charset=utf-8"),
}


def pay(order):
    body = {
        "merchid": MERCHANT, "account": str(order["token"]), "expiry": str(order.get("expiry") or ""),
        "amount": str(order["amount"]), "currency": "USD", "ecomind": "E", "capture": "Y",
    }
    request = urllib.request.Request(
        GATEWAY + "/cardconnect/rest/auth", json.dumps(body).encode(), method="PUT",
        headers={
            "Content-Type": "application/json",
            "Authorization": "Basic " + base64.b64encode(CREDENTIALS.encode()).decode(),
        })
    with urllib.request.urlopen(request, timeout=40) as response:
        answer = json.load(response)
    return {
        "approved": answer.get("respstat") == "A", "text": answer.get("resptext"), "amount": answer.get("amount"),
        "reference": answer.get("retref"),
    }


class Shop(http.server.BaseHTTPRequestHandler):
    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/config":
            config = {"tokenizer": GATEWAY + "/itoke/ajax-tokenizer.html"}
            self.answer(200, "application/json", json.dumps(config).encode())
        elif self.path in FILES:
            name, kind = FILES[self.path]
            self.answer(200, kind, (HERE / name).read_bytes())
        else:
            self.answer(404, "text/plain", b"not found\n")

    def do_POST(self):
        try:
            length = int(self.headers.get("Content-Length") or 0)
            if self.path != "/pay" or length > 10_000:
                self.answer(404, "text/plain", b"not found\n")
                return
            result = pay(json.loads(self.rfile.read(length)))
        except (ValueError, KeyError):
            result = {"approved": False, "text": "the shop did not understand the order"}
        except (urllib.error.URLError, TimeoutError):
            result = {"approved": False, "text": "the gateway cannot be reached"}
        self.answer(200, "application/json", json.dumps(result).encode())

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    shop = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Shop)
    print(f"http://localhost:{shop.server_address[1]}", flush=True)
    shop.serve_forever()
