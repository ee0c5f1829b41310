"""A server for the browser that looks at a site: in pieces where it asks for them, with the site's own error page."""

import functools
import http.server
import io
import itertools
import os
import threading
import time


def serve(folder):
    """The address of the folder's site, for as long as the program runs."""
    listener = Listener(("127.0.0.1", 0), functools.partial(Server, directory=folder))
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{listener.server_port}/"


class Server(http.server.SimpleHTTPRequestHandler):
    """Serves the site; pages in pieces of so many bytes, and time to paint each, where that is asked for."""

    def log_message(self, *_):
        pass

    def copyfile(self, source, outputfile):
        for piece in pieces(source.read(), int(self.headers.get("X-Piece", 0))):
            outputfile.write(piece)
            outputfile.flush()
            time.sleep(0.02)

    def send_error(self, code, *_):
        """The site's own page, as a bucket shows it."""
        with open(os.path.join(self.directory, "404.html"), "rb") as file:
            body = file.read()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.copyfile(io.BytesIO(body), self.wfile)


def pieces(body, size):
    """The head of a page, pieces of what fills a window, and the rest; all of it at once without a size."""
    start = body.find(b"<body>")
    if not size or start < 0:
        return [body]
    places = [0, *range(start, min(len(body), 30_000), size), len(body)]
    return [body[first:end] for first, end in itertools.pairwise(places)]


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A browser that leaves a page leaves its requests, too."""
