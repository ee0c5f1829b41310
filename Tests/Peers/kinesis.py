"""Kinesis Data Streams with one stream, which checks signatures and keeps to the limits of a shard.

The first argument is JSON:

    events     a file of recorded posts, plain or .gz, a record a line (.sse: a record an event); in the order of their own
               times they arrive at these. Without it the stream is empty
    delay      milliseconds that a record arrives after its time; 0 by default
    shards     shards at the beginning; 1 by default
    plan       what becomes of them: [{"at": 0.3, "split": 0}, {"at": 0.6, "merge": [1, 2]}], at shares of all records, by
               the places of the open shards in the order of their keys
    key        what records are put by: "post" (default), or "any" for one shard after the other
    packed     so many records are packed into one as the Producer Library does; none by default
    hours      how long records are kept, as it says; 24 by default
    trim       records that arrived before, in milliseconds, are gone
    created    when the stream was made, in seconds; long ago by default
    batch      the most records of an answer; 10000 by default
    page       shards that a page of ListShards has; 1000 by default
    expire     every n-th GetRecords of a shard says that its iterator has expired
    throttle   every n-th is throttled
    empty      every n-th gives nothing, and the same place again
    endless    "nothing": it gives nothing, and says that there is more; "old": its first record again and again; "children": an end,
               behind which another shard begins; "shards": pages of them
    garbage    it gives so many records that are none, again and again
    hostile    besides what is there, records that are packed wrongly, or are none
    closed     all shards are closed at the end, and none goes on with them
    status     of the stream
    refuse     every n-th record of PutRecords is refused
    own        what is put arrives at the time of its post, or else of the one before
    errors     {"GetRecords": "AccessDeniedException"}: operations that are refused
    live       seconds between two records, which then arrive one by one from the first GetRecords on
    keys       {"id": "secret"}

A second argument, a PEM file of a key and a certificate, makes it speak TLS. Prints its port, and ends when its standard input is
closed; a GET of /seen answers with what was asked, of /put with what was
put.
"""

import base64
import bisect
import collections
import datetime
import gzip
import hashlib
import json
import random
import sys
import threading
import time

import serving
import signature

TOP = 1 << 128


def own_time(text):
    """Milliseconds of a record's own time; None if it has none."""
    try:
        if text.startswith(b"event:") or b"\ndata:" in text or text.startswith(b"data:"):
            text = b"".join(line[5:] for line in text.split(b"\n") if line.startswith(b"data:"))
        record = json.loads(text)
        for name in ["payload", "data"]:
            if isinstance(record, dict) and isinstance(record.get(name), str):
                record = json.loads(record[name])
            elif name == "payload" and isinstance(record, dict) and isinstance(record.get(name), dict):
                record = record[name]
        if "time_us" in record:
            return record["time_us"] // 1000, record.get("did", "") + record.get("commit", {}).get("rkey", "")
        if isinstance(record.get("status"), dict) and "created_at" in record["status"]:
            record = record["status"]
        inner = record.get("data") if isinstance(record.get("data"), dict) else record
        if isinstance(inner.get("delete"), dict):
            inner = inner["delete"].get("status", {}) | {"timestamp_ms": inner["delete"].get("timestamp_ms")}
        key = str(inner.get("id_str") or inner.get("id") or "")
        if inner.get("timestamp_ms"):
            return int(inner["timestamp_ms"]), key
        text = inner.get("created_at")
        if not text:
            return None, key
        if text[0].isalpha():
            return int(datetime.datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y").timestamp() * 1000), key
        return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000), key
    except (ValueError, AttributeError, TypeError, KeyError, IndexError):
        return None, ""


