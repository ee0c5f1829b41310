"""A Mastodon server that serves recorded statuses, and fails as it is told.

The first argument is JSON:

    statuses   a file of statuses, one JSON object a line, plain or .gz; one with "hidden": true takes a place on its page,
               and is taken out of it, as servers do with what they hide
    stray      a place from the newest on: that status is in each page of two or more too, where it does not belong
    at         where: "top" (by default), "middle" or "end"
    rising     whether the statuses of a page begin with the oldest
    inclusive  whether a page begins with the status that it was asked for below
    links      whether a page names the next one in a header Link, which an empty page has too
    domain     the domain that the instance names; localhost by default
    token      if there is one, requests without it are answered 401
    page       statuses a page has at the most; 40 by default
    limit      requests for timelines in each period; none by default
    period     seconds of it; 300 by default
    faults     {"n": fault}: what happens to the n-th request for a timeline or a stream, counted from 1
    always     a fault of every request
    stream     what a stream sends: a list of parts, as in script.py, each connection its own list
    kind       the Content-Type of a stream, if it is another one
    sockets    whether streams come over a WebSocket alone, as GoToSocial's: server-sent events are answered 404, and each
               part without LF is a message
    clock      seconds that the server's clock is ahead
    instance   status of /api/v2/instance if it is not 200
    finger     the subject of every answer of WebFinger; without it there is none
    says       members that the instance has besides, or in the place of, the usual ones

A fault is a status, or one of

    drop  silence  half  garbage  object  empty  long  same  future  tags  redirect  loop  challenge  mark

or {"status": code, "kind": type, "body": text}.

With a second argument, a PEM file of a key and a certificate, it speaks TLS. Prints its port, and ends when its standard
input is closed; a GET of /seen answers with the requests that came.
"""

import base64
import bisect
import datetime
import email.utils
import gzip
import json
import socket
import struct
import sys
import threading
import time
import urllib.parse

import serving
from script import do


