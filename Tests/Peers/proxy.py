"""A CONNECT proxy that alone knows some hosts, and speaks TLS as each of them.

The first argument is JSON:

    hosts        {"s3.tidemark.example:443": port}: names nobody else can resolve, and where on loopback what is said to
                 them goes, without its TLS
    certificate  a PEM file of a key and a certificate, for all of them
    user         "name:password" that it wants to hear
    status       what it answers to every CONNECT instead of letting it through

What it says before it lets someone through reads like an answer of its own. GET /seen answers with what was asked for so
far; after GET /fault/KIND/N the N-th CONNECT from then on meets a fault, one of FAULTS or a status. Prints its port, and
ends when its standard input is closed.
"""

import base64
import json
import socket
import ssl
import sys
import threading

SETTINGS = {}
SEEN = []
# The connection goes: before an answer, within it, behind it, in the middle of what is let through. Or what comes is no
# answer of a proxy: nonsense, a page of its own where TLS is due, a head too many, one that is long.
FAULTS = ["close", "half", "through-close", "cut", "nonsense", "page", "continue", "long"]
FAULT = {"kind": "", "left": 0}
LOCK = threading.Lock()


def head(stream):
    lines = []
    while (line := stream.readline().strip()):
        lines.append(line.decode("latin-1"))
    return lines


def serve(connection):
    try:
        lines = head(connection.makefile("rb", buffering=0))
        if not lines:
            return
        method, target, _ = lines[0].split(" ")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:])
        if method != "CONNECT":
            if target.startswith("/fault/"):
                kind, left = target.split("/")[2:]
                FAULT.update(kind=kind, left=int(left))
            body = json.dumps(SEEN).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
            return
        SEEN.append(target)
        fault = met()
        if fault == "close":
            return
        if fault == "nonsense":
            connection.sendall(bytes(range(256)) * 8)
            return
        if fault == "half":
            connection.sendall(b"HTTP/1.1 200 X\r\nETag: \"of")
            return
        if fault == "continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\nETag: \"of another\"\r\n\r\n")
        if fault == "long":
            connection.sendall(b"HTTP/1.1 200 X\r\n" + b"X-Filler: %s\r\n" % (b"x" * 1000) * 1000)
        wanted = "basic " + base64.b64encode(SETTINGS.get("user", "").encode()).decode().lower()
        status = SETTINGS.get("status", 200 if target in SETTINGS["hosts"] else 502)
        if fault.isdigit():
            status = int(fault)
        if "user" in SETTINGS and fields.get("proxy-authorization") != wanted:
            status = 407
        more = 'Proxy-Authenticate: Basic realm="x"\r\n' if status == 407 else ""
        connection.sendall((f'HTTP/1.1 {status} X\r\nETag: "of the proxy"\r\nContent-Type: text/html\r\nX-Amz-Bucket-Region: nowhere-1\r\n'
                            f"Content-Encoding: gzip\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n{more}\r\n").encode())
        if fault == "through-close":
            return
        if fault == "page":
            connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 4\r\n\r\nlog in")
            return
        if status == 200:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(SETTINGS["certificate"])
            relay(context.wrap_socket(connection, server_side=True), SETTINGS["hosts"][target], fault == "cut")
    except (OSError, ValueError):
        pass
    finally:
        connection.close()


def met():
    """The fault that a CONNECT meets; empty for none."""
    with LOCK:
        FAULT["left"] -= 1
        return FAULT["kind"] if FAULT["left"] == 0 else ""


def relay(connection, port, is_cut):
    with socket.create_connection(("127.0.0.1", port)) as server:
        if is_cut:
            server.sendall(connection.recv(1 << 16))
            server.recv(1 << 16)
            return
        back = threading.Thread(target=copy, args=(server, connection), daemon=True)
        back.start()
        copy(connection, server)
        back.join()


def copy(source, target):
    try:
        while piece := source.recv(1 << 16):
            target.sendall(piece)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def main():
    SETTINGS.update(json.loads(sys.argv[1]))
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)

    def accept():
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
