"""SeaweedFS as an S3 server that checks signatures, on loopback ports the system chose.

Its arguments are the names of buckets to make. Prints one line of JSON when it answers, and ends, leaving nothing behind, when its standard input is closed.
"""

import ctypes
import http.client
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

KEYS = {
    "publisher": ("TIDEMARKPUBLISHER", "publisher/secret+of=the-tests", ["Admin"]),
    "reader": ("TIDEMARKREADER", "reader/secret+of=the-tests", ["Read", "List"]),
}
NAMES = ["master", "volume", "filer", "s3"]


def free_ports(count):
    """Ports nobody listens on; all are held at once, so that no two are the same."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def die_with_parent():
    """Linux: whoever starts this process takes it along, even if it is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def start(folder):
    folder.mkdir()
    weed = pathlib.Path(sys.executable).parent / "weed"
    ports = dict(zip([n + s for n in NAMES for s in (".port", ".port.grpc")], free_ports(8)))
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [
        {"name": name, "credentials": [{"accessKey": key, "secretKey": secret}], "actions": actions}
        for name, (key, secret, actions) in KEYS.items()]}))
    (folder / "data").mkdir()
    process = subprocess.Popen(
        [weed, "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder / 'data'}",
         "-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-master.electionTimeout=1s",
         "-volume.max=200", "-filer", "-s3", f"-s3.config={config}", "-s3.autoCreateBucket=false",
         "-s3.port.iceberg=0", "-s3.port.lance=0"]
        + [f"-{name}={port}" for name, port in ports.items()],
        cwd=folder, preexec_fn=die_with_parent, stdin=subprocess.DEVNULL, stdout=(folder / "log").open("wb"),
        stderr=subprocess.STDOUT)
    return process, ports


def is_ready(process, ports, buckets):
    """Waits until it answers and has the buckets. It may end before: others can take a port before it does. Of its four
    servers the master names no name."""
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            if all(name_of_server(ports[f"{name}.port"]).startswith("SeaweedFS") for name in NAMES[1:]):
                for name in buckets:
                    make_bucket(name, ports["filer.port"])
                return True
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    return False


def name_of_server(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return answer.headers.get("Server", "")
    except urllib.error.HTTPError as error:
        return error.headers.get("Server", "")


def make_bucket(name, port):
    """By the file server under the S3 server, which asks for no signature."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/buckets/{name}/", method="POST")
    urllib.request.urlopen(request, timeout=10).read()


def end(process, ports):
    process.kill()
    process.wait()
    for port in ports.values():
        for left in pathlib.Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
            left.unlink(missing_ok=True)


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-s3-"))
    try:
        for attempt in range(5):
            process, ports = start(folder / str(attempt))
            if is_ready(process, ports, sys.argv[1:]):
                break
            end(process, ports)
        else:
            sys.exit("the S3 server ended five times before it was ready: " + (folder / "4/log").read_text()[-1000:])
        print(json.dumps({
            "endpoint": f"http://127.0.0.1:{ports['s3.port']}",
            "keys": {name: [key, secret] for name, (key, secret, _) in KEYS.items()},
        }), flush=True)
        sys.stdin.read()
    finally:
        end(process, ports)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
