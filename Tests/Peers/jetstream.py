"""A Jetstream server that replays a file of events from the cursor on, and fails where it is told to.

The first argument is JSON:

    {"file": "events.ndjson",     events in order of their time
     "faults": {"100": "drop"},   what happens before the event of that number, counted from 0, or behind the last; each
                                  happens once
     "floor": 1795370400000000,   events before that time are gone, and a cursor before it is silently moved there
     "first": ["answer 503"],     what happens to the first attempts to connect
     "tail": "hold",              at the end: hold the connection (hold), or close it (close)
     "live": 20,                  after the file, so many made-up events a second, with the clock's time; 0 for none
     "burst": 1795370400000000,   made-up events from that time on have a hashtag more, #burst, and of what has gone by
                                  there is a twentieth; 0 for none
     "log": "connections",        a file that gets a line with the cursor of each connection
     "raw": true,                 send the file's lines, spelled out as lies.py does, to whoever comes, whatever the cursor
     "tls": "good.pem"}           a key and a certificate; without it, no TLS

Faults: drop (without a close frame), close, twice (the last 50 events again), reorder (those of the next two seconds,
shuffled), silence (the connection stays open), beats (pings and nothing else), fragments (the next 50 events in fragments),
pings (the next 50 in fragments with pings between), binary (the event in a binary message), big (a message of 64 MB),
noise (binary messages that are nothing), packed (all events from here on as compressed ones are, at every
connection), garbage (text that is no JSON, and bytes that are no text), half (half of the
event, then a drop), cut (half of the event as if it were all), `answer 503` (a drop, and the next attempt gets that
status; 302 leads to another host, 307 to itself).

Serves version 1 (/subscribe) and version 2 (…subscribeEvents). Prints the port it chose; ends when
its standard input is closed.
"""

import asyncio
import bisect
import http
import json
import random
import ssl
import sys
import time

from websockets.asyncio.server import serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.http11 import Response

from lies import spelled_out


class Event:
    __slots__ = ("time", "text", "collection", "kind")

    def __init__(self, line):
        event = json.loads(line)
        self.time = event["time_us"]
        self.text = line
        self.kind = event["kind"]
        self.collection = event["commit"]["collection"] if self.kind == "commit" else None


def second(event):
    """The event as version 2 has it."""
    old = json.loads(event.text)
    seconds, micro = divmod(old["time_us"], 1_000_000)
    new = {"$type": "network.bsky.jetstream.subscribeEvents#" + old["kind"], "seq": old["time_us"] % 10**9,
           "did": old["did"], "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{micro:06}Z"}
    new.update(old["commit"] if old["kind"] == "commit" else {old["kind"]: old[old["kind"]]})
    return json.dumps({"$type": "message", "payload": new}).encode()


