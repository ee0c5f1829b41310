"""An S3 server with one fault, and a crawler that looks at its bucket after every change.

Lets nobody in who does not sign; whose signature it is, it does not look at. Requests that stall are dropped by the next
reset; where one hangs, so do all behind it. Answers by itself, from memory, or with an address as its first argument for the S3 server there, of which it keeps a
copy in mind. The n-th request meets the fault; everything else goes well. Requests for `/-/…` are for itself:

    POST /-/save                     remembers the bucket as it is (from memory alone)
    POST /-/reset {"fault": F, "at": N, "of": [METHOD, KEY], "kin": K, "keeps": true}
                                     the bucket as remembered, if it is in memory, or as it is; the N-th request from now
                                     on (from 1; of those alone, where that is said) meets the fault F, and the server is
                                     of kind K, one of KIN
    GET  /-/counts                   {"requests": …, "bytes": …, "answered": …, "methods": {…}}: requests, bytes of body
                                     that came and that went back, and requests by method (LIST for listings)
    POST /-/older {"seconds": S}     lets all objects be older by so much
    GET  /-/met                      answers when the fault is met
    GET  /-/report                   {"requests": …, "bytes": …, "log": [[method, key]…], "objects": {key: [etag, type,
                                     caching, encoding]}, "broken": […]}

`broken` holds what a crawler met at any time since the reset that a reader must not meet: a page, style or feed, reached
from an entrance, that leads to something missing. Prints its port, and ends when its standard input is closed.
"""

import base64
import contextlib
import datetime
import email.utils
import hashlib
import http.client
import json
import re
import socket
import struct
import sys
import threading
import urllib.parse
import xml.etree.ElementTree
from xml.sax.saxutils import escape

from crawler import Crawler

FAULTS = """500 500-done 503 skewed elsewhere reset-request reset-done reset-answer truncated malformed error-200 repeats
stall stall-done hang short""".split()
SILENT = ("stall", "stall-done", "hang")
# What servers of kin do that S3 does not.
KIN = """empty-deletes no-content-deletes nonsense-deletes missing-keys no-deletes-400 no-deletes-405 no-deletes-501 weak-etags
packed-etags conditions-400 conditions-405 conditions-501 conditions-fail wants-md5 wants-checksum""".split()
PAGE_SIZE = 50


