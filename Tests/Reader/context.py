"""Counts again, by docs/counting.md and nothing else, what `tidemark count --json --context` says of each hashtag.

    context.py PROGRAM FORMAT FILE   prints each hashtag whose related hashtags or links differ; ends with 1 if any does

FORMAT is jetstream, v1, v2 or mastodon. Everything is kept in memory, and judged at the end. Text is scanned for hashtags
only where nothing else has them, and then by a rule that is simpler than the platforms': posts of such kinds are few.
"""

import collections
import gzip
import html
import json
import re
import subprocess
import sys
import unicodedata
import urllib.parse

TRACKING = {"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "si"}
SENSITIVE = {"porn", "sexual", "nudity", "graphic-media"}
IGNORED = re.compile("[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164"
                     "\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]")


def key(tag):
    """Nil for what is no hashtag."""
    bare = tag.strip().lstrip("#＃")
    folded = IGNORED.sub("", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bare).casefold()))
    folded = "".join(folded.split())
    if len(tag.encode("utf-8", "surrogatepass")) > 1024 or not folded or len(folded) > 100 or "#" in folded or folded[0] == "$":
        return None
    if any(unicodedata.category(letter) == "Cc" for letter in folded):
        return None
    return None if all(unicodedata.category(letter)[0] == "P" or letter.isdecimal() for letter in folded) else folded


def scanned(text):
    return [found.rstrip(".,;:!?'\"()[]{}…") for found in re.findall(r"(?:^|(?<=\s))[#＃]([^\s#＃]+)", text or "")]


