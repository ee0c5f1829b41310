"""An HTTP server that does to each request what a script says, however wrong that is.

The first argument is JSON: a list of answers, each a list of parts; the n-th request gets the n-th answer, and those
after the last one get the last again. Parts are done in their order:

    "text"               sends it; if it begins with HTTP/, with CR LF up to the first empty line
    {"zeros": count}     sends so many zero bytes
    {"pause": seconds}   waits
    {"hold": true}       waits until the client closes
    {"close": true}      closes
    {"drop": true}       closes with a reset
    {"echo": true}       sends the request back, as the body of a good answer
    {"accept": true}     agrees to speak WebSocket; frames are then sent as bytes, and read without being looked at
    {"bytes": "81026869"}   sends the bytes that the hexadecimal digits spell
    {"repeat": 3, "bytes": "81026869"}   sends them that many times
    {"file": path}       sends what the file holds, spelled out as lies.py does
    {"read": count}      waits for so many bytes from the client

With a second argument, a PEM file of a key and a certificate, it speaks TLS. Prints the port it chose, and ends when its
standard input is closed.
"""

import base64
import hashlib
import json
import socket
import ssl
import struct
import sys
import threading
import time

from lies import spelled_out


class Server:
    def __init__(self, answers, certificate=None):
        self.answers = answers
        self.count = 0
        self.lock = threading.Lock()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            stream = connection.makefile("rb")
            while request := read(stream):
                with self.lock:
                    answer = self.answers[min(self.count, len(self.answers) - 1)]
                    self.count += 1
                for part in answer:
                    if do(part, connection, stream, request) == "over":
                        return
        except OSError:
            pass
        finally:
            connection.close()


def read(stream):
    """A whole request, head and body, as it came; nothing at the end of the connection."""
    head, length = b"", 0
    while line := stream.readline():
        head += line
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if line == b"\r\n":
            return head + stream.read(length)
    return b""


def do(part, connection, stream, request):
    if isinstance(part, str):
        if part.startswith("HTTP/"):
            head, gap, body = part.partition("\n\n")
            part = (head + gap).replace("\n", "\r\n") + body
        connection.sendall(part.encode())
    elif "zeros" in part:
        left = part["zeros"]
        while left > 0:
            left -= connection.send(bytes(min(left, 1 << 16)))
    elif "pause" in part:
        time.sleep(part["pause"])
    elif "accept" in part:
        key = [line.split(b":")[1].strip() for line in request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key")]
        accept = base64.b64encode(hashlib.sha1(key[0] + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    elif "bytes" in part:
        piece = bytes.fromhex(part["bytes"])
        for _ in range(part.get("repeat", 1)):
            connection.sendall(piece)
    elif "file" in part:
        with open(part["file"], "rb") as file:
            connection.sendall(spelled_out(file.read()))
    elif "read" in part:
        stream.read(part["read"])
    elif "hold" in part:
        stream.read()
        return "over"
    elif "close" in part:
        return "over"
    elif "drop" in part:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        stream.close()
        return "over"
    elif "echo" in part:
        head = f"HTTP/1.1 200 OK\r\nETag: \"echo\"\r\nContent-Length: {len(request)}\r\n\r\n"
        connection.sendall(head.encode() + request)
    return "on"


def main():
    server = Server(json.loads(sys.argv[1]), *sys.argv[2:])
    threading.Thread(target=server.accept, daemon=True).start()
    print(server.port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