class Server:
    def __init__(self, settings):
        self.raw = settings.get("raw", False)
        with open(settings["file"], "rb") as lines:
            lines = lines.read().splitlines()
            self.lines = [spelled_out(line) for line in lines] if self.raw else []
            self.events = [] if self.raw else [Event(line) for line in lines]
        self.times = [event.time for event in self.events]
        self.faults = {int(number): fault for number, fault in settings.get("faults", {}).items()}
        self.floor = settings.get("floor", 0)
        self.answers = list(settings.get("first", []))
        self.tail = settings.get("tail", "hold")
        self.live = settings.get("live", 0)
        self.burst = settings.get("burst", 0)
        self.log = settings.get("log")
        self.random = random.Random(1)

    def answer(self, connection, request):
        """None agrees to speak WebSocket."""
        if self.answers:
            status = int(self.answers.pop(0).split()[-1])
            headers = Headers({"Content-Length": "0", "Connection": "close"})
            if status in (429, 503):
                headers["Retry-After"] = "1"
            if status == 302:
                headers["Location"] = "wss://other.example/subscribe"
            if status == 307:
                headers["Location"] = request.path
            return Response(status, http.HTTPStatus(status).phrase, headers, b"")
        return None

    async def serve(self, connection):
        path, _, query = connection.request.path.partition("?")
        asked = [part.partition("=")[::2] for part in query.split("&") if part]
        is_second = path.endswith("subscribeEvents")
        collections = [value for name, value in asked if name in ("wantedCollections", "collections")]
        kinds = [value for name, value in asked if name == "kinds"]
        cursor = int(next((value for name, value in asked if name == "cursor"), 10**18))
        if self.log:
            with open(self.log, "a") as log:
                print(cursor, file=log)
        try:
            await self.replay(connection, cursor, collections, kinds, is_second)
        except ConnectionClosed:
            pass

    async def replay(self, connection, cursor, collections, kinds, is_second):
        for line in self.lines:
            connection.transport.write(frame(line))
            await flushed(connection)
        index = bisect.bisect_left(self.times, max(cursor, self.floor))
        # A cursor of the future asks for what comes from now on.
        if cursor > time.time() * 1e6 and cursor > (self.times or [0])[-1]:
            index = len(self.events)
        pending, count = bytearray(), 0
        while index < len(self.events) or index in self.faults:
            fault = self.faults.pop(index, None)
            if fault:
                connection.transport.write(bytes(pending))
                pending.clear()
                index = await self.fail(fault, connection, index, collections, kinds, is_second)
                if index is None:
                    return
                continue
            event = self.events[index]
            index += 1
            if not wanted(event, collections, kinds):
                continue
            pending += frame(second(event) if is_second else event.text)
            count += 1
            if len(pending) > 1 << 17:
                connection.transport.write(bytes(pending))
                pending.clear()
                await flushed(connection)
        connection.transport.write(bytes(pending))
        await flushed(connection)
        # As a server that has been there since the cursor, however late it is asked.
        now = time.time() * 1e6
        moment = min(cursor, now)
        while self.live:
            moment += 1e6 / self.live * (20 if self.burst and moment < now else 1)
            await asyncio.sleep(max(0, moment / 1e6 - time.time()))
            connection.transport.write(frame(self.made_up(moment)))
            await flushed(connection)
        if self.tail == "hold":
            await connection.wait_closed()

    def made_up(self, moment):
        number = self.random.getrandbits(40)
        more = b',"burst"' if 0 < self.burst <= moment else b""
        return (b'{"did":"did:plc:%024d","time_us":%d,"kind":"commit","commit":{"rev":"%013d","operation":"create",'
                b'"collection":"app.bsky.feed.post","rkey":"%d","record":{"text":"","langs":["en"],"tags":["live","t%d"%s]}}}'
                % (number % 1000, moment, number, number, number % (3 if self.burst else 7), more))

    async def fail(self, fault, connection, index, collections, kinds, is_second):
        """Does it, and returns where to go on; nothing if the connection is over."""
        transport = connection.transport
        await flushed(connection)
        text = self.events[index].text if index < len(self.events) else b""
        around = [event for event in self.events[max(0, index - 50):index] if wanted(event, collections, kinds)]
        coming = [event for event in self.events[index:index + 50] if wanted(event, collections, kinds)]
        if fault.startswith("answer "):
            self.answers.append(fault)
            fault = "drop"
        if fault == "drop":
            transport.abort()
            return None
        if fault == "close":
            await connection.close(1012, "restarting")
            return None
        if fault == "silence":
            await connection.wait_closed()
            return None
        if fault == "beats":
            while True:
                await connection.ping()
                await asyncio.sleep(0.1)
        if fault == "half":
            transport.write(frame(text)[:len(text) // 2])
            await flushed(connection)
            transport.close()
            return None
        if fault == "cut":
            transport.write(frame(text[:len(text) // 2]))
            return index + 1
        if fault == "twice":
            for event in around:
                transport.write(frame(event.text))
        elif fault == "reorder":
            end = bisect.bisect_right(self.times, self.times[index] + 2_000_000)
            # Never over another fault.
            end = min([end] + [number for number in self.faults if number > index])
            shuffled = [event for event in self.events[index:end] if wanted(event, collections, kinds)]
            self.random.shuffle(shuffled)
            for event in shuffled:
                transport.write(frame(event.text))
            return end
        elif fault in ("fragments", "pings"):
            end = min([index + 50] + [number for number in self.faults if number > index])
            for event in self.events[index:end]:
                if wanted(event, collections, kinds):
                    transport.write(fragments(event.text, fault == "pings", self.random))
            return end
        elif fault == "binary":
            transport.write(frame(text, Opcode.BINARY))
            return index + 1
        elif fault == "big":
            transport.write(frame(b"", size=64 << 20))
            for _ in range(1024):
                transport.write(bytes(1 << 16))
                await flushed(connection)
        elif fault == "packed":
            self.faults[index] = fault
            for event in self.events[index:]:
                transport.write(frame(b"\x28\xb5\x2f\xfd" + self.random.randbytes(200), Opcode.BINARY))
                await flushed(connection)
            await connection.wait_closed()
            return None
        elif fault == "noise":
            for size in (0, 1, 300, 70_000):
                transport.write(frame(self.random.randbytes(size), Opcode.BINARY))
        elif fault == "garbage":
            transport.write(frame(b'{"did": nonsense') + frame(b"\xff\xfe\x00") + frame(b"") + frame(b"[" * 5000))
        else:
            raise ValueError(fault)
        return index


def wanted(event, collections, kinds):
    if kinds and event.kind not in kinds:
        return False
    return event.collection is None or not collections or event.collection in collections


async def flushed(connection):
    """Waits until the client has taken nearly everything; ends with the connection."""
    while connection.transport.get_write_buffer_size() > 1 << 20:
        await asyncio.sleep(0.001)
    if connection.transport.is_closing():
        raise ConnectionClosed(None, None)


def frame(payload, opcode=Opcode.TEXT, size=None):
    if size is None:
        return Frame(opcode, payload).serialize(mask=False)
    return bytes([0x80 | opcode, 127]) + size.to_bytes(8, "big")


def fragments(payload, has_pings, randomness):
    pieces, start = [], 0
    while start < len(payload):
        size = randomness.randint(1, 200)
        pieces.append(payload[start:start + size])
        start += size
    out = bytearray()
    for number, piece in enumerate(pieces):
        opcode = Opcode.CONT if number else Opcode.TEXT
        out += Frame(opcode, piece, fin=number == len(pieces) - 1).serialize(mask=False)
        if has_pings:
            out += Frame(Opcode.PING, b"still there?").serialize(mask=False)
    return bytes(out)


async def main():
    settings = json.loads(sys.argv[1])
    server = Server(settings)
    context = None
    if settings.get("tls"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings["tls"])
    async with serve(server.serve, "127.0.0.1", 0, ssl=context, compression=None, ping_interval=None,
                     process_request=server.answer, max_size=1 << 16) as running:
        print(running.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)
        running.close(close_connections=True)


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    asyncio.run(main())
