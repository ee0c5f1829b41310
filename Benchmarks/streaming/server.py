"""A Jetstream server that costs next to nothing: it sends a file of ready-made frames to whoever connects, over and over
the same. Prints its port. usage: server.py FRAMES"""
import base64
import hashlib
import os
import socket
import sys
import threading


def serve(connection, path):
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    key = next(line.split(b":")[1].strip() for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
    accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    try:
        with open(path, "rb") as frames:
            connection.sendfile(frames)
        while connection.recv(4096):
            pass
    except OSError:
        pass
    connection.close()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client, sys.argv[1]), daemon=True).start()
