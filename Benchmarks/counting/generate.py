"""Writes made-up Jetstream events of about SIZE megabytes: generate.py SIZE FILE

The mix follows recorded streams: half likes, an eighth posts, a fifth of these tagged. Every post is
told of once, tags are ASCII and stand in facets: here the simplest rules and the full ones agree, so
that tools that know only the simple ones must give the same answer.
"""
import random
import sys

size, path = int(sys.argv[1]) * 1_000_000, sys.argv[2]
rng = random.Random(1)
digits = "234567abcdefghijklmnopqrstuvwxyz"


def text(length):
    return "".join(rng.choices(digits, k=length))


def event(did, kind, record):
    return (
        '{"did":"did:plc:%s","time_us":%%d,"kind":"commit","commit":{"rev":"%%s","operation":"create",'
        '"collection":"%s","rkey":"%%s","record":{"$type":"%s","createdAt":"2026-11-22T12:00:00.000Z",'
        '%s},"cid":"bafyrei%s"}}\n' % (did, kind, kind, record, text(52))
    )


authors = [text(24) for _ in range(60_000)]
tags = [text(rng.randint(3, 14)).title() for _ in range(4000)]
weights = [1 / (rank + 3) for rank in range(len(tags))]
words = [text(rng.randint(2, 9)) for _ in range(2000)]


def post():
    facets, body = "", " ".join(rng.choices(words, k=rng.randint(3, 30)))
    if rng.random() < 0.2:
        used = {rng.choice((tag, tag.lower(), tag.upper())) for tag in rng.choices(tags, weights, k=2)}
        facet = '{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"%s"}],"index":{"byteEnd":9,"byteStart":0}}'
        facets = '"facets":[%s],' % ",".join(facet % tag for tag in sorted(used))
    return '%s"langs":["en"],"text":"%s"' % (facets, body)


def subject():
    return '"subject":{"cid":"bafyrei%s","uri":"at://did:plc:%s/app.bsky.feed.post/%s"}' % (
        text(52), rng.choice(authors), text(13))


kinds = [("app.bsky.feed.like", subject)] * 5 + [("app.bsky.feed.repost", subject)] + [
    ("app.bsky.graph.follow", lambda: '"subject":"did:plc:%s"' % rng.choice(authors))] + [
    ("app.bsky.feed.post", post)]
events = []
for _ in range(100_000):
    kind, record = rng.choice(kinds)
    events.append(event(rng.choice(authors), kind, record()))

# The same events come again, as posts of their own.
written = number = 0
with open(path, "w") as file:
    while written < size:
        rng.shuffle(events)
        for template in events:
            key = "3n%011d" % number
            number += 1
            line = template % (1_795_348_800_000_000 + number, key, key)
            written += file.write(line)
            if written >= size:
                break