def recorded(path):
    """The records of a file with their times and keys, in the order of these; those without go with the one before."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        text = file.read()
    mark = b"\n\n" if ".sse" in path else b"\n"
    found = []
    last = None
    for record in text.replace(b"\r\n", b"\n").split(mark):
        if not record:
            continue
        arrival, key = own_time(record)
        last = arrival if arrival is not None else last
        if last is not None:
            found.append((last, key, record + mark))
    found.sort(key=lambda one: one[0])
    return found


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def pack(records):
    message = field(1, b"key") + b"".join(field(3, b"\x08\x00" + field(3, one)) for one in records)
    return b"\xf3\x89\x9a\xc2" + message + hashlib.md5(message).digest()


def sealed(message):
    return b"\xf3\x89\x9a\xc2" + message + hashlib.md5(message).digest()


def hostile():
    """Records that hold nothing that can be read."""
    chance = random.Random(7)
    whole = pack([b"[1]", b"{"])
    yield from [b"\xf3\x89\x9a\xc2", whole[:-1] + b"\x00", whole[:-9], whole[:11], whole + b"\n", pack([]), pack([b""]),
                pack([whole]), pack([b"\xff" * 70000]), sealed(b""), sealed(b"\x1a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
                sealed(b"\x1a\x7f{}"), sealed(field(3, b"\x1a\x7f{}")), sealed(b"\x1b\x1c"), sealed(b"\x80" * 20),
                sealed(b"\x1a\x00" * 5000), b"", b"{", b"[", b'{"a":"', b"event: update\ndata: {", b"\x00" * 300, b"\xef\xbb\xbf", b"\n" * 99]
    for size in range(1, 60):
        yield chance.randbytes(size)
        yield sealed(chance.randbytes(size))


class Shard:
    def __init__(self, number, low, high, parents=()):
        self.id = f"shardId-{number:012}"
        self.low, self.high, self.parents = low, high, list(parents)
        self.arrivals, self.numbers, self.records = [], [], []
        self.opened, self.closed = 0, None
        self.calls = collections.deque()
        self.busy_until = 0.0
        self.asked = 0

    def description(self):
        said = {"ShardId": self.id, "HashKeyRange": {"StartingHashKey": str(self.low), "EndingHashKey": str(self.high - 1)},
                "SequenceNumberRange": {"StartingSequenceNumber": "1"}}
        if self.closed is not None:
            said["SequenceNumberRange"]["EndingSequenceNumber"] = "2"
        for name, parent in zip(["ParentShardId", "AdjacentParentShardId"], self.parents):
            said[name] = parent
        return said


class Stream:
    def __init__(self, told):
        self.told = told
        self.lock = threading.RLock()
        count = told.get("shards", 1)
        self.all = [Shard(n, TOP * n // count, TOP * (n + 1) // count) for n in range(count)]
        self.open = list(self.all)
        self.number = 0
        self.seen = collections.Counter()
        self.put, self.last = [], None
        self.turn = 0
        self.begun = False
        self.plan = list(told.get("plan", []))
        records = recorded(told["events"]) if "events" in told else []
        size = told.get("packed")
        if size:
            # A packed record is one of a key.
            records = [(part[-1][0], part[0][1], pack([one[2] for one in part]))
                       for part in (records[n:n + size] for n in range(0, len(records), size))]
        if told.get("hostile"):
            wrong = list(hostile())
            step = max(1, len(records) // len(wrong))
            for number, one in enumerate(wrong):
                place = min(1 + number * (step + 1), len(records))
                records.insert(place, (records[place - 1][0], str(number), one))
        self.pending = records
        if not told.get("live"):
            for index, record in enumerate(records):
                self.reshard(index / len(records), record[0])
                self.add(record[0] + told.get("delay", 0), record[1], record[2])
        if told.get("closed"):
            for shard in self.open:
                shard.closed = shard.arrivals[-1] if shard.arrivals else 1
            self.open = []

    def grow(self):
        """Records that come while somebody looks on."""
        for index, record in enumerate(self.pending):
            time.sleep(self.told["live"])
            with self.lock:
                now = int(time.time() * 1000)
                self.reshard(index / len(self.pending), now)
                self.add(now, record[1], record[2])

    def reshard(self, share, now):
        while self.plan and share >= self.plan[0]["at"]:
            step = self.plan.pop(0)
            if "split" in step:
                old = [self.open[step["split"]]]
                middle = (old[0].low + old[0].high) // 2
                ranges = [(old[0].low, middle), (middle, old[0].high)]
            else:
                old = [self.open[place] for place in step["merge"]]
                ranges = [(min(one.low for one in old), max(one.high for one in old))]
            for one in old:
                one.closed = now
                self.open.remove(one)
            for low, high in ranges:
                new = Shard(len(self.all), low, high, [one.id for one in old])
                new.opened = now
                self.all.append(new)
                self.open.append(new)
            self.open.sort(key=lambda one: one.low)

    def add(self, arrival, key, record):
        if self.told.get("key") == "any":
            self.turn += 1
            shard = self.open[self.turn % len(self.open)]
        else:
            place = int.from_bytes(hashlib.md5(key.encode()).digest(), "big")
            shard = next(one for one in self.open if one.low <= place < one.high)
        self.number += 1
        if self.told.get("own"):
            # What was put again arrives where it belongs.
            place = bisect.bisect_right(shard.arrivals, arrival)
            shard.arrivals.insert(place, arrival)
            shard.records.insert(place, record)
            shard.numbers.append(len(shard.numbers) + 1)
            return shard
        shard.arrivals.append(max(arrival, shard.arrivals[-1] if shard.arrivals else arrival))
        shard.numbers.append(self.number)
        shard.records.append(record)
        return shard

    def shard(self, name):
        return next((one for one in self.all if one.id == name), None)

    @property
    def newest(self):
        return max([one.arrivals[-1] for one in self.all if one.arrivals], default=0)


class Refused(Exception):
    pass


class Handler(serving.Handler):
    def do_GET(self):
        found = dict(self.state.seen) if self.path == "/seen" else self.state.put
        self.answer(200, json.dumps(found).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = self.state.told
        code = signature.wrong(self, body, told["keys"], "kinesis")
        operation = self.headers.get("X-Amz-Target", "").removeprefix("Kinesis_20131202.")
        self.state.seen[operation] += 1
        code = code or told.get("errors", {}).get(operation)
        try:
            if code:
                raise Refused(code)
            with self.state.lock:
                found = getattr(self, operation)(json.loads(body), told)
            self.answer(200, json.dumps(found).encode())
        except Refused as error:
            code = str(error)
            status = 500 if code in ["InternalFailure"] else 400
            self.answer(status, json.dumps({"__type": "com.amazonaws.kinesis.v20131202#" + code,
                                            "message": f"{code} of the tests"}).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def check(self, asked):
        if asked.get("StreamName") != "posts":
            raise Refused("ResourceNotFoundException")

    def DescribeStreamSummary(self, asked, told):
        self.check(asked)
        return {"StreamDescriptionSummary": {
            "StreamName": "posts", "StreamStatus": told.get("status", "ACTIVE"), "RetentionPeriodHours": told.get("hours", 24),
            "StreamCreationTimestamp": told.get("created", 1.0e9), "OpenShardCount": len(self.state.open)}}

    def ListShards(self, asked, told):
        if "NextToken" in asked:
            if "StreamName" in asked or "ShardFilter" in asked:
                raise Refused("InvalidArgumentException")
            begin, since = map(float, asked["NextToken"].split("|"))
        else:
            self.check(asked)
            begin, since = 0, 0
            if "ShardFilter" in asked:
                if asked["ShardFilter"]["Type"] != "FROM_TIMESTAMP":
                    raise Refused("InvalidArgumentException")
                since = asked["ShardFilter"]["Timestamp"] * 1000
        since = max(since, told.get("trim", 0))
        shards = [one for one in self.state.all if one.closed is None or one.closed >= since]
        if told.get("endless") == "shards":
            return {"Shards": [one.description() for one in shards], "NextToken": "0|0"}
        end = int(begin) + told.get("page", 1000)
        said = {"Shards": [one.description() for one in shards[int(begin):end]]}
        if end < len(shards):
            said["NextToken"] = f"{end}|{since}"
        return said

    def GetShardIterator(self, asked, told):
        self.check(asked)
        shard = self.state.shard(asked["ShardId"])
        if told.get("endless") == "children":
            return {"ShardIterator": f"{asked['ShardId']}|0"}
        if shard is None or shard.closed is not None and shard.closed < told.get("trim", 0):
            raise Refused("ResourceNotFoundException")
        kept = bisect.bisect_left(shard.arrivals, told.get("trim", 0))
        kind = asked["ShardIteratorType"]
        if kind == "AT_TIMESTAMP":
            place = bisect.bisect_left(shard.arrivals, asked["Timestamp"] * 1000)
        elif kind == "AFTER_SEQUENCE_NUMBER":
            place = bisect.bisect_right(shard.numbers, int(asked["StartingSequenceNumber"]))
        else:
            place = 0 if kind == "TRIM_HORIZON" else len(shard.records)
        return {"ShardIterator": f"{shard.id}|{max(place, kept)}"}

    def GetRecords(self, asked, told):
        state = self.state
        if told.get("live") and not state.begun:
            state.begun = True
            threading.Thread(target=state.grow, daemon=True).start()
        name, place = asked["ShardIterator"].split("|")
        if told.get("endless") == "children":
            return {"Records": [], "MillisBehindLatest": 60000, "ChildShards": [
                {"ShardId": f"shardId-{int(name[8:]) + 1:012}", "ParentShards": [name]}]}
        shard, place = state.shard(name), int(place)
        now = time.monotonic()
        while shard.calls and now - shard.calls[0] > 1:
            shard.calls.popleft()
        if len(shard.calls) >= 5 or now < shard.busy_until:
            state.seen["overrun"] += 1
            raise Refused("ProvisionedThroughputExceededException")
        shard.calls.append(now)
        shard.asked += 1
        turn = shard.asked
        for name, code in [("expire", "ExpiredIteratorException"), ("throttle", "ProvisionedThroughputExceededException")]:
            if name in told and turn % told[name] == 0:
                raise Refused(code)
        if "garbage" in told or told.get("endless") == "old":
            data = base64.b64encode(b"\x00\x01 no post" if "garbage" in told else self.state.all[0].records[0]).decode()
            first = self.state.all[0].arrivals[0]
            return {"NextShardIterator": f"{shard.id}|{place}", "MillisBehindLatest": 60000, "Records": [
                {"ApproximateArrivalTimestamp": first / 1000, "PartitionKey": "any", "SequenceNumber": str(turn), "Data": data}
                for _ in range(min(told.get("garbage", 1), asked["Limit"]))]}
        if told.get("endless") or "empty" in told and turn % told["empty"] == 0:
            return {"Records": [], "NextShardIterator": f"{shard.id}|{place}", "MillisBehindLatest": 60000}
        said, size = [], 0
        while place < len(shard.records) and len(said) < min(asked.get("Limit", 10000), told.get("batch", 10000)):
            size += len(shard.records[place])
            if said and size > 10 << 20:
                size -= len(shard.records[place])
                break
            said.append({"ApproximateArrivalTimestamp": shard.arrivals[place] / 1000, "PartitionKey": "any",
                         "SequenceNumber": str(shard.numbers[place]),
                         "Data": base64.b64encode(shard.records[place]).decode()})
            place += 1
        shard.busy_until = now + size / (2 << 20) - 0.01
        is_end = place == len(shard.records)
        behind = 0 if is_end and shard.closed is None else \
            max(1, state.newest - shard.arrivals[place - 1] if place else 1000)
        answer = {"Records": said, "NextShardIterator": f"{shard.id}|{place}", "MillisBehindLatest": behind}
        # The end is told once with the last records, and once behind them.
        if is_end and shard.closed is not None and (not said or len(shard.records) % 2):
            answer["NextShardIterator"] = None
            answer["ChildShards"] = [{"ShardId": one.id, "ParentShards": one.parents} for one in state.all
                                     if shard.id in one.parents]
        return answer

    def PutRecords(self, asked, told):
        self.check(asked)
        if not 0 < len(asked["Records"]) <= 500:
            raise Refused("InvalidArgumentException")
        said, failed = [], 0
        for one in asked["Records"]:
            self.state.seen["record"] += 1
            if "refuse" in told and self.state.seen["record"] % told["refuse"] == 0:
                failed += 1
                said.append({"ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "slower"})
                continue
            data = base64.b64decode(one["Data"])
            arrival = own_time(data)[0] or self.state.last if told.get("own") else None
            self.state.last = arrival
            shard = self.state.add(arrival or int(time.time() * 1000), one["PartitionKey"], data)
            self.state.put.append([one["PartitionKey"], data.decode(errors="replace")])
            said.append({"SequenceNumber": str(self.state.number), "ShardId": shard.id})
        return {"FailedRecordCount": failed, "Records": said}


def main():
    Handler.state = Stream(json.loads(sys.argv[1]))
    serving.serve(Handler, *sys.argv[2:])


if __name__ == "__main__":
    main()
