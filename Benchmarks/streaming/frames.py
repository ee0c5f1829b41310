"""Writes WebSocket frames of made-up posts, 500 bytes each, over the slot from START (seconds since 1970) and two minutes
more, in order of time. usage: frames.py COUNT START FILE"""
import random
import struct
import sys

count, start, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
source = random.Random(1)
words = ["tide", "Tide", "kelp", "café", "写真", "music", "Art", "art", "news", "gaming"] + [f"tag{n}" for n in range(4000)]
step = (6 * 3600 + 120) * 1_000_000 / count
digits = "234567abcdefghijklmnopqrstuvwxyz"


def tid(time):
    return "".join(digits[time >> shift & 31] for shift in range(60, -1, -5))


with open(path, "wb") as out:
    for number in range(count):
        time = int(start * 1_000_000 + number * step)
        facets = ""
        if source.random() < 0.25:
            tag = words[int(len(words) ** source.random()) - 1]
            facets = ('"facets":[{"index":{"byteStart":0,"byteEnd":4},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"'
                      + tag + '"}]}],')
        event = ('{"did":"did:plc:%024d","time_us":%d,"kind":"commit","commit":{"rev":"%s","operation":"create",'
                 '"collection":"app.bsky.feed.post","rkey":"%s","record":{"$type":"app.bsky.feed.post",%s"langs":["en"],"text":"'
                 % (source.randrange(300_000), time, tid(time), tid(time), facets)).encode()
        event += b"x" * (500 - len(event) - 4) + b'"}}}'
        out.write(b"\x81\x7e" + struct.pack(">H", len(event)) + event)
