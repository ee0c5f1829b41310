"""A gate in front of a broker of Kafka: it ends TLS, asks for SASL, and lets a client through when that is right.

    gate.py BROKER [--certificate PEM] [--user NAME PASSWORD]… [--kill PORT] [--count FILE]

With --kill, the keeper of the broker (kafka.py) at that port is told to kill it, and to start it again, in the middle of the
first answer that is longer than 10 kB. With --count, the file gets a byte for each fetch.

Speaks SASL PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER; a token is right if it is an address signed for MSK.
Prints its port, and rewrites the broker's address in answers so that clients come back through it. Ends when its
standard input is closed. Wire format: https://kafka.apache.org/protocol, RFC 5802, RFC 7628.
"""

import argparse
import base64
import hashlib
import hmac
import os
import socket
import ssl
import struct
import sys
import threading

HANDSHAKE, VERSIONS, AUTHENTICATE = 17, 18, 36
MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"]


def read(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def frame(connection):
    return read(connection, struct.unpack(">i", read(connection, 4))[0])


def send(connection, body):
    connection.sendall(struct.pack(">i", len(body)) + body)


class Sign:
    """One sign-in: messages of the client in, answers out. `is_done` when it was right."""

    def __init__(self, mechanism, users):
        self.mechanism, self.users, self.is_done, self.step = mechanism, users, False, 0

    def answer(self, message):
        if self.mechanism == "PLAIN":
            _, name, password = message.split(b"\0")
            self.is_done = self.users.get(name.decode()) == password.decode()
            return b"" if self.is_done else None
        if self.mechanism == "OAUTHBEARER":
            token = message.split(b"auth=Bearer ")[1].split(b"\x01")[0]
            address = base64.urlsafe_b64decode(token + b"=" * (-len(token) % 4)).decode()
            self.is_done = (address.startswith("https://kafka.") and "Action=kafka-cluster%3AConnect" in address
                            and "X-Amz-Signature=" in address and "X-Amz-Expires=900" in address
                            and f"Credential={next(iter(self.users))}%2F" in address)
            return b"" if self.is_done else None
        return self.scram(message)

    def scram(self, message):
        name = "sha256" if self.mechanism.endswith("256") else "sha512"
        if self.step == 0:
            self.step, self.bare = 1, message.split(b",", 2)[2]
            fields = dict(part.split(b"=", 1) for part in self.bare.split(b","))
            self.password = self.users.get(fields[b"n"].decode())
            self.nonce, self.salt = fields[b"r"] + base64.b64encode(os.urandom(9)), os.urandom(12)
            self.first = b"r=" + self.nonce + b",s=" + base64.b64encode(self.salt) + b",i=4096"
            return self.first
        without, proof = message.rsplit(b",p=", 1)
        salted = hashlib.pbkdf2_hmac(name, (self.password or os.urandom(9).hex()).encode(), self.salt, 4096)
        mac = lambda key, text: hmac.new(key, text, name).digest()
        client, text = mac(salted, b"Client Key"), b",".join([self.bare, self.first, without])
        stored = hashlib.new(name, client).digest()
        signature = mac(stored, text)
        self.is_done = base64.b64decode(proof) == bytes(a ^ b for a, b in zip(client, signature))
        return b"v=" + base64.b64encode(mac(mac(salted, b"Server Key"), text)) if self.is_done else None


def sign_in(client, broker, users):
    """Answers until the client has signed in; says whether it has. What else can be asked for the broker says."""
    sign = None
    while True:
        body = frame(client)
        key, version, correlation = struct.unpack(">hhi", body[:8])
        rest = body[10 + max(0, struct.unpack(">h", body[8:10])[0]):]
        head = struct.pack(">i", correlation)
        if key == VERSIONS:
            send(broker, struct.pack(">hhih", VERSIONS, 0, correlation, -1))
            known = frame(broker)[6:]
            keys = struct.pack(">i", struct.unpack(">i", known[:4])[0] + 2) + known[4:] + struct.pack(
                ">hhhhhh", HANDSHAKE, 0, 1, AUTHENTICATE, 0, 0)
            # Nothing newer than the first version, which the client then asks for.
            send(client, head + struct.pack(">h", 35 if version > 0 else 0) + keys)
        elif key == HANDSHAKE:
            name = rest[2:].decode()
            names = b"".join(struct.pack(">h", len(m)) + m.encode() for m in MECHANISMS)
            send(client, head + struct.pack(">hi", 0 if name in MECHANISMS else 33, len(MECHANISMS)) + names)
            sign = Sign(name, users)
        elif key == AUTHENTICATE:
            answer = sign.answer(rest[4:])
            text = b"" if answer is not None else b"Authentication failed: no such name and password"
            send(client, head + struct.pack(">h", 0 if answer is not None else 58)
                 + (struct.pack(">h", len(text)) + text if text else struct.pack(">h", -1))
                 + struct.pack(">i", len(answer or b"")) + (answer or b""))
            if answer is None:
                return False
            if sign.is_done:
                return True
        else:
            return False


def pump(source, target, rewrite=lambda body: body, cut=lambda body, target: None):
    try:
        while True:
            body = rewrite(frame(source))
            cut(body, target)
            send(target, body)
    except (EOFError, OSError):
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("broker")
    parser.add_argument("--certificate")
    parser.add_argument("--user", nargs=2, action="append", default=[])
    parser.add_argument("--kill", type=int)
    parser.add_argument("--count")
    options = parser.parse_args()
    host, port = options.broker.split(":")
    users = dict(options.user)
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    own = listener.getsockname()[1]

    def rewrite(body):
        """The broker's address in metadata and coordinators, a string or a compact one, and a port behind it."""
        for prefix in (struct.pack(">h", len(host)), bytes([len(host) + 1])):
            there = prefix + host.encode() + struct.pack(">i", int(port))
            body = body.replace(there, prefix + host.encode() + struct.pack(">i", own))
        return body

    def order(name):
        with socket.create_connection(("127.0.0.1", options.kill)) as keeper:
            keeper.sendall(b'["%s"]\n' % name)
            keeper.makefile().readline()

    turn = threading.Lock()

    def cut(body, target):
        if options.kill and len(body) > 10_000 and turn.acquire(blocking=False):
            target.sendall(struct.pack(">i", len(body)) + body[:len(body) // 2])
            order(b"kill")
            order(b"start")
            raise EOFError

    def count(body, _):
        if options.count and body[:2] == b"\0\1":
            with open(options.count, "ab") as file:
                file.write(b".")

    def serve(client):
        try:
            if context:
                client = context.wrap_socket(client, server_side=True)
            broker = socket.create_connection((host, int(port)))
            if users and not sign_in(client, broker, users):
                broker.close()
                return client.close()
        except (OSError, EOFError, ValueError, struct.error, IndexError):
            return client.close()
        threading.Thread(target=pump, args=(client, broker), kwargs={"cut": count}, daemon=True).start()
        pump(broker, client, rewrite, cut)

    def accept():
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print(own, flush=True)
    sys.stdin.read()


main()
