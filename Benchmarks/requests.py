"""Sends a number of requests over one connection, one after the other. See README.md in this folder.

    requests.py PORT KIND COUNT [KIND COUNT]...

KIND is `auth` (an order id of its own each), `inquire` (about the newest authorization), `tokenize`, `get` (the page that
checks credentials) or `sale` (Fluid Pay). Every answer has to be 200. The file BENCH_REFERENCE keeps the newest authorization's reference.
"""

import base64
import json
import os
import socket
import sys

MERCHANT = os.environ["BENCH_MERCHANT"]
ACCOUNT = os.environ["BENCH_ACCOUNT"]
FLUID_KEY = "api_Understudy00000000000000000"
BASIC = base64.b64encode(b"testing:testing123").decode()


def message(method, path, body=b"", credentials=f"Basic {BASIC}"):
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {credentials}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def auth(order):
    members = {
        "merchid": MERCHANT, "account": ACCOUNT, "expiry": "1230", "amount": "10.00", "currency": "USD",
        "name": "Bench Mark", "orderid": f"order-{order:08}", "postal": "19406", "ecomind": "E", "capture": "N",
        "cvv2": "123",
    }
    body = json.dumps(members, separators=(",", ":")).encode()
    return message("PUT", "/cardconnect/rest/auth", body)


def inquire(_):
    with open(os.environ["BENCH_REFERENCE"]) as file:
        return message("GET", f"/cardconnect/rest/inquire/{file.read()}/{MERCHANT}")


def tokenize(_):
    body = json.dumps({"account": ACCOUNT}).encode()
    return message("POST", "/cardsecure/api/v1/ccn/tokenize", body)


def sale(_):
    card = {"entry_type": "keyed", "number": ACCOUNT, "expiration_date": "12/30"}
    body = json.dumps({"type": "sale", "amount": 1112, "payment_method": {"card": card}}).encode()
    return message("POST", "/api/transaction", body, FLUID_KEY)


class Client:
    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, request):
        self.connection.sendall(request)
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.receive()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, value = line.split(b":", 1)
            if name.lower() == b"content-length":
                length = int(value)
        while len(self.rest) < length:
            self.rest += self.receive()
        body, self.rest = self.rest[:length], self.rest[length:]
        if head.split(b" ", 2)[1] != b"200":
            sys.exit(f"requests.py: an answer was no 200: {head.decode()}")
        return body

    def receive(self):
        received = self.connection.recv(65536)
        if not received:
            sys.exit("requests.py: the server has closed the connection")
        return received


def main():
    client = Client(int(sys.argv[1]))
    makers = {
        "auth": auth,
        "inquire": inquire,
        "tokenize": tokenize,
        "sale": sale,
        "get": lambda _: message("GET", "/cardconnect/rest/"),
    }
    for kind, count in zip(sys.argv[2::2], sys.argv[3::2]):
        for number in range(1, int(count) + 1):
            answer = client.ask(makers[kind](number))
        if kind == "auth":
            with open(os.environ["BENCH_REFERENCE"], "w") as file:
                file.write(json.loads(answer)["retref"])


main()
