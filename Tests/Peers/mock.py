"""A cluster of Kafka's that fails as it is told: librdkafka's own mock, on loopback ports that the system chose.

Prints `host:port port` when it answers: the brokers' addresses, and where orders are taken, as `kafka.py` does. It knows no
times: what is asked for by a time is not there. Ends when its standard input is closed.

    ["create", topic, partitions, {}]
    ["send", topic, partition, count, size]                 messages, ten a batch
    ["fail", kind, [code, …]]                               the next requests of this kind; 0 is none
    ["pause", milliseconds]                                 before each answer
    ["lead", topic, partition, broker]
    ["down", broker]  ["up", broker]
    ["garbage"]                                             an address where bytes come that mean nothing, without end
"""

import ctypes
import json
import os
import socket
import socketserver
import sys
import threading

from confluent_kafka import Producer

KAFKA = ctypes.CDLL("librdkafka.so.1")
for name in ("rd_kafka_new", "rd_kafka_conf_new", "rd_kafka_mock_cluster_new"):
    getattr(KAFKA, name).restype = ctypes.c_void_p
KAFKA.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p


class Cluster:
    def __init__(self, count):
        reason = ctypes.create_string_buffer(200)
        settings = ctypes.c_void_p(KAFKA.rd_kafka_conf_new())
        KAFKA.rd_kafka_conf_set(settings, b"log_level", b"0", reason, ctypes.c_size_t(200))
        client = KAFKA.rd_kafka_new(0, settings, reason, ctypes.c_size_t(200))
        self.brokers = range(1, count + 1)
        self.cluster = ctypes.c_void_p(KAFKA.rd_kafka_mock_cluster_new(ctypes.c_void_p(client), count))
        self.address = KAFKA.rd_kafka_mock_cluster_bootstraps(self.cluster).decode()

    def create(self, topic, partitions, _):
        return self.told(KAFKA.rd_kafka_mock_topic_create(self.cluster, topic.encode(), partitions, len(self.brokers)))

    def send(self, topic, partition, count, size):
        producer = Producer({"bootstrap.servers": self.address})
        for number in range(count):
            producer.produce(topic, f"{number:{size}}", partition=partition, timestamp=1_795_305_600_000 + number)
            if number % 10 == 9:
                producer.flush(20)
        return f"failed: {len(producer)} are left" if producer.flush(20) else "ok"

    def fail(self, kind, codes):
        array = (ctypes.c_int * len(codes))(*codes)
        KAFKA.rd_kafka_mock_push_request_errors_array(
            self.cluster, ctypes.c_int16(kind), ctypes.c_size_t(len(codes)), array)
        return "ok"

    def pause(self, milliseconds):
        for broker in self.brokers:
            KAFKA.rd_kafka_mock_broker_set_rtt(self.cluster, broker, milliseconds)
        return "ok"

    def lead(self, topic, partition, broker):
        return self.told(KAFKA.rd_kafka_mock_partition_set_leader(self.cluster, topic.encode(), partition, broker))

    def down(self, broker):
        return self.told(KAFKA.rd_kafka_mock_broker_set_down(self.cluster, broker))

    def up(self, broker):
        return self.told(KAFKA.rd_kafka_mock_broker_set_up(self.cluster, broker))

    def garbage(self):
        listener = socket.create_server(("127.0.0.1", 0))

        def flood(client):
            try:
                while True:
                    client.sendall(os.urandom(65536))
            except OSError:
                client.close()

        def accept():
            while True:
                threading.Thread(target=flood, args=[listener.accept()[0]], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return f"127.0.0.1:{listener.getsockname()[1]}"

    @staticmethod
    def told(code):
        return f"failed: {code}" if code else "ok"


def main():
    cluster = Cluster(3)

    class Order(socketserver.StreamRequestHandler):
        def handle(self):
            for line in self.rfile:
                name, *arguments = json.loads(line)
                self.wfile.write(f"{getattr(cluster, name)(*arguments)}\n".encode())

    server = socketserver.TCPServer(("127.0.0.1", 0), Order)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(cluster.address, server.server_address[1], flush=True)
    sys.stdin.read()


main()
