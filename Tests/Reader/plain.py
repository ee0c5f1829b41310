"""Serves a folder as S3 does: the stored bytes with the stored encoding, whatever is asked; ranges, and no index.

Its arguments are the folder, and paths that are stored as gzip. Prints its port, and ends when its input is closed.
"""

import gzip
import http.server
import pathlib
import re
import sys
import threading

folder, packed = pathlib.Path(sys.argv[1]), set(sys.argv[2:])


class Bucket(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, with_body):
        path = self.path.lstrip("/")
        file = folder / path
        if not file.is_file():
            return self.send_error(404)
        body = file.read_bytes()
        if path in packed:
            body = gzip.compress(body)
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        first, last = (int(wanted[1]), int(wanted[2] or len(body) - 1)) if wanted else (0, len(body) - 1)
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{min(last, len(body) - 1)}/{len(body)}")
        if path in packed:
            self.send_header("Content-Encoding", "gzip")
        part = body[first:last + 1]
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        if with_body:
            self.wfile.write(part)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
