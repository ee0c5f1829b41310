"""A monitor of scheduled jobs: writes down who told it what, a line each, until its input ends.

Its argument is the file of these lines: path, and the body with spaces for line ends. A path that begins with /broken is
answered with 500. Prints its port first.
"""

import http.server
import sys
import threading


class Monitor(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with open(sys.argv[1], "a", encoding="utf-8") as file:
            print(self.path, body.replace("\n", " "), file=file)
        self.send_response(500 if self.path.startswith("/broken") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Monitor)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
