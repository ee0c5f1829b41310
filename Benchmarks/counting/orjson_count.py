"""Counts with orjson as one would in a script: orjson_count.py FORMAT FILE"""
import sys
from collections import defaultdict

import orjson


def jetstream(event):
    commit = event.get("commit")
    if commit and commit["collection"] == "app.bsky.feed.post" and commit["operation"] != "delete":
        for facet in commit["record"].get("facets", ()):
            for feature in facet["features"]:
                if feature["$type"] == "app.bsky.richtext.facet#tag":
                    yield event["did"], feature["tag"]


def v1(tweet):
    if "entities" in tweet and "retweeted_status" not in tweet:
        for hashtag in tweet["entities"]["hashtags"]:
            yield tweet["user"]["id"], hashtag["text"]


uses = {"jetstream": jetstream, "v1": v1}[sys.argv[1]]
authors = defaultdict(set)
for line in open(sys.argv[2], "rb"):
    if not line.isspace():
        for author, tag in uses(orjson.loads(line)):
            authors[tag.lower()].add(author)
top = sorted(authors.items(), key=lambda entry: (-len(entry[1]), entry[0]))[:20]
for tag, accounts in top:
    print(f"{tag},{len(accounts)}")
