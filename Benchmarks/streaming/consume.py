"""What one would write in Python: websockets, uvloop, orjson. Reads COUNT events from PORT and prints the top ten hashtags
by accounts. usage: consume.py PORT COUNT"""
import asyncio
import collections
import sys

import orjson
import uvloop
from websockets.asyncio.client import connect


async def main(port, count):
    users = collections.defaultdict(set)
    posts = {}
    async with connect(f"ws://127.0.0.1:{port}/subscribe", compression=None, max_queue=1024) as stream:
        for _ in range(count):
            event = orjson.loads(await stream.recv(decode=False))
            commit = event.get("commit")
            if not commit or commit["collection"] != "app.bsky.feed.post" or commit["operation"] != "create":
                continue
            key = (event["did"], commit["rkey"])
            if key in posts:
                continue
            record = commit["record"]
            tags = {feature["tag"].lower() for facet in record.get("facets", ()) for feature in facet["features"]
                    if feature["$type"] == "app.bsky.richtext.facet#tag"}
            tags.update(tag.lower() for tag in record.get("tags", ()))
            posts[key] = None
            for tag in tags:
                users[tag].add(event["did"])
    top = sorted(users.items(), key=lambda item: (-len(item[1]), item[0]))[:10]
    print("\n".join(f"{tag},{len(accounts)}" for tag, accounts in top))


uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
