"""Makes up posts for `context.py`, with edits, deletions and account events, and addresses in many ways of writing.

    made.py FORMAT COUNT FILE   writes so many as FORMAT: jetstream, v1, v2 or mastodon; the same ones each time
"""

import html
import json
import random
import sys


def give(rng):
    """An address that a post gives, in one of the ways that they are written in, and a title."""
    page = min(int(rng.paretovariate(0.7)), 400)
    host = f"h{page % 40}.example" if page % 11 else f"bücher{page % 40}.example"
    text = f"https://{host}/{page}/é?a={page}"
    way = rng.randrange(6)
    text = text.replace("https://h", "HTTPS://H") if way == 1 else text + "&utm_source=x#y" if way == 2 else text
    if way == 5:
        text = rng.choice(["https://bit.ly/x", "http://h1.example/", "https://u@h2.example/", "https://127.0.0.1/", "https://bsky.app/x",
                           "https://x.com/a/status/1"])
    return text, rng.choice(["", f"Title {page}", f"Title {page}\u202E", "other"])


def revision(number):
    """A TID: 13 digits to the base of 32 that sort as text."""
    return "3" + "".join("234567abcdefghijklmnopqrstuvwxyz"[number >> 5 * place & 31] for place in reversed(range(12)))


def events(count, rng):
    """As Jetstream tells them: one in eight edits, deletes or repeats a post that came before."""
    tags = ["tide", "Tide", "#Kelp", "ＫＥＬＰ", "Straße", "潮", "caf\u00E9", "cafe\u0301", "🌊"] + [f"tag{number}" for number in range(600)]
    posts = []
    for number in range(count):
        author = f"did:plc:{min(int(rng.paretovariate(0.3)), count // 4):06}"
        event = {"did": author, "time_us": 1_795_176_000_000_000 + number}
        if rng.random() < 0.002:
            yield event | {"account": {"active": False, "status": rng.choice(["deleted", "suspended", "deactivated"])}}
            continue
        again = posts and rng.random() < 0.125
        author, name = rng.choice(posts) if again else (author, f"3k{number}")
        posts.append((author, name))
        commit = {"rev": revision(number), "collection": "app.bsky.feed.post", "rkey": name,
                  "operation": rng.choice(["update", "delete", "create"]) if again else "create"}
        if commit["operation"] != "delete":
            given = [tags[min(int(rng.paretovariate(0.6)) - 1, len(tags) - 1)] for _ in range(rng.choice([0, 1, 2, 2, 3, 14]))]
            features = [{"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": tag}]} for tag in given]
            commit["record"] = {"text": "x", "facets": features}
            if number % 40 == 0:
                commit["record"]["labels"] = {"values": [{"val": rng.choice(["porn", "other"])}]}
        yield event | {"did": author, "commit": commit}


def make(form, count, file):
    rng, numbers, latest = random.Random(16), {}, {}
    with open(file, "w", encoding="utf-8") as out:
        for event in events(int(count), rng):
            commit = event.get("commit") or {}
            record = commit.get("record")
            places = [give(rng) for _ in range(rng.choice([0, 0, 1, 1, 2]))] if record else []
            if form == "jetstream":
                if places:
                    record["facets"] += [{"features": [{"$type": "app.bsky.richtext.facet#link", "uri": places[0][0]}]}]
                    record["embed"] = {"external": {"uri": places[-1][0], "title": places[-1][1]}}
            elif not commit:
                continue
            else:
                number = numbers.setdefault((event["did"], commit["rkey"]), 1000 + len(numbers))
                if record is None:
                    event = {"v1": {"delete": {"status": {"id": number, "id_str": str(number)}}},
                             "mastodon": {"event": "delete", "payload": str(number)}}.get(form)
                    if event is None:
                        continue
                else:
                    event = post(form, event["did"], number, record, places, latest)
            print(json.dumps(event, ensure_ascii=False), file=out)


def post(form, author, number, record, places, latest):
    features = [one for facet in record.get("facets") or [] for one in facet.get("features") or []]
    tags = [one["tag"] for one in features if "tag" in one] + (record.get("tags") or [])
    person = int.from_bytes(author.encode()[-6:], "big")
    sensitive = bool((record.get("labels") or {}).get("values")) and number % 2 == 0
    if form == "mastodon":
        anchors = "".join(f'<a href="{html.escape(place)}" rel="nofollow">x</a>' for place, _ in places[:1])
        status = {"id": str(number), "content": f"<p>x {anchors}</p>", "account": {"id": str(person), "bot": person % 50 == 0},
                  "sensitive": sensitive, "tags": [{"name": tag} for tag in tags], "language": "en"}
        if places:
            status["card"] = {"url": places[-1][0], "title": places[-1][1]}
        edit = number in latest
        latest[number] = latest.get(number, 0) + 1
        if edit:
            status["edited_at"] = f"2026-11-22T18:00:{latest[number] % 60:02}Z"
        return {"event": "status.update" if edit else "update", "payload": json.dumps(status) if number % 3 else status}
    urls = [{"expanded_url": place, "title": told} if number % 2 else {"unwound_url": place, "expanded_url": "https://t.co/x", "title": told}
            for place, told in places]
    if form == "v1":
        entities = {"hashtags": [{"text": tag} for tag in tags], "urls": urls}
        message = {"id": number, "id_str": str(number), "text": "x", "user": {"id": person}, "possibly_sensitive": sensitive}
        if number % 5 == 0:
            return message | {"extended_tweet": {"full_text": "x", "entities": entities}}
        return {"id": 9 * 10**9 + number, "text": "x", "user": {"id": person + 1}, "retweeted_status": message | {"entities": entities}} \
            if number % 7 == 0 else message | {"entities": entities}
    latest[number] = latest.get(number, 0) + 1
    version = str(number if latest[number] == 1 else 10**9 + 100 * number + latest[number])
    entities = {"hashtags": [{"tag": tag} for tag in tags], "urls": urls}
    data = {"id": version, "edit_history_tweet_ids": [str(number), version], "text": "x", "author_id": str(person),
            "possibly_sensitive": sensitive}
    data |= {"note_tweet": {"text": "x", "entities": entities}} if number % 5 == 0 else {"entities": entities}
    return {"data": data} if number % 3 else data


if __name__ == "__main__":
    make(*sys.argv[1:])
