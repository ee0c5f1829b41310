"""A broker of Kafka (noida-db) on a loopback port that the system chose, with topics as the tests want them.

Prints `host:port port` when it answers: the broker's address, and where orders are taken. An order is a line, a JSON
array, and is answered by a line: `ok`, or what was found. Ends, leaving nothing behind, when its standard input is closed.

    ["create", topic, partitions, {settings}]
    ["load", topic, path, {compression, partitions, transaction: commit|abort|open, linger, keep}]
    ["send", topic, partition, [[milliseconds, key, value], …], {…}]
    ["drop", topic, {partition: offset}]                    deletes what is before the offset
    ["grow", topic, partitions]
    ["offsets", topic]
    ["kill"]  ["start"]                                     the broker, with its data

Topics keep what is old, as the tests' messages are. A file to load has a message a line: milliseconds, a tab, the key, a tab, the value.
"""

import ctypes
import gzip
import json
import pathlib
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic


def die_with_parent():
    """Linux: whoever starts this process takes it along, even if it is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_port():
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return each.getsockname()[1]


class Broker:
    def __init__(self, folder):
        self.folder, self.process, self.port, self.open = folder, None, free_port(), []

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self):
        program = pathlib.Path(sys.executable).parent / "noida-db"
        self.process = subprocess.Popen(
            [program, "start", "--data-dir", self.folder / "data", "--only", "kafka", "--kafka-port", str(self.port)],
            cwd=self.folder, preexec_fn=die_with_parent, stdin=subprocess.DEVNULL, stdout=(self.folder / "log").open("ab"),
            stderr=subprocess.STDOUT)
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return "ok"
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the broker did not start: " + (self.folder / "log").read_text()[-500:])

    def kill(self):
        # It has on the disk what is older than a second.
        time.sleep(1.5)
        return self.end()

    def end(self):
        for child in children(self.process.pid):
            subprocess.run(["kill", "-9", str(child)], stderr=subprocess.DEVNULL)
        self.process.kill()
        self.process.wait()
        return "ok"

    def admin(self):
        return AdminClient({"bootstrap.servers": self.address})

    def create(self, topic, partitions, settings):
        admin = self.admin()
        for future in admin.create_topics([NewTopic(topic, partitions, 1, config={"retention.ms": "-1"} | settings)]).values():
            future.result(20)
        return "ok"

    def grow(self, topic, partitions):
        admin = self.admin()
        for future in admin.create_partitions([NewPartitions(topic, partitions)]).values():
            future.result(20)
        return "ok"

    def drop(self, topic, offsets):
        wanted = [TopicPartition(topic, int(partition), offset) for partition, offset in offsets.items()]
        admin = self.admin()
        for future in admin.delete_records(wanted).values():
            future.result(20)
        return "ok"

    def offsets(self, topic):
        consumer = Consumer({"bootstrap.servers": self.address, "group.id": "tests"})
        partitions = consumer.list_topics(topic, 20).topics[topic].partitions
        found = {p: consumer.get_watermark_offsets(TopicPartition(topic, p), 20) for p in sorted(partitions)}
        consumer.close()
        return json.dumps(found)

    def load(self, topic, path, options):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            rows = [line.rstrip(b"\n").split(b"\t", 2) for line in file]
        return self.write(topic, -1, [(int(row[0]), row[1] or None, row[2]) for row in rows], options)

    def send(self, topic, partition, rows, options):
        return self.write(topic, partition, [(t, k and k.encode(), v and v.encode()) for t, k, v in rows], options)

    def write(self, topic, partition, rows, options):
        settings = {"bootstrap.servers": self.address, "compression.type": options.get("compression", "none"),
                    "linger.ms": options.get("linger", 5), "queue.buffering.max.messages": 2_000_000,
                    "partitioner": "murmur2_random"}
        end = options.get("transaction")
        if end:
            settings["transactional.id"] = f"{topic}-{time.monotonic_ns()}"
        producer = Producer(settings)
        if end:
            producer.init_transactions(20)
            producer.begin_transaction()
        failed = []
        for number, (time_, key, value) in enumerate(rows):
            to = number % options["partitions"] if partition < 0 and options.get("partitions") else partition
            producer.produce(topic, value, key, to, timestamp=time_, on_delivery=lambda error, _: error and failed.append(error))
            if number % 10_000 == 0:
                producer.poll(0)
        producer.flush(120)
        if end == "commit":
            producer.commit_transaction(20)
        elif end == "abort":
            producer.abort_transaction(20)
        elif end:
            self.open.append(producer)
        return f"failed: {failed[0]}" if failed else "ok"


def children(parent):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True).stdout.split()
    return [int(each) for each in found]


def main():
    broker = Broker(pathlib.Path(tempfile.mkdtemp(prefix="tidemark-kafka-")))

    class Order(socketserver.StreamRequestHandler):
        def handle(self):
            for line in self.rfile:
                name, *arguments = json.loads(line)
                try:
                    answer = getattr(broker, name)(*arguments)
                except Exception as error:
                    answer = f"failed: {error}"
                self.wfile.write(f"{answer}\n".encode())

    try:
        broker.start()
        server = socketserver.TCPServer(("127.0.0.1", 0), Order)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(broker.address, server.server_address[1], flush=True)
        sys.stdin.read()
    finally:
        broker.end()
        shutil.rmtree(broker.folder, ignore_errors=True)


main()