class State:
    def __init__(self, told):
        self.told = told
        path = told.get("statuses")
        opener = gzip.open if path and path.endswith(".gz") else open
        lines = [line for line in opener(path, "rt", encoding="utf-8")] if path else []
        by_id = {str(status["id"]): status for status in map(json.loads, lines)}
        self.key = int if all(i.isdigit() for i in by_id) else (lambda i: i)
        self.statuses = sorted(by_id.values(), key=lambda s: self.key(s["id"]))
        self.ids = [self.key(status["id"]) for status in self.statuses]
        self.lock = threading.Lock()
        self.count = 0
        self.connections = 0
        self.period_end = 0
        self.left = 0
        self.seen = []

    def page(self, query, kept):
        cut = bisect.bisect_right if self.told.get("inclusive") else bisect.bisect_left
        high = cut(self.ids, self.key(query["max_id"])) if "max_id" in query else len(self.ids)
        low = bisect.bisect_right(self.ids, self.key(query["since_id"])) if "since_id" in query else 0
        length = min(int(query.get("limit", 20)), self.told.get("page", 40))
        if "min_id" in query:
            low = bisect.bisect_right(self.ids, self.key(query["min_id"]))
            return list(reversed([s for s in self.statuses[low:high] if kept(s)][:length]))
        page = []
        for index in range(high - 1, low - 1, -1):
            if len(page) == length:
                break
            if kept(self.statuses[index]):
                page.append(self.statuses[index])
        return page

    def shown(self, page):
        page = [status for status in page if not status.get("hidden")]
        if "stray" in self.told and len(page) > 1:
            place = {"top": 0, "middle": len(page) // 2, "end": len(page)}[self.told.get("at", "top")]
            page.insert(place, self.statuses[-1 - self.told["stray"]])
        return page[::-1] if self.told.get("rising") else page


class Handler(serving.Handler):
    def date_time_string(self, timestamp=None):
        return email.utils.formatdate((timestamp or time.time()) + self.state.told.get("clock", 0), usegmt=True)

    def answer(self, status, body=b"", headers=(), length=None, kind="application/json"):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        state, told = self.state, self.state.told
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/seen":
            return self.answer(200, json.dumps(state.seen).encode())
        with state.lock:
            state.seen.append(self.path)
        if url.path == "/api/v2/instance":
            scheme = "wss" if hasattr(self.connection, "context") else "ws"
            status, says = told.get("instance", 200), told.get("says", {})
            return self.answer(status, json.dumps({
                "domain": told.get("domain", "localhost"), "version": "4.5.0",
                **says, "configuration": {
                    "urls": {"streaming": f"{scheme}://{self.headers['Host']}"}, **says.get("configuration", {})},
            }).encode() if status == 200 else b"{}")
        if url.path == "/.well-known/webfinger" and "finger" in told:
            return self.answer(200, json.dumps({"subject": told["finger"]}).encode())
        if not url.path.startswith(("/api/v1/timelines/", "/api/v1/streaming")):
            return self.answer(404, b"{}")
        if "token" in told and self.headers.get("Authorization") != f"Bearer {told['token']}":
            return self.answer(401, b'{"error":"The access token is invalid"}')
        with state.lock:
            state.count += 1
            number = state.count
        fault = told.get("faults", {}).get(str(number), told.get("always"))
        headers = self.pace()
        if headers is None:
            return
        if url.path.startswith("/api/v1/streaming"):
            return self.stream(fault)
        tag = urllib.parse.unquote(url.path.rpartition("/tag/")[2]) if "/tag/" in url.path else None

        def kept(status):
            return (tag is None or any(t["name"] == tag for t in status["tags"])) and (
                query.get("local") != "true" or "@" not in status["account"]["acct"])

        page = state.page(query, kept)
        if told.get("links") and page:
            address = f"http://{self.headers['Host']}{url.path}"
            headers = headers + [("Link", f'<{address}?limit=40&max_id={page[-1]["id"]}>; rel="next", '
                                          f'<{address}?min_id={page[0]["id"]}>; rel="prev"')]
        page = state.shown(page)
        if fault is None:
            return self.answer(200, json.dumps(page).encode(), headers)
        self.fail(fault, page, headers)

    def pace(self):
        """Headers of the rate limit; answers by itself when it is used up."""
        state, limit = self.state, self.state.told.get("limit")
        if not limit:
            return []
        with state.lock:
            if time.time() >= state.period_end:
                state.period_end = int(time.time()) + state.told.get("period", 300)
                state.left = limit
            state.left -= 1
            left, end = state.left, state.period_end
        reset = datetime.datetime.fromtimestamp(end, datetime.timezone.utc).isoformat()
        headers = [
            ("X-RateLimit-Limit", str(limit)), ("X-RateLimit-Remaining", str(max(0, left))),
            ("X-RateLimit-Reset", reset.replace("+00:00", ".000000Z"))]
        if left < 0:
            self.answer(429, b'{"error":"Too many requests"}', headers)
            return None
        return headers

    def fail(self, fault, page, headers):
        body = json.dumps(page).encode()
        echo = (self.headers.get("Authorization") or "").rpartition(" ")[2]
        if fault == "drop":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
        elif fault == "silence":
            self.rfile.read(1)
        elif fault == "half":
            self.answer(200, body[:len(body) // 2], headers, length=len(body))
            self.close_connection = True
        elif fault == "garbage":
            self.answer(200, b"\x00\xff<html>\x1b[2J", headers)
        elif fault == "object":
            self.answer(200, json.dumps({"error": echo}).encode(), headers)
        elif fault == "empty":
            self.answer(200, b"[]", headers)
        elif fault == "long":
            self.answer(200, b'[{"id":"1","content":"' + b"x" * (64 << 20) + b'"}]', headers)
        elif fault == "same":
            self.answer(200, json.dumps(self.state.page({}, lambda _: True)).encode(), headers)
        elif fault == "future":
            lies = [dict(s, id=str(int(s["id"]) + (1 << 60)), created_at="9999-01-01T00:00:00.000Z") for s in page]
            self.answer(200, json.dumps(lies + page).encode(), headers)
        elif fault == "tags":
            lie = dict(page[0], tags=[{"name": "x" * 10_000_000}, {"name": "y"}])
            many = dict(page[0], tags=[{"name": f"t{i}"} for i in range(1_000_000)])
            self.answer(200, json.dumps([lie, many] + page).encode(), headers)
        elif fault == "redirect":
            self.answer(302, b"", [("Location", f"https://other.example/{echo}?access_token={echo}")])
        elif fault == "challenge":
            self.answer(403, b"<!DOCTYPE html>Just a moment...", [("cf-mitigated", "challenge")], kind="text/html")
        elif fault == "mark":
            self.answer(200, b"\xef\xbb\xbf" + body, headers)
        elif isinstance(fault, dict):
            self.answer(fault["status"], fault["body"].encode(), kind=fault["kind"])
        elif fault == "loop":
            self.answer(302, b"", [("Location", self.path)])
        else:
            self.answer(fault, json.dumps({"error": f"no: {echo}"}).encode(), headers)

    def stream(self, fault):
        if isinstance(fault, (int, dict)) or fault in ("redirect", "loop", "challenge"):
            return self.fail(fault, [], [])
        state = self.state
        if state.told.get("sockets") and self.headers.get("Upgrade", "").lower() != "websocket":
            return self.fail(404, [], [])
        with state.lock:
            parts = state.told["stream"][min(state.connections, len(state.told["stream"]) - 1)]
            state.connections += 1
        if state.told.get("sockets"):
            do({"accept": True}, self.connection, self.rfile,
               b"Sec-WebSocket-Key: " + self.headers["Sec-WebSocket-Key"].encode())
            self.close_connection = True
        else:
            self.begin_stream(state.told.get("kind", "text/event-stream"))
        for part in parts:
            if "base64" in part:
                content = base64.b64decode(part["base64"])
                if state.told.get("sockets"):
                    content = b"\x81\x7f" + struct.pack(">Q", len(content)) + content
                self.connection.sendall(content)
            elif do(part, self.connection, self.rfile, b"") == "over":
                return


def main():
    Handler.state = State(json.loads(sys.argv[1]))
    serving.serve(Handler, *sys.argv[2:])


if __name__ == "__main__":
    main()
