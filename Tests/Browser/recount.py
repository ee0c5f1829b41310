"""The archive that a site offers, read by itself: lists, what became of each hashtag, and all sources in one list."""

import csv
import datetime
import glob
import os
import unicodedata

HOUR = datetime.timedelta(hours=1)
PERIOD = 6 * HOUR


def rows_of(path):
    if not os.path.exists(path):
        return
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            # A cell that a spreadsheet would take for a formula has an apostrophe before it.
            yield {key: value[1:] if value and value[0] == "'" and value[1:2] in ("=", "+", "-", "@", "\t", "\r") else value
                   for key, value in row.items()}


def moment_of(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def shown(spelling, key):
    def clean(text):
        return "".join(c for c in text if unicodedata.category(c) != "Cc" and not bidi_control(c))
    return unicodedata.normalize("NFC", clean(spelling) or clean(key) or "\ufffd")


def bidi_control(c):
    return ord(c) in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))


class Archive:
    def __init__(self, folder, places=10):
        self.windows, self.top, self.trending, self.tails = {}, {}, {}, {}
        for path in sorted(glob.glob(f"{folder}/windows/*.csv")):
            for row in rows_of(path):
                self.windows[moment_of(row["slot"]), row["source"]] = row
        for kind, lists in (("top", self.top), ("trending", self.trending), ("tail", self.tails)):
            for path in sorted(glob.glob(f"{folder}/{kind}/*/*.csv")):
                for row in rows_of(path):
                    place = moment_of(row["slot"]), row["source"]
                    if place in self.windows:
                        lists.setdefault(place, []).append(row)
        for lists in (self.top, self.trending):
            for place in lists:
                lists[place] = sorted(lists[place], key=lambda row: int(row["rank"]))[:places]
        self.places = sorted(self.windows)
        self.slots = sorted({slot for slot, _ in self.places})
        self.sources = sorted({source for _, source in self.places})
        self.first, self.last = self.slots[0], self.slots[-1]
        self.read = {place for place, row in self.windows.items() if row["status"] != "missing"}
        self.begun = {s: min(slot for slot, source in self.places if source == s) for s in self.sources}
        self.follow()

    def knows(self, place):
        """Whether it can be told what is unusual."""
        return self.trending.get(place) or any(row["expected"] for row in self.top.get(place, []))

    def follow(self):
        """What became of each hashtag from list to list."""
        self.names, self.lines, self.moves = {}, {}, {}
        last, seen, streaks = {}, {}, {}
        for place in self.places:
            if place not in self.read:
                continue
            slot, source = place
            for kind, lists in (("top", self.top), ("trending", self.trending)):
                if kind == "trending" and not self.knows(place):
                    continue
                before = last.get((kind, source))
                for row in lists.get(place, []):
                    key = row["tag"]
                    self.names.setdefault(key, shown(row["spelling"], key))
                    self.lines.setdefault(key, []).append((slot, source, kind, row))
                    mark = kind, source, key
                    old = seen.get(mark)
                    streaks[mark] = streaks.get(mark, 0) + 1 if old and old[0] == before else 1
                    self.moves[kind, slot, source, key] = (before, old, streaks[mark])
                    seen[mark] = slot, int(row["rank"])
                last[kind, source] = slot

    def stories(self, places):
        """What trends in windows of one slot, the least likely to be chance first; each hashtag once."""
        found = [(-float(row["score"] or 0), place, int(row["rank"]), row, source)
                 for place, (slot, source) in enumerate(places) for row in self.trending.get((slot, source), [])]
        seen = set()
        for *_, row, source in sorted(found, key=lambda one: one[:3]):
            if row["tag"] not in seen:
                seen.add(row["tag"])
                yield row, source

    def leaders(self, places):
        """The hashtags that a page names first, and that the hour was a usual one."""
        unusual = [row["tag"] for row, _ in self.stories(places)]
        lists = [self.top.get(one, []) for one in places]
        tags = unusual or [rows[place]["tag"] for place in range(3) for rows in lists if place < len(rows)]
        usual = ["a usual hour:"] if not unusual and any(map(self.knows, places)) else []
        return " ".join(usual + [self.name(tag) for tag in list(dict.fromkeys(tags))[:3]])

    def runs(self, first, end):
        """How long hashtags had more people than usual, whatever the source: of each its strongest run in a stretch of time."""
        best, going, order = {}, {}, 0
        for slot, source in self.places:
            if slot < end:
                for row in self.trending.get((slot, source), []):
                    order += 1
                    key, score = row["tag"], float(row["score"] or 0)
                    peak = dict(score=score, row=row, slot=slot, source=source, order=order) if slot >= first else dict(score=-1)
                    run = going.get(key)
                    if run and slot - run["last"] <= 24 * HOUR:
                        run["last"] = slot
                        if peak["score"] > run["score"]:
                            run.update(peak)
                    else:
                        run = going[key] = dict(peak, first=slot, last=slot)
                    if slot >= first and run not in best.setdefault(key, []):
                        best[key].append(run)
        runs = [min(all_, key=lambda run: (-run["score"], run["order"])) for all_ in best.values()]
        return sorted(runs, key=lambda run: (-run["score"], run["order"]))

    def evergreens(self, first, end):
        """What is in three of four lists or more."""
        read = [place for place in self.places if place in self.read and first <= place[0] < end]
        shares = {}
        for source in self.sources:
            own = [place for place in read if place[1] == source]
            if len({slot.date() for slot, _ in own}) < 3:
                continue
            for tag in {row["tag"] for place in own for row in self.top.get(place, [])}:
                lines = [(row, place) for place in own for row in self.top.get(place, []) if row["tag"] == tag]
                if 4 * len(lines) >= 3 * len(own):
                    mean = sum(int(row["accounts"]) / int(self.windows[place]["accounts"]) for row, place in lines) / len(own)
                    shares[tag] = max(mean, shares.get(tag, 0))
        return sorted(shares, key=lambda tag: -shares[tag])

    def merged(self, slot):
        """All sources of a slot in one list: hashtag, mean share, people by source; empty of one source alone."""
        sources = [source for source in self.sources
                   if (slot, source) in self.read and int(self.windows[slot, source]["accounts"])]
        shares, counts = {}, {}
        for source in sources if len(sources) > 1 else []:
            known = {row["tag"]: int(row["accounts"]) for lists in (self.tails, self.top, self.trending)
                     for row in lists.get((slot, source), [])}
            for tag, value in known.items():
                shares[tag] = shares.get(tag, 0) + value / int(self.windows[slot, source]["accounts"]) / len(sources)
                counts.setdefault(tag, []).append((source, value))
        order = sorted(shares, key=lambda tag: (-shares[tag], tag.encode()))
        return [(tag, shares[tag], counts[tag]) for tag in order[:10]]

    def name_at(self, key, slot):
        """As a page of that slot has it, which knows nothing of later lists."""
        lines = self.lines.get(key)
        return self.name(key) if lines and lines[0][0] <= slot else "#" + shown(key, key)

    def name(self, key):
        return "#" + self.names.get(key, shown(key, key))
