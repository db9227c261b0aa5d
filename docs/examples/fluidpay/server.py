#!/usr/bin/env python3
"""A shop with one page: it opens the Tokenizer of the Fluid Pay gateway and pays with the token.

    python3 server.py [PORT] [URL of Understudy]

The private key belongs on a server and never on a page: that is all this program is for.
"""
import http.server
import json
import os
import pathlib
import sys
import urllib.error
import urllib.request

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
GATEWAY = sys.argv[2].rstrip("/") if len(sys.argv) > 2 else "http://localhost:8080"
PRIVATE_KEY = os.environ.get("PRIVATE_KEY", "api_Understudy00000000000000000")
PUBLIC_KEY = os.environ.get("PUBLIC_KEY", "pub_Understudy00000000000000000")
PAGE = (pathlib.Path(__file__).parent / "index.html").read_text()


def pay(order):
    body = {"type": "sale", "amount": int(order["amount"]), "payment_method": {"token": str(order["token"])}}
    request = urllib.request.Request(
        GATEWAY + "/api/transaction", json.dumps(body).encode(), method="POST",
        headers={"Content-Type": "application/json", "Authorization": PRIVATE_KEY})
    try:
        with urllib.request.urlopen(request, timeout=40) as response:
            data = json.load(response)["data"]
    except urllib.error.HTTPError as error:
        return {"approved": False, "text": json.load(error)["msg"]}
    return {
        "approved": data["response"] == "approved", "text": data["status"], "amount": data["amount"], "id": data["id"],
    }


class Shop(http.server.BaseHTTPRequestHandler):
    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path.split("?")[0] == "/":
            page = PAGE.replace("GATEWAY", GATEWAY).replace("PUBLIC_KEY", PUBLIC_KEY)
            self.answer(200, "text/html; charset=utf-8", page.encode())
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
