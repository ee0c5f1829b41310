"""X as far as its streams go: rules, the filtered stream, the sample stream, and the old API 1.1.

The first argument is JSON:

    posts      a file of messages, one a line, spelled out as lies.py does, plain or .gz, which every stream sends from its start; a string that begins
               with "made:" and a number stands for so many made-up posts
    token      requests with another one are answered 401
    rules      [{"id", "value", "tag"}] that are there already
    streams    what becomes of the n-th stream, the last for all later ones: a list of parts. A number sends so many of the
               posts, going on behind those that were sent; "all" sends the rest; other parts are those of script.py.
               A status in the place of the list answers with it, and {"status", "headers"} with headers too
    statuses   {"n": status}: answers of the n-th request for rules, counted from 1; with headers likewise
    reset      seconds until the x-rate-limit-reset of an answer 429

With a second argument, a PEM file of a key and a certificate, it speaks TLS. Prints its port; a GET of /seen answers with
the requests that came, and the rules.
"""

import gzip
import json
import sys
import threading
import time

import serving
from lies import spelled_out
from script import do


def messages(path):
    if path.startswith("made:"):
        return [made(n) for n in range(int(path[5:]))]
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as file:
        return [spelled_out(line.strip()) for line in file if line.strip()]


def made(number):
    return json.dumps({
        "data": {
            "id": str(1_900_000_000_000_000_000 + number), "text": "", "author_id": str(number % 700),
            "created_at": "2026-11-22T18:00:00.000Z", "edit_history_tweet_ids": [str(1_900_000_000_000_000_000 + number)],
            "entities": {"hashtags": [{"start": 0, "end": 5, "tag": f"tag{number % 40}"}]}},
        "matching_rules": [{"id": "1", "tag": "tidemark:x"}],
    }).encode()


class State:
    def __init__(self, told):
        self.told = told
        self.messages = messages(told.get("posts", "made:0"))
        self.rules = told.get("rules", [])
        self.seen = []
        self.sent = 0
        self.streams = 0
        self.rule_requests = 0
        self.lock = threading.Lock()


class Handler(serving.Handler):
    def do_GET(self):
        self.handle_request(b"")

    def do_POST(self):
        self.handle_request(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def answer(self, status, value, headers=()):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status):
        told = status if isinstance(status, dict) else {"status": status}
        status = told["status"]
        token = (self.headers.get("Authorization") or "").rpartition(" ")[2]
        headers = list(told.get("headers", {}).items())
        if status == 429 and "reset" in self.state.told:
            headers += [("x-rate-limit-reset", str(int(time.time()) + self.state.told["reset"]))]
        if status == 302:
            headers = [("Location", f"https://other.example/{token}?t={token}")]
        self.answer(status, {"title": token, "detail": token, "status": status}, headers)

    def handle_request(self, body):
        state = self.state
        path = self.path.partition("?")[0]
        if path == "/seen":
            return self.answer(200, {"requests": state.seen, "rules": state.rules, "sent": state.sent})
        with state.lock:
            state.seen.append(f"{self.command} {self.path} {body.decode()}".strip())
        token = state.told.get("token")
        if token and self.headers.get("Authorization") != f"Bearer {token}":
            return self.refuse(401)
        if path == "/2/tweets/search/stream/rules":
            return self.change_rules(body)
        if path in ("/2/tweets/search/stream", "/2/tweets/sample/stream", "/1.1/statuses/sample.json",
                    "/1.1/statuses/filter.json"):
            return self.stream()
        self.refuse(404)

    def change_rules(self, body):
        state = self.state
        with state.lock:
            state.rule_requests += 1
            status = state.told.get("statuses", {}).get(str(state.rule_requests))
            if status:
                return self.refuse(status)
            if not body:
                return self.answer(200, {"data": state.rules, "meta": {"result_count": len(state.rules)}})
            change = json.loads(body)
            if "delete" in change:
                gone = set(change["delete"]["ids"])
                state.rules = [rule for rule in state.rules if rule["id"] not in gone]
                return self.answer(200, {"meta": {"summary": {"deleted": len(gone), "not_deleted": 0}}})
            good = [rule for rule in change["add"] if "bad" not in rule["value"]]
            for rule in good:
                state.rules.append(dict(rule, id=str(1000 + len(state.rules) + len(state.seen))))
            summary = {"created": len(good), "not_created": len(change["add"]) - len(good)}
            self.answer(201, {"data": good, "meta": {"summary": summary}})

    def stream(self):
        state = self.state
        with state.lock:
            streams = state.told.get("streams", [["all", {"hold": True}]])
            parts = streams[min(state.streams, len(streams) - 1)]
            state.streams += 1
        if not isinstance(parts, list):
            return self.refuse(parts)
        self.begin_stream("application/json")
        for part in parts:
            if part == "all" or isinstance(part, int):
                end = len(state.messages) if part == "all" else state.sent + part
                batch, state.sent = state.messages[state.sent:end], end
                self.connection.sendall(b"".join(message + b"\r\n" for message in batch))
            elif do(part, self.connection, self.rfile, b"") == "over":
                return


def main():
    Handler.state = State(json.loads(sys.argv[1]))
    serving.serve(Handler, *sys.argv[2:])


if __name__ == "__main__":
    main()