def address(delivered, network):
    """As it counts; None if it does not."""
    text = delivered.strip("".join(map(chr, range(0x21)))) if isinstance(delivered, str) else ""
    if text[:8].lower() != "https://" or len(text.encode()) > 2048 or re.search(r"[\x00-\x20\x7F\\]", text):
        return None
    authority, rest = re.match(r"([^/?#]*)(.*)", text[8:], re.S).groups()
    host, _, port = authority.partition(":")
    if port not in ("", "443") or "@" in host or "%" in host:
        return None
    try:
        host = host.lower() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    host = host.rstrip(".")
    if not re.fullmatch(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+", host) or re.fullmatch(r"\d+|0x[0-9a-f]*", host.split(".")[-1]):
        return None
    path, _, query = rest.partition("#")[0].partition("?")
    query = "&".join(one for one in query.split("&")
                     if (name := one.split("=")[0].lower()) not in TRACKING and not name.startswith("utm_"))

    def written(part):
        return "".join(chr(byte) if byte < 0x80 and chr(byte) not in '"<>^`{|}' else f"%{byte:02X}" for byte in part.encode())
    if any(host == other or host.endswith("." + other) for other in ("bit.ly", "t.co", "youtu.be/redirect")):
        return None
    if network == "jetstream" and (host == "bsky.app" or host.endswith(".bsky.app")):
        return None
    if network in ("v1", "v2") and re.fullmatch(r"((www|mobile|m|pic)\.)?(twitter|x)\.com", host):
        return None
    return "https://" + host + written(path) + ("?" + written(query) if query else "")


def title(text):
    text = re.sub(r"[\t-\r\x85\u2028\u2029]", " ", text or "")
    text = re.sub("[\x00-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]", "", text)
    return text.lstrip()[:200].rstrip()


class Post:
    def __init__(self, author, tags, links, dropped=False, silent=False, revision="", time=0):
        self.author, self.tags, self.links = author, tags, links
        self.dropped, self.silent, self.revision, self.time = dropped, silent, revision, time


class Recount:
    def __init__(self):
        self.posts, self.deleted, self.removed = {}, collections.defaultdict(list), {}

    def jetstream(self, event):
        commit, author = event.get("commit"), event.get("did")
        if commit is None:
            account = event.get("account") or {}
            if account.get("active") is False and account.get("status") in ("deleted", "takendown", "suspended"):
                self.removed[author] = max(self.removed.get(author, 0), event["time_us"])
            return
        if commit.get("collection") != "app.bsky.feed.post":
            return
        name, revision = (author, commit["rkey"]), commit["rev"]
        if commit["operation"] == "delete":
            self.deleted[name].append(revision)
            return
        record = commit["record"]
        features = [feature for facet in record.get("facets") or [] for feature in facet.get("features") or []]
        given = [(one.get("uri"), "") for one in features if one.get("$type") == "app.bsky.richtext.facet#link"]
        embed = record.get("embed") or {}
        external = embed.get("external") or (embed.get("media") or {}).get("external") or {}
        given.append((external.get("uri"), external.get("title")))
        if record.get("facets") is None and record.get("tags") is None:
            tags = scanned(record.get("text"))
        else:
            tags = [one.get("tag", "") for one in features if one.get("$type") == "app.bsky.richtext.facet#tag"]
            tags += record.get("tags") or []
        silent = any(one.get("val") in SENSITIVE for one in (record.get("labels") or {}).get("values") or [])
        if name not in self.posts or self.posts[name].revision < revision:
            self.posts[name] = Post(author, tags, given, silent, silent, revision, event.get("time_us", 0))

    def urls(self, entities):
        return [(one.get("unwound_url") or (one.get("unwound") or {}).get("url") or one.get("expanded_url"),
                 one.get("title") or (one.get("unwound") or {}).get("title")) for one in entities.get("urls") or []]

    def v1(self, message):
        if "delete" in message:
            self.deleted[str(message["delete"]["status"]["id"])].append(None)
        if not {"text", "full_text"} & set(message) or "id" not in message:
            return
        source = message.get("retweeted_status") or message
        form = source.get("extended_tweet") or source
        entities = form.get("entities")
        tags = scanned(source.get("text") or source.get("full_text")) if entities is None else [one["text"] for one in entities.get("hashtags") or []]
        silent = bool(message.get("possibly_sensitive") or source.get("possibly_sensitive"))
        self.posts[str(message["id"])] = Post(
            (message.get("user") or {}).get("id"), tags, self.urls(entities or {}), silent or source is not message, silent)

    def v2(self, message):
        known = {post["id"]: post for post in (message.get("includes") or {}).get("tweets") or []}
        data = message.get("data") or message
        for post in data if isinstance(data, list) else [data]:
            if not isinstance(post.get("text"), str) or "id" not in post:
                continue
            reposted = [one for one in post.get("referenced_tweets") or [] if one.get("type") == "retweeted"]
            source = known.get(reposted[0]["id"], post) if reposted else post
            form = source.get("note_tweet") or source
            entities = form.get("entities")
            tags = scanned(form.get("text")) if entities is None else [one["tag"] for one in entities.get("hashtags") or []]
            silent = bool(post.get("possibly_sensitive") or source.get("possibly_sensitive"))
            name = (post.get("edit_history_tweet_ids") or [post["id"]])[0]
            self.posts[name] = Post(post.get("author_id"), tags, self.urls(entities or {}), silent or bool(reposted), silent)

    def mastodon(self, message):
        event, status = message.get("event"), message
        if event is not None:
            payload = message.get("payload")
            if event == "delete":
                self.deleted[str(payload)].append(None)
            if event not in ("update", "status.update"):
                return
            status = json.loads(payload) if isinstance(payload, str) else payload
        if "content" not in status:
            return
        source = status.get("reblog") or status
        account = status.get("account") or {}
        given = []
        for anchor in re.findall(r"<a\s[^>]*>", source.get("content") or ""):
            classes = re.search(r'class="([^"]*)"', anchor)
            href = re.search(r'href="([^"]*)"', anchor)
            if href and not set((classes[1] if classes else "").split()) & {"mention", "hashtag", "tag"}:
                given.append((html.unescape(href[1]), ""))
        card = source.get("card") or {}
        given.append((card.get("url"), card.get("title")))
        tags = source.get("tags")
        tags = scanned(re.sub("<[^>]*>", "", source.get("content") or "")) if tags is None else [one["name"] for one in tags]
        silent = bool(status.get("sensitive") or source.get("sensitive") or account.get("bot"))
        self.posts[str(status["id"])] = Post(account.get("id"), tags, given, silent or source is not status, silent)

    def counted(self, network):
        for name, post in self.posts.items():
            gone = any(one is None or one > post.revision for one in self.deleted.get(name, []))
            keys = set(filter(None, map(key, post.tags)))
            if gone or post.dropped or len(keys) > MAX_TAGS or self.removed.get(post.author, -1) >= post.time:
                continue
            links = {}
            for delivered, told in [] if post.silent else post.links:
                place = address(delivered, network)
                if place and (place in links or len(links) < 100):
                    links[place] = links.get(place) or title(told)
            yield post.author, keys, links


MAX_TAGS = 10


def ranked(sets):
    """Names by the accounts that each has, most first, ties by scalars."""
    return sorted(((name, len(accounts - {None})) for name, accounts in sets.items()), key=lambda one: (-one[1], one[0]))


def main(program, form, file):
    recount = Recount()
    with (gzip.open if file.endswith(".gz") else open)(file, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line.strip() or "null")
            except ValueError:
                continue
            if isinstance(event, dict):
                getattr(recount, form)(event)
    told = json.loads(subprocess.run(
        [program, "count", "--json", "--context", "--top", "60", "--format", form, file],
        stdout=subprocess.PIPE, check=True).stdout)
    listed = [row["tag"] for row in told["top"]]
    people, others = collections.defaultdict(set), collections.defaultdict(lambda: collections.defaultdict(set))
    given, titles = (collections.defaultdict(lambda: collections.defaultdict(set)) for _ in range(2))
    for author, keys, links in recount.counted(form):
        for tag in keys.intersection(listed):
            people[tag].add(author)
            for other in keys - {tag}:
                others[tag][other].add(author)
            for place, text in links.items():
                given[tag][place].add(author)
                titles[tag, place][text].add(author)
    wrong = related = linked = 0
    for row in told["top"]:
        tag = row["tag"]
        expected = [(other, count) for rank, (other, count) in enumerate(ranked(others[tag]))
                    if count and (rank < 10 or other in listed and count >= 3)]
        least = max(5, -(-len(people[tag] - {None}) // 20))
        links, strongest = [], {}
        for place, count in ranked(given[tag]):
            host = urllib.parse.urlsplit(place).hostname
            if count >= least and count >= strongest.setdefault(host, count):
                names = [text for text, many in ranked({one: who for one, who in titles[tag, place].items() if one}) if many >= least]
                links.append((place, names[0] if names else "", count))
        found = [(one["tag"], one["accounts"]) for one in row["related"]]
        said = [(one["url"], one["title"], one["accounts"]) for one in row["links"]]
        related, linked = related + len(found), linked + len(said)
        if (found, said, row["accounts"]) != (expected, links[:5], len(people[tag] - {None})):
            wrong += 1
            print(tag, row["accounts"], len(people[tag]), *sorted(set(found) ^ set(expected))[:6], *sorted(set(said) ^ set(links[:5]))[:6])
    print(f"{file}: {len(listed)} hashtags, {related} related, {linked} links, {wrong} differ")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