class Answer:
    def __init__(self, status=200, body=b"", **headers):
        self.status, self.body = status, body if isinstance(body, bytes) else body.encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def xml(self):
        return self.body.lstrip()[:1] == b"<"

    def bytes(self, method):
        head = {"Date": email.utils.formatdate(usegmt=True), "Content-Length": str(len(self.body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        return "\r\n".join(lines).encode() + (b"" if method == "HEAD" else self.body)


def error(status, code, **headers):
    text = f"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>a fault</Message></Error>"
    return Answer(status, text, **headers)


class Bucket:
    """Keys and what is stored under them."""

    def __init__(self):
        self.objects = {}
        self.version = 0

    def answer(self, request):
        """By the rules of S3, as far as a publisher needs them."""
        if "x-amz-date" not in request.headers:
            return error(403, "AccessDenied")
        then = datetime.datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ")
        if abs((datetime.datetime.utcnow() - then).total_seconds()) > 900:
            return error(403, "RequestTimeTooSkewed")
        if hashlib.sha256(request.body).hexdigest() != request.headers["x-amz-content-sha256"]:
            return error(400, "XAmzContentSHA256Mismatch")
        stored = self.objects.get(request.key)
        if request.method == "PUT":
            wanted = request.headers.get("if-match")
            if wanted and (not stored or stored.headers["ETag"] != wanted):
                return error(412, "PreconditionFailed")
            if stored and request.headers.get("if-none-match") == "*":
                return error(412, "PreconditionFailed")
            names = ["Content-Type", "Cache-Control", "Content-Encoding"]
            headers = {n: request.headers[n.lower()] for n in names if n.lower() in request.headers}
            headers["ETag"] = f'"{hashlib.md5(request.body).hexdigest()}"'
            headers["Last-Modified"] = email.utils.formatdate(usegmt=True)
            self.objects[request.key] = Answer(200, request.body, **headers)
            self.version += 1
            return Answer(200, ETag=headers["ETag"])
        if request.method == "POST":
            for key in deleted(request):
                self.objects.pop(key, None)
            self.version += 1
            return Answer(200, "<DeleteResult/>")
        if request.method == "DELETE":
            self.version += 1
            return Answer(204) if self.objects.pop(request.key, None) else error(404, "NoSuchKey")
        if "policy" in request.query:
            return error(404, "NoSuchBucketPolicy")
        if request.key:
            return stored or error(404, "NoSuchKey")
        return self.listing(request.query)

    def listing(self, query):
        keys = sorted(key for key in self.objects if key.startswith(query.get("prefix", "")))
        start = int(query.get("continuation-token", "0"))
        page = keys[start:start + PAGE_SIZE]
        more = start + PAGE_SIZE < len(keys)
        contents = "".join(
            f"<Contents><Key>{urllib.parse.quote(key)}</Key><Size>{len(self.objects[key].body)}</Size>"
            f"<ETag>{escape(self.objects[key].headers['ETag'])}</ETag></Contents>" for key in page)
        following = f"<NextContinuationToken>{start + PAGE_SIZE}</NextContinuationToken>" if more else ""
        return Answer(
            200, "<ListBucketResult><EncodingType>url</EncodingType>"
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{following}{contents}</ListBucketResult>")


class Behind(Bucket):
    """The bucket of another server, and a copy of what went there."""

    def __init__(self, address):
        super().__init__()
        self.place = urllib.parse.urlsplit(address).netloc
        self.local = threading.local()

    def answer(self, request):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection(self.place)
        connection = self.local.connection
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.fields:
            connection.putheader(name, value)
        connection.endheaders(request.body)
        there = connection.getresponse()
        names = ["Content-Type", "Cache-Control", "Content-Encoding", "ETag", "Last-Modified", "Date"]
        names += ["Content-Length"] if request.method == "HEAD" else []
        headers = {n: there.headers[n] for n in names if there.headers[n] is not None}
        answer = Answer(there.status, there.read(), **headers)
        if answer.status < 300:
            if request.method == "PUT":
                kept = {n: request.headers[n.lower()] for n in names if n.lower() in request.headers}
                self.objects[request.key] = Answer(200, request.body, ETag=headers.get("ETag", ""), **kept)
                self.version += 1
            if request.method == "POST":
                for key in deleted(request):
                    self.objects.pop(key, None)
                self.version += 1
        return answer


def deleted(request):
    root = xml.etree.ElementTree.fromstring(request.body)
    return [key.text for key in root.iter() if key.tag.endswith("}Key") or key.tag == "Key"]


class Request:
    def __init__(self, head, stream):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ", 2)
        self.fields = [tuple(line.split(":", 1)) for line in lines[1:] if ":" in line]
        self.fields = [(name, value.strip()) for name, value in self.fields]
        self.headers = {name.lower(): value for name, value in self.fields}
        self.length = int(self.headers.get("content-length", 0))
        path, _, query = self.target.partition("?")
        self.path = urllib.parse.unquote(path)
        self.key = "/".join(self.path.split("/")[2:])
        self.query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        self.stream, self._body = stream, None

    @property
    def body(self):
        if self._body is None:
            self._body = self.stream.read(self.length)
        return self._body


class Server:
    def __init__(self, bucket):
        self.bucket, self.saved, self.crawler = bucket, {}, Crawler()
        self.lock, self.stalled, self.met = threading.Lock(), [], threading.Event()
        self.reset(None, 0)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]

    def reset(self, fault=None, at=0, kin=None, of=None):
        assert fault is None or fault in FAULTS, fault
        assert kin is None or kin in KIN, kin
        self.kin = kin
        self.fault, self.at, self.of, self.counted = fault, at, of, 0
        self.met.clear()
        for connection in self.stalled:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.stalled = []
        self.requests, self.bytes, self.answered, self.methods = 0, 0, 0, {}
        self.log, self.broken = [], []
        self.crawled = None

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        stream = connection.makefile("rb")
        try:
            while head := read_head(stream):
                request = Request(head, stream)
                if "expect" in request.headers:
                    # Some clients wait a second for it, each time.
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                if request.path.startswith("/-/"):
                    connection.sendall(self.own(request).bytes(request.method))
                elif not self.meet(request, connection):
                    return
        except OSError:
            pass
        finally:
            with self.lock:
                self.stalled = [it for it in self.stalled if it is not connection]
            stream.close()
            connection.close()

    def own(self, request):
        if request.path == "/-/met":
            self.met.wait()
        with self.lock:
            if request.path == "/-/save":
                self.saved = dict(self.bucket.objects)
            elif request.path == "/-/reset":
                options = json.loads(request.body or b"{}")
                if not options.pop("keeps", isinstance(self.bucket, Behind)):
                    self.bucket.objects = dict(self.saved)
                self.reset(**options)
            elif request.path == "/-/older":
                for stored in self.bucket.objects.values():
                    then = email.utils.parsedate_to_datetime(stored.headers["Last-Modified"]).timestamp()
                    then -= json.loads(request.body)["seconds"]
                    stored.headers["Last-Modified"] = email.utils.formatdate(then, usegmt=True)
            elif request.path == "/-/counts":
                counts = {"requests": self.requests, "bytes": self.bytes, "answered": self.answered,
                          "methods": self.methods}
                return Answer(200, json.dumps(counts), Content_Type="application/json")
            names = ["ETag", "Content-Type", "Cache-Control", "Content-Encoding"]
            objects = {k: [v.headers.get(n, "") for n in names] for k, v in self.bucket.objects.items()}
            report = {"requests": self.requests, "bytes": self.bytes, "log": self.log, "objects": objects,
                      "broken": self.broken[:20]}
            return Answer(200, json.dumps(report), Content_Type="application/json")

    def meet(self, request, connection):
        """False if the connection is over."""
        with self.lock:
            self.requests += 1
            self.bytes += request.length
            kind = request.method if request.key or request.method != "GET" else "LIST"
            self.methods[kind] = self.methods.get(kind, 0) + 1
            self.log.append([request.method, request.key or request.target])
            is_of_those = self.of in (None, self.log[-1])
            self.counted += is_of_those
            is_met = is_of_those and self.counted == self.at or self.fault == "hang" and self.met.is_set()
            fault = self.fault if is_met else None
            if fault in SILENT:
                self.stalled.append(connection)
        if fault == "reset-request":
            request.stream.read(request.length // 2)
            return drop(connection)
        request.body
        with self.lock:
            answer = self.perform(request, fault)
        if fault:
            self.met.set()
        if fault in SILENT:
            request.stream.read(1)
            return False
        if fault == "reset-done":
            return drop(connection)
        data = answer.bytes(request.method)
        self.answered += len(answer.body)
        if fault == "reset-answer":
            connection.sendall(data[:max(20, len(data) - max(1, len(answer.body) // 2))])
            return drop(connection)
        if fault == "short":
            connection.sendall(data[:max(20, len(data) - max(1, len(answer.body) // 2))])
            return False
        connection.sendall(data)
        return True

    def perform(self, request, fault):
        """What the fault leaves of the answer; some come without anything having been done."""
        if fault == "500":
            return error(500, "InternalError")
        if fault == "503":
            return error(503, "SlowDown")
        if fault == "skewed":
            return error(403, "RequestTimeTooSkewed", Date=email.utils.formatdate(time_in_an_hour(), usegmt=True))
        if fault == "elsewhere":
            return error(301, "PermanentRedirect", x_amz_bucket_region="eu-west-1")
        if fault == "malformed":
            return Answer(200, "<Result><a></b>")
        if fault == "error-200":
            return error(200, "InternalError")
        if fault in ("stall", "hang"):
            return None
        answer = refused(request, self.kin) or otherwise(request, self.bucket.answer(request), self.kin)
        self.crawl()
        if fault == "500-done":
            return error(500, "InternalError")
        if fault == "truncated":
            if answer.xml or not answer.body:
                return Answer(answer.status, (answer.body or b"<Result/>")[:-4], **answer.headers)
        if fault == "repeats" and b"<ListBucketResult" in answer.body:
            entries = re.findall(rb"<Contents>.*?</Contents>", answer.body)
            entries = list(reversed(entries)) + entries
            body = re.sub(rb"<Contents>.*</Contents>", lambda _: b"".join(entries), answer.body, flags=re.DOTALL)
            return Answer(200, body)
        return answer

    def crawl(self):
        if self.crawled == self.bucket.version:
            return
        self.crawled = self.bucket.version
        if len(self.broken) < 20:
            self.broken += [f"after request {self.requests}: {line}"
                            for line in self.crawler.broken(self.bucket.objects)]


def refused(request, kin):
    """What a server of that kind does not even try."""
    kind, _, status = (kin or "").rpartition("-")
    has_condition = bool(request.headers.keys() & {"if-match", "if-none-match"})
    if kind == "conditions" and request.method == "PUT" and has_condition:
        if status == "fail":
            return error(412, "PreconditionFailed")
        return error(int(status), {"400": "InvalidArgument", "405": "MethodNotAllowed", "501": "NotImplemented"}[status])
    if kind == "no-deletes" and request.method == "POST":
        return error(int(status), {"400": "MalformedXML", "405": "MethodNotAllowed", "501": "NotImplemented"}[status])
    if kin in ("wants-md5", "wants-checksum") and request.method in ("PUT", "POST"):
        name, made = {"wants-md5": ("content-md5", hashlib.md5), "wants-checksum": ("x-amz-checksum-sha256", hashlib.sha256)}[kin]
        if request.headers.get(name) != base64.b64encode(made(request.body).digest()).decode():
            return Answer(400, "<Error><Code>InvalidRequest</Code><Message>Content-MD5 OR x-amz-checksum- HTTP header is "
                               "required</Message></Error>")
    return None


def otherwise(request, answer, kin):
    """The answer of S3 as a server of that kind gives it."""
    if request.method == "POST":
        if kin == "missing-keys":
            entries = "".join(f"<Error><Key>{escape(key)}</Key><Code>NoSuchKey</Code></Error>" for key in deleted(request))
            return Answer(200, f"<DeleteResult>{entries}</DeleteResult>")
        return {"empty-deletes": Answer(200), "no-content-deletes": Answer(204),
                "nonsense-deletes": Answer(200, "<html>")}.get(kin, answer)
    etag = answer.headers.get("ETag")
    if request.method in ("GET", "HEAD") and etag and kin in ("weak-etags", "packed-etags"):
        headers = dict(answer.headers, ETag="W/" + etag if kin == "weak-etags" else etag[:-1] + '-gzip"')
        return Answer(answer.status, answer.body, **headers)
    return answer


def time_in_an_hour():
    return datetime.datetime.now().timestamp() + 3600


def read_head(stream):
    head = b""
    while (line := stream.readline()) and line != b"\r\n":
        head += line
    return head


def drop(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def main():
    bucket = Behind(sys.argv[1]) if len(sys.argv) > 1 else Bucket()
    server = Server(bucket)
    threading.Thread(target=server.accept, daemon=True).start()
    print(server.port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
