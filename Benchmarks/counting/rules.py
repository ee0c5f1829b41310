"""The rules of tidemark that its answer rests on, for tools that have none: versions and deletions of
posts, removed accounts, labels, posts of many tags, and what a tag is. Counts the lines of JSON on
its standard input: rules.py FORMAT"""
import json
import re
import sys
import unicodedata
from collections import defaultdict

# Default-ignorable code points, and white space, which a key has not.
ignored = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+")
in_text = re.compile(r"(?:^|\s)[#＃](?!\ufe0f)([^\s\xad\u2060\u200a-\u200d\u20e2]+)")


def fold(text):
    return unicodedata.normalize("NFKC", text)


def is_of_no_word(scalar):
    category = unicodedata.category(scalar)
    return category == "Nd" or category[0] == "P"


def key(tag):
    """What a tag is counted by; None if it does not count."""
    tag = tag.lstrip("#＃")
    if tag.isascii() and tag.isalnum() and tag.isprintable():
        folded = tag.lower()
    else:
        folded = ignored.sub("", fold(fold(ignored.sub("", fold(tag))).casefold()))
        if any(unicodedata.category(c) == "Cc" for c in tag.strip()) or "#" in folded:
            return None
    if not 0 < len(folded) <= 100 or folded[0] == "$" or all(map(is_of_no_word, folded)):
        return None
    return folded


def found(text):
    """The hashtags of a Bluesky post that says nothing of them."""
    tags = []
    for tag in in_text.findall(text):
        while tag and unicodedata.category(tag[-1])[0] == "P":
            tag = tag[:-1]
        tags.append(tag)
    return tags


class Count:
    def __init__(self):
        self.posts, self.deletions, self.removals = {}, {}, {}

    def post(self, id, revision, author, time, is_sensitive, tags):
        known = self.posts.get(id)
        if known is None or revision is None or revision > known[0]:
            self.posts[id] = (revision, author, time, is_sensitive, tags)

    def top(self, size=20):
        keys, posts, authors = {}, defaultdict(int), defaultdict(set)
        for id, (revision, author, time, is_sensitive, tags) in self.posts.items():
            if is_sensitive or time <= self.removals.get(author, -1):
                continue
            if id in self.deletions and (revision is None or revision < self.deletions[id]):
                continue
            used = set()
            for tag in tags:
                if tag not in keys:
                    keys[tag] = key(tag)
                used.add(keys[tag])
            used.discard(None)
            if len(used) <= 10:
                for name in used:
                    posts[name] += 1
                    authors[name].add(author)
        rows = [(name, posts[name], len(who)) for name, who in authors.items()]
        rows.sort(key=lambda row: (-row[2], -row[1], row[0]))
        return rows[:size]

    def print_top(self):
        for row in self.top():
            print("%s,%d,%d" % row)


def jetstream(count, event):
    commit, account = event.get("commit"), event.get("account")
    if account and account["active"] is False and account["status"] in (
            "deleted", "takendown", "suspended"):
        time = count.removals.get(event["did"], 0)
        count.removals[event["did"]] = max(time, event["time_us"])
    if not commit or commit["collection"] != "app.bsky.feed.post":
        return
    id = (event["did"], commit["rkey"])
    if commit["operation"] == "delete":
        count.deletions[id] = max(count.deletions.get(id, ""), commit["rev"])
        return
    record = commit["record"]
    facets, tags = record.get("facets"), record.get("tags")
    if facets is None and tags is None:
        used = found(record["text"])
    else:
        used = [
            feature["tag"] for facet in facets or () for feature in facet["features"]
            if feature["$type"] == "app.bsky.richtext.facet#tag"] + (tags or [])
    labels = (record.get("labels") or {}).get("values", ())
    is_sensitive = any(
        label["val"] in ("porn", "sexual", "nudity", "graphic-media") for label in labels)
    count.post(id, commit["rev"], event["did"], event["time_us"], is_sensitive, used)


def v1(count, tweet):
    if "delete" in tweet:
        count.deletions[tweet["delete"]["status"]["id"]] = ""
    elif tweet.get("text") is not None and tweet.get("retweeted_status") is None:
        hashtags = (tweet.get("extended_tweet") or tweet)["entities"]["hashtags"]
        count.post(
            tweet["id"], None, tweet["user"]["id"], 0, tweet.get("possibly_sensitive"),
            [hashtag["text"] for hashtag in hashtags])


formats = {"jetstream": jetstream, "v1": v1}

if __name__ == "__main__":
    count, event = Count(), formats[sys.argv[1]]
    for line in sys.stdin:
        event(count, json.loads(line))
    count.print_top()
