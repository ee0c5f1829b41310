"""DynamoDB of moto behind a gate that checks signatures, and fails as it is told.

The first argument is JSON:

    keys      {"id": "secret"}
    throttle  every n-th request is throttled
    lose      every n-th transaction is carried out, and its answer lost
    hold      the n-th transaction and those behind it are neither carried out nor answered
    last      the last transaction that is carried out, counted from 1: all behind it are refused as forbidden
    errors    {"Query": "AccessDeniedException"}: operations that are refused
    make      whether the table `archive` is there; true by default

Prints its port, and ends when its standard input is closed. A GET of /items answers with all items of the table, as JSON, in
the order of their keys; of /seen with how often what was asked; after one of /mend nothing fails any more.
"""

import collections
import http.client
import json
import logging
import os
import sys
import threading
import time

os.environ.update(AWS_ACCESS_KEY_ID="any", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="eu-west-1",
                  AWS_EC2_METADATA_DISABLED="true")

import boto3  # noqa: E402  (it reads the environment)
from moto.server import ThreadedMotoServer  # noqa: E402

import serving  # noqa: E402
import signature  # noqa: E402

KEYS = [("file", "HASH"), ("part", "RANGE")]


class Handler(serving.Handler):
    one_at_a_time = threading.Lock()

    def do_GET(self):
        if self.path == "/mend":
            for name in ["throttle", "lose", "last", "errors", "hold"]:
                self.told.pop(name, None)
        if self.path != "/items":
            return self.answer(200, json.dumps(self.seen).encode())
        items = []
        for page in self.client.get_paginator("scan").paginate(TableName="archive"):
            items += page["Items"]
        items.sort(key=lambda item: (item["file"]["S"], item["part"]["S"]))
        self.answer(200, json.dumps(items, default=lambda held: f"{len(held)} bytes", sort_keys=True).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        operation = self.headers.get("X-Amz-Target", "").removeprefix("DynamoDB_20120810.")
        self.seen[operation] += 1
        self.seen["all"] += 1
        code = signature.wrong(self, body, self.told["keys"], "dynamodb") or self.told.get("errors", {}).get(operation)
        if "throttle" in self.told and self.seen["all"] % self.told["throttle"] == 0:
            code = code or "ProvisionedThroughputExceededException"
        is_transaction = operation == "TransactWriteItems"
        if is_transaction and self.seen[operation] >= self.told.get("hold", 1 << 60):
            while "hold" in self.told:
                time.sleep(0.01)
            self.close_connection = True
            return
        if is_transaction and self.seen[operation] > self.told.get("last", 1 << 60):
            code = code or "AccessDeniedException"
        if code:
            return self.answer(400, json.dumps({"__type": "com.amazonaws.dynamodb.v20120810#" + code,
                                                "message": f"{code} of the tests"}).encode())
        # moto copies the whole table for a transaction, and bears no other meanwhile.
        with self.one_at_a_time:
            server = http.client.HTTPConnection(*self.server_address)
            server.request("POST", "/", body, {name: self.headers[name] for name in
                                               ["Content-Type", "X-Amz-Target", "Authorization", "X-Amz-Date"]})
            answer = server.getresponse()
            found = answer.read()
        if is_transaction and "lose" in self.told and self.seen[operation] % self.told["lose"] == 0:
            self.close_connection = True
            return
        self.answer(answer.status, found)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    Handler.told = json.loads(sys.argv[1])
    Handler.seen = collections.Counter()
    Handler.server_address = server.get_host_and_port()
    host, port = Handler.server_address
    Handler.client = boto3.client("dynamodb", endpoint_url=f"http://{host}:{port}")
    if Handler.told.get("make", True):
        Handler.client.create_table(
            TableName="archive", BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in KEYS],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in KEYS])
    serving.serve(Handler)
    os._exit(0)


if __name__ == "__main__":
    main()
