"""Recomputes every sentence with a number on a built site from the CSVs that the site offers, and prints what differs.

    facts.py SITE [PAGES]       so many pages, spread over all; fifty without a number, 0 for all

Shares no code with Tidemark: it reads `data/`, works out what each page should say, and takes every other block of text
that holds a digit for wrong. Hashtags that hold a digit are names, not numbers. For a site of six-hour periods, lists by
people, and no titles of sources.
"""

import csv
import datetime
import glob
import html
import html.parser
import json
import os
import re
import sys
import unicodedata
import urllib.parse

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "rect"}
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "tr", "caption", "summary", "div"}
HOUR = datetime.timedelta(hours=1)
PERIOD = 6 * HOUR
MONTHS = "January February March April May June July August September October November December".split()
REASONS = {
    "bot": ("by a bot", "by bots"), "deleted": ("deleted",) * 2, "invalid": ("unreadable",) * 2,
    "language": ("in another language",) * 2, "max_tags": ("with too many hashtags",) * 2,
    "mistimed": ("with an impossible time",) * 2, "removed_with_account": ("of a removed account", "of removed accounts"),
    "repost": ("repost", "reposts"), "sensitive": ("marked as sensitive",) * 2, "tag_cashtag": ("cashtag", "cashtags"),
    "tag_control_or_hash": ("hashtag with control characters", "hashtags with control characters"),
    "tag_digits": ("hashtag of digits alone", "hashtags of digits alone"),
    "tag_empty": ("hashtag of nothing", "hashtags of nothing"), "tag_too_long": ("hashtag too long", "hashtags too long"),
}


# The pages


class Node:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    def all(self, *tags):
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def has(self, name):
        return name in (self.attributes.get("class") or "").split()

    def text(self):
        """Without drawings, scripts and what scripts fill in; a cell of a table ends with a bar."""
        if self.tag in ("script", "svg", "style") or self.has("own"):
            return ""
        inner = "".join(child if isinstance(child, str) else child.text() for child in self.children)
        return inner + (" | " if self.tag in ("td", "th") else "")


class Parser(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack = [Node("page", [])]

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes)
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag, attributes):
        self.stack[-1].children.append(Node(tag, attributes))

    def handle_endtag(self, tag):
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].tag == tag:
                del self.stack[place:]
                return

    def handle_data(self, data):
        self.stack[-1].children.append(data)


def flat(text):
    """As it is read: isolates that hold a direction show nothing."""
    return re.sub(r"\s+", " ", re.sub("[\u2068\u2069]", "", text)).strip().removesuffix("|").strip()


def blocks(node):
    """The innermost blocks of text."""
    for child in node.children:
        if isinstance(child, Node):
            yield from blocks(child)
    if node.tag == "title":
        yield flat("".join(node.children))
    if node.tag in BLOCKS and not any(True for _ in node.all(*BLOCKS)):
        yield flat(node.text())


def read_page(path):
    parser = Parser()
    with open(path, encoding="utf-8") as file:
        parser.feed(file.read())
    return parser.stack[0]


# The archive


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

    def follow(self):
        """What became of each hashtag from list to list."""
        self.names, self.lines, self.moves = {}, {}, {}
        last, seen, streaks = {}, {}, {}
        for place in self.places:
            if place not in self.read:
                continue
            slot, source = place
            knows = self.trending.get(place) or any(row["expected"] for row in self.top.get(place, []))
            for kind, lists in (("top", self.top), ("trending", self.trending)):
                if kind == "trending" and not knows:
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
        """The hashtags that a page names first."""
        tags = [row["tag"] for row, _ in self.stories(places)][:3] or [self.top[one][0]["tag"] for one in places if self.top.get(one)]
        return " ".join(self.name(tag) for tag in dict.fromkeys(tags))

    def runs(self, first, end):
        """How long hashtags had more people than usual within a stretch of time: of each its strongest run."""
        best, going, order = {}, {}, 0
        for slot, source in self.places:
            if first <= slot < end:
                for row in self.trending.get((slot, source), []):
                    order += 1
                    key, score = (row["tag"], source), float(row["score"] or 0)
                    run = going.get(key)
                    if run and slot - run["last"] <= 24 * HOUR:
                        run["last"] = slot
                        if score > run["score"]:
                            run.update(score=score, row=row, slot=slot, order=order)
                        continue
                    going[key] = dict(first=slot, last=slot, score=score, row=row, slot=slot, source=source, order=order)
                    best.setdefault(row["tag"], []).append(going[key])
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


# Words


def count(value, one, many):
    return f"{value:,} {one if value == 1 else many}"


def people(value):
    return count(value, "person", "people")


def day(date):
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def hours(slot):
    end = slot.replace(hour=0, minute=0, second=0) + PERIOD * (slot.hour // 6 + 1)
    return f"{slot:%H:%M}–{'24:00' if end.hour == 0 else f'{end:%H:%M}'}"


def short(slot):
    return f"{slot.day} {MONTHS[slot.month - 1][:3]}, {hours(slot)}"


def long(slot):
    return f"{slot.day} {MONTHS[slot.month - 1][:3]} {slot.year}, {hours(slot)}"


def moment(slot):
    return f"{day(slot)}, {hours(slot)}"


def percent(share):
    if share >= 1:
        return "100%"
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}.{tenths % 10}%"


def clock(time, is_end=False):
    return "24:00" if is_end and time.hour == time.minute == 0 else f"{time:%H:%M}"


def duration(seconds):
    if seconds < 60:
        return f"{seconds} s"
    parts = [f"{seconds // 3600} h" if seconds >= 3600 else "", f"{seconds % 3600 // 60} min" if seconds % 3600 >= 60 else ""]
    return " ".join(part for part in parts if part)


def rounded(text):
    """A decimal of the archive to the nearest whole, as it is shown."""
    return f"{float(text) + 1e-9:.0f}"


def status(row):
    return {
        "complete": "Complete", "backfilled": "Complete, read later", "missing": "Not recorded",
        "partial": f"Partial: {percent(float(row['coverage']))} read",
    }[row["status"]]


class Site:
    def __init__(self, folder):
        self.folder, self.archive = folder, Archive(folder + "/data")

    # Parts of pages

    def stay(self, slot, source, key):
        before, old, streak = self.archive.moves["top", slot, source, key]
        if before is None:
            return ""
        if streak > 1:
            return f"in the top ten {streak:,} times in a row"
        return f"last in the top ten {short(old[0])}" if old else "in the top ten for the first time"

    def reason(self, row):
        said = people(int(row["accounts"]))
        if not row["expected"]:
            return said
        is_bound, expected = row.get("bounds") != "0", float(row["expected"])
        if expected < (1.5 if is_bound else 0.5):
            return said + ", hardly seen at this hour"
        return f"{said}, usually {'at most ' if is_bound else ''}{rounded(row['expected'])} at this hour"

    def moved(self, kind, slot, source, row):
        before, old, _ = self.archive.moves[kind, slot, source, row["tag"]]
        if before is None:
            return "first"
        if not old:
            return "● new"
        if old[0] != before:
            return "↺ back"
        places = old[1] - int(row["rank"])
        return "= same" if places == 0 else f"▲ up {places}" if places > 0 else f"▼ down {-places}"

    def listed(self, kind, slot, source):
        """The rows of a list with their notes."""
        lists = self.archive.top if kind == "top" else self.archive.trending
        for row in lists.get((slot, source), []):
            note = self.stay(slot, source, row["tag"]) if kind == "top" else self.reason(row)
            yield row, self.archive.name(row["tag"]), note

    def ranking(self, slot, source):
        for kind in ("top", "trending"):
            for row, name, note in self.listed(kind, slot, source):
                cells = [row["rank"], name + note,
                         f"{int(row['accounts']):,}", f"{int(row['posts']):,}", self.moved(kind, slot, source, row)]
                yield squeezed(" | ".join(cells))

    def sparks(self, slot, source):
        """What the lines beside a list say: what lists and tails know of the last periods."""
        slots = [slot - step * PERIOD for step in range(28) if slot - step * PERIOD >= self.archive.first]
        read = [one for one in slots if (one, source) in self.archive.read]
        counts = {}
        for one in read:
            for lists in (self.archive.tails, self.archive.trending, self.archive.top):
                for row in lists.get((one, source), []):
                    counts.setdefault(row["tag"], {})[one] = int(row["accounts"])
        for kind in ("top", "trending"):
            for row, _, _ in self.listed(kind, slot, source):
                known = counts[row["tag"]].values()
                ends = [f"{end:,}" for end in sorted({min(known), max(known)})]
                said = f"The last {count(len(slots), 'period', 'periods')}: known in {len(known)}, {' to '.join(ends)} people"
                missing = len(slots) - len(read)
                events = sum(1 for one in read for event in self.archive.trending.get((one, source), []) if event["tag"] == row["tag"])
                said += f", unusual in {events}" if events else ""
                yield said + (f", {missing} not recorded" if missing else "")

    def merged(self, slot):
        """The list of all sources, as a table and as a digest."""
        names = [source for source in self.archive.sources if (slot, source) in self.archive.read]
        yield f"{moment(slot)} UTC, {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else ""
        for rank, (tag, share, counts) in enumerate(self.archive.merged(slot), 1):
            name, mean = self.archive.name_at(tag, slot), f"{100 * share + 1e-9:.2f}%"
            known = " ".join(f"{value:,} {source}" for source, value in counts)
            yield f"{rank} | {name} | {known} | {mean}"
            yield f"{rank} {name} {mean} of people"

    def bars(self, slot, source):
        """What the title of a list's bars finds."""
        rows = [row for row in self.archive.top.get((slot, source), []) if row["expected"]]
        if not rows:
            return
        found = max(rows, key=lambda row: (int(row["accounts"]) / max(0.5, float(row["expected"])), -int(row["rank"])))
        times = self.times_usual(found)
        if times:
            least = "" if found.get("bounds") == "0" else "at least "
            yield (f"{self.archive.name(found['tag'])} has {least}{times} times as many people as usual "
                   "the popular ones, by people")
            yield f"{self.archive.name(found['tag'])} has {least}{times} times as many people as usual"

    def digest(self, slot, source):
        for kind in ("top", "trending"):
            for row, name, note in self.listed(kind, slot, source):
                yield squeezed(f"{row['rank']} {name} {note} {int(row['accounts']):,} people")

    def facts(self, slot, source):
        row = self.archive.windows[slot, source]
        start, end = moment_of(row["start"]), moment_of(row["end"])
        yield f"Read (UTC){clock(start)}–{clock(end, True)} {duration(int((end - start).total_seconds()))}"
        yield f"Share of the time meant{percent(float(row['coverage']))}"
        yield f"Authors{people(int(row['accounts']))}"
        yield f"Counted{count(int(row['posts']), 'post', 'posts')} {int(row['tagged']):,} with a hashtag"
        yield f"In them{count(int(row['tags']), 'hashtag', 'hashtags')}"
        if int(row.get("held") or 0):
            yield f"Left out of lists{int(row['held']):,}"
        dropped = int(row["dropped"])
        parts = [f"Left out{dropped:,} {'record' if dropped == 1 else 'records'}"]
        pairs = [part.split("=") for part in (row.get("reasons") or "").split()]
        for name, value in sorted(pairs, key=lambda pair: (-int(pair[1]), pair[0])):
            one, many = REASONS.get(name, (name.replace("_", " "),) * 2)
            parts.append(f"{int(value):,} {one if int(value) == 1 else many}")
        yield " ".join(parts)

    def window_parts(self, slot, source):
        row = self.archive.windows[slot, source]
        yield status(row)
        yield f"{moment(slot)} UTC"
        yield f"{moment(slot)} UTC {status(row)}"
        if row.get("note"):
            yield row["note"]
        yield from self.ranking(slot, source)
        yield from self.bars(slot, source)
        yield from self.facts(slot, source)

    def steps(self, labels):
        for label in labels:
            yield f"← {label}"
            yield f"{label} →"

    # Pages

    def window(self, slot):
        yield f"{moment(slot)} UTC"
        yield from self.neighbours(slot)
        yield from self.merged(slot)
        begun = [source for source in self.archive.sources if self.archive.begun[source] <= slot]
        for row, source in self.archive.stories([(slot, source) for source in begun]):
            where = f" on {source}" if len(begun) > 1 else ""
            yield f"{self.archive.name(row['tag'])} stands out{where}: {self.reason(row)}."
            break
        for source in self.archive.sources:
            if (slot, source) in self.archive.read:
                yield from self.window_parts(slot, source)

    def neighbours(self, slot):
        place = self.archive.slots.index(slot)
        near = self.archive.slots[max(0, place - 1):place] + self.archive.slots[place + 1:place + 2]
        yield from self.steps(map(short, near))
        yield f"Archive{slot.year}{MONTHS[slot.month - 1]}{slot.day} {MONTHS[slot.month - 1][:3]}"

    def slots_of(self, date):
        midnight = datetime.datetime(date.year, date.month, date.day)
        due = {midnight + place * PERIOD for place in range(4)}
        known = {slot for slot in self.archive.slots if slot.date() == date}
        return sorted(slot for slot in due | known if self.archive.first <= slot <= self.archive.last)

    def is_over(self, date):
        return self.archive.last + PERIOD >= datetime.datetime(date.year, date.month, date.day) + 24 * HOUR

    def day(self, date):
        yield f"{day(date)} {date:%A}"
        for step in (-1, 1):
            near = date + datetime.timedelta(step)
            yield from self.steps([f"{near.day} {MONTHS[near.month - 1][:3]}"])
        yield f"Archive{date.year}{MONTHS[date.month - 1]}"
        if not self.is_over(date):
            yield f"The day so far, up to {hours(self.archive.last)[-5:]} UTC."
        midnight = datetime.datetime(date.year, date.month, date.day)
        yield from self.told(midnight, midnight + 24 * HOUR)
        yield self.always(midnight - 6 * 24 * HOUR, midnight + 24 * HOUR)
        yield from self.tide(self.slots_of(date), self.archive.sources)
        for slot in self.slots_of(date):
            read = [(slot, source) for source in self.archive.sources if (slot, source) in self.archive.read]
            yield f"{hours(slot)} {self.archive.leaders(read) if read else 'not recorded'}"
            yield f"{hours(slot)} UTC by itself"
            yield from self.merged(slot)
            for source in self.archive.sources:
                row = self.archive.windows.get((slot, source))
                if (slot, source) not in self.archive.read:
                    continue
                yield f"{source} {status(row)}"
                start, end = moment_of(row["start"]), moment_of(row["end"])
                yield (f"{people(int(row['accounts']))}, {count(int(row['posts']), 'post', 'posts')}, "
                       f"{count(int(row['tags']), 'hashtag', 'hashtags')}, read from {clock(start)} to {clock(end, True)}")
                yield row.get("note") or ""
                yield from self.digest(slot, source)

    def told(self, first, end):
        """The biggest stories."""
        yield "What is unusual can be told once 3 days have been recorded."
        several = len({source for slot, source in self.archive.places if first <= slot < end}) > 1
        for run in self.archive.runs(first, end)[:5]:
            lasted = int((run["last"] + PERIOD - run["first"]).total_seconds()) // 3600
            span = count(lasted, "hour", "hours") if lasted < 48 else count(lasted // 24, "day", "days")
            where = f", {run['source']}" if several else ""
            yield f"{self.archive.name(run['row']['tag'])} {self.reason(run['row'])} {short(run['slot'])}{where}, lasted {span}"

    def always(self, first, end, without=()):
        tags = [tag for tag in self.archive.evergreens(first, end) if tag not in without][:8]
        return "Always here: " + " ".join(map(self.archive.name, tags))

    def tide(self, slots, sources):
        read = {slot: [s for s in sources if (slot, s) in self.archive.read] for slot in slots}
        several = len({source for found in read.values() for source in found}) > 1
        for slot in slots:
            yield f"{hours(slot)} {slot.day} {MONTHS[slot.month - 1][:3]}"
            parts = []
            for source in read[slot]:
                row = self.archive.windows[slot, source]
                parts.append(people(int(row["accounts"])) + (f" on {source}" if several else ""))
                if row["status"] == "partial":
                    parts.append(f"{percent(float(row['coverage']))} read")
            yield " ".join(parts)

    def day_label(self, date):
        parts, sources = [], [s for s in self.archive.sources if any(self.archive.begun[s] <= t for t in self.slots_of(date))]
        for source in sources:
            due = [slot for slot in self.slots_of(date) if slot >= self.archive.begun[source]]
            read = [self.archive.windows[slot, source] for slot in due if (slot, source) in self.archive.read]
            said = "not recorded"
            if read:
                mean = sum(int(row["accounts"]) for row in read) / len(read)
                said = (f"{len(read)} of {count(len(due), 'period', 'periods')} read, "
                        f"{int(mean + 0.5):,} people in one on average")
            parts.append(f"{source}: {said}" if len(sources) > 1 else said)
        label = "; ".join(parts) or "not recorded"
        return label + ("" if self.is_over(date) else ", so far")

    def span_dates(self, first, end):
        begin = max(first, self.archive.first.date())
        last = min(end - datetime.timedelta(1), self.archive.last.date())
        return [begin + datetime.timedelta(step) for step in range((last - begin).days + 1)]

    def boards(self, first, end):
        """What stood out between two dates: of each board, in its order, the best of each hashtag."""
        archive = self.archive
        span = [datetime.datetime(one.year, one.month, one.day) for one in (first, end)]
        yield from self.told(*span)
        yield self.always(*span)
        always = set(archive.evergreens(*span))
        read = [place for place in archive.places if place in archive.read and first <= place[0].date() < end]
        reads = {s: sum(1 for _, source in read if source == s) for s in archive.sources}
        sums, peaks, runs, debuts, returns = {}, {}, {}, [], []
        for slot, source in read:
            for row in archive.top.get((slot, source), []):
                key, value = (row["tag"], source), int(row["accounts"])
                before, old, streak = archive.moves["top", slot, source, row["tag"]]
                sums[key] = sums.get(key, 0) + value
                if value > peaks.get(key, (-1,))[0]:
                    peaks[key] = value, slot
                if streak > runs.get(key, (0,))[0]:
                    runs[key] = streak, slot
                if before is not None and not old:
                    debuts.append((value, slot, row["tag"], source))
                if old and old[0] != before:
                    returns.append((int((slot - old[0]).total_seconds()), slot, row["tag"], source))
        several = len({source for slot, source in archive.places if first <= slot.date() < end}) > 1

        def board(items, figure):
            seen = set()
            for value, slot, tag, source in sorted(items, key=lambda one: (-one[0], one[1], one[2].encode(), one[3].encode())):
                if tag not in seen and len(seen) < 5:
                    seen.add(tag)
                    yield f"{archive.name(tag)} {figure(value)} {short(slot)}" + (f", {source}" if several else "")

        yield from board([(total // reads[s], peaks[t, s][1], t, s) for (t, s), total in sums.items() if t not in always],
                         lambda value: f"at least {people(value)}")
        yield from board([(value, slot, t, s) for (t, s), (value, slot) in peaks.items() if t not in always], people)
        yield from board([(value, slot, t, s) for (t, s), (value, slot) in runs.items() if value > 1],
                         lambda value: count(value, "time", "times"))
        yield from board(debuts, people)
        yield from board(returns, lambda seconds: "after " + (
            duration(seconds) if seconds < 86400 else count(seconds // 86400, "day", "days")))
        for items, said in ((debuts, "in the top ten for the first time"), (returns, "back in the top ten")):
            tags = len({item[2] for item in items})
            yield f"{tags:,} were {said}, five of them here"

    def calendar(self, first, end):
        yield from self.boards(first, end)
        dates = self.span_dates(first, end)
        self.cells = set()
        for date in dates:
            midnight = datetime.datetime(date.year, date.month, date.day)
            stories = [self.archive.name(run["row"]["tag"]) for run in self.archive.runs(midnight, midnight + 24 * HOUR)][:1]
            inside = stories[0] if stories and (end - first).days < 32 else ""
            told = f"{stories[0]} stood out, " if stories else ""
            self.cells.add(squeezed(f"{date.day}{inside}, {told}{self.day_label(date)}"))

    def week(self, monday):
        end = monday + datetime.timedelta(7)
        number = monday.isocalendar()
        sunday = end - datetime.timedelta(1)
        span = f"{monday.day} {MONTHS[monday.month - 1][:3]} to {day(sunday)}"
        yield f"Week {number[1]} of {number[0]} {span}" + ("" if self.is_over(sunday) else ", so far")
        yield f"Archive{number[0]}"
        for near in (number[1] - 1, number[1] + 1):
            yield from self.steps([f"Week {near}"])
        yield from self.boards(monday, end)
        for date in self.span_dates(monday, end):
            yield f"{date:%A}, {date.day} {MONTHS[date.month - 1][:3]} {self.day_label(date)}"
            midnight = datetime.datetime(date.year, date.month, date.day)
            yield " ".join(f"{self.archive.name(run['row']['tag'])} {int(run['row']['accounts']):,}"
                           for run in self.archive.runs(midnight, midnight + 24 * HOUR)[:3])

    def known(self, key):
        """All that is known of a hashtag, by slot and source: its lines of lists, and of tails where these are looked at."""
        lines = self.archive.lines[key]
        rows = {}
        for slot, source, kind, row in lines:
            rows.setdefault((slot, source), dict(row, rank="", trend=""))
            rows[slot, source]["rank" if kind == "top" else "trend"] = row["rank"]
        first, last = min(line[0] for line in lines), max(line[0] for line in lines)
        reach = datetime.datetime(last.year, last.month, last.day) - datetime.timedelta(89)
        for (slot, source), tail in self.archive.tails.items():
            if max(first - PERIOD, reach) <= slot <= last:
                for row in tail:
                    if row["tag"] == key:
                        rows.setdefault((slot, source), dict(row, rank="", trend="", expected="", bounds=""))
        return dict(sorted(rows.items())), first, last

    def tag(self, key):
        archive = self.archive
        lines = archive.lines[key]
        rows, first, last = self.known(key)
        listed = {(slot, source) for slot, source, _, _ in lines}
        ranks = [int(row["rank"]) for _, _, kind, row in lines if kind == "top"]
        peak = max(int(row["accounts"]) for *_, row in lines)
        peak_slot = min(slot for slot, _, _, row in lines if int(row["accounts"]) == peak)
        streak = max([archive.moves["top", slot, source, key][2] for slot, source, kind, _ in lines if kind == "top"] or [0])
        yield f"Best place{min(ranks) if ranks else 'only ever trending'}"
        yield f"Most people in one period{peak:,} {long(peak_slot)}"
        yield (f"Popular or trending{count(len({slot for slot, _ in listed}), 'time', 'times')} "
               f"on {count(len({slot.date() for slot, _ in listed}), 'day', 'days')}")
        yield f"Without a break{count(streak, 'time', 'times')}"
        yield f"First{long(first)}"
        yield f"Last{long(last)}"
        for source in archive.sources:
            yield f"{source} {count(sum(1 for one in listed if one[1] == source), 'time', 'times')}"
        spellings, shared = {}, {}
        for place in listed:
            row = next(row for slot, source, _, row in lines if (slot, source) == place)
            spellings[shown(row["spelling"], key)] = spellings.get(shown(row["spelling"], key), 0) + 1
        for text, times in spellings.items():
            yield f"#{text} {count(times, 'time', 'times')}"
        for slot, source, kind, _ in lines:
            if kind == "top":
                for row in archive.top[slot, source]:
                    shared[row["tag"]] = shared.get(row["tag"], 0) + 1
        for tag, times in shared.items():
            yield f"{archive.name(tag)} {count(times, 'time', 'times')}"
        several = len({source for _, source in listed}) > 1
        for source in archive.sources:
            own = [(int(row["accounts"]), slot, kind) for slot, one, kind, row in lines if one == source]
            if own:
                most = max(value for value, *_ in own)
                at = min(slot for value, slot, _ in own if value == most)
                times = sum(1 for *_, kind in own if kind == "trending")
                yield (f"{source} {people(most)} at most, {at.day} {MONTHS[at.month - 1][:3]} {at.year}"
                       + (f"; unusual {count(times, 'time', 'times')}" if times else ""))
        for (slot, source), row in rows.items():
            usual = "–"
            if row["expected"]:
                usual = ("" if row.get("bounds") == "0" else "≤ ") + rounded(row["expected"])
            cells = [long(slot)] + ([source] if several else []) + [
                f"{int(row['accounts']):,}", self.share(row, slot, source), usual, f"{int(row['posts']):,}", row["rank"] or "–", row["trend"] or "–"]
            yield " | ".join(cells)
        # Of what the page shows, all but the latest is folded away.
        shown_days = [slot for slot, _ in rows]
        if last - max(archive.first, first - PERIOD) > datetime.timedelta(30) or len(shown_days) > 400:
            best = {}
            for (slot, source), row in rows.items():
                one = slot.date(), source
                if one not in best or int(row["accounts"]) > best[one][0]:
                    best[one] = int(row["accounts"]), slot
            shown_days = sorted(slot for _, slot in best.values())
        if len(shown_days) > 40:
            yield f"Earlier from {day(shown_days[0])} to {day(shown_days[-29])}"
        names = [s for s in archive.sources if any(one[1] == s for one in listed)]
        weeks, years = {}, {}
        for (slot, source), row in rows.items():
            monday = (slot - datetime.timedelta(slot.weekday())).date()
            value = int(row["accounts"])
            weeks.setdefault(monday, {})[source] = max(value, weeks.get(monday, {}).get(source, 0))
            years.setdefault(monday.isocalendar()[0], []).append(value)
        for monday, peaks in weeks.items():
            cells = [f"{monday.day} {MONTHS[monday.month - 1][:3]}"] + [f"{peaks[s]:,}" if s in peaks else "–" for s in names]
            yield " | ".join(cells)
        for year, values in years.items():
            times = len({slot for slot, _ in listed if slot.date().isocalendar()[0] == year})
            yield f"{year} popular or trending {count(times, 'time', 'times')}, {people(max(values))} at most"
            yield f"The most people in one period of each week of {year}, latest first"

    def share(self, row, slot, source):
        whole = int(self.archive.windows[slot, source]["accounts"])
        return f"{100 * int(row['accounts']) / whole + 1e-9:.2f}%" if whole else "–"

    def drawn(self, key, data):
        """The points and bounds of a hashtag's chart that are not so."""
        rows, first, last = self.known(key)
        start, step = moment_of(data["start"]), datetime.timedelta(seconds=data["step"])
        reach = max(first - PERIOD, datetime.datetime(last.year, last.month, last.day) - datetime.timedelta(89))
        for series in data["series"]:
            source, best, most, gaps = series["name"], {}, {}, set(range(data["count"]))
            for (slot, other), row in rows.items():
                if other == source:
                    place = (slot - start) // step
                    best[place] = max(best.get(place, 0), int(row["accounts"]))
            for slot, other in self.archive.places:
                if start <= slot <= last and (slot, other) in self.archive.read:
                    place = (slot - start) // step
                    gaps.discard(place)
                    if other != source or slot < first - PERIOD:
                        continue
                    tail, top = self.archive.tails.get((slot, source)), self.archive.top.get((slot, source))
                    if tail and slot >= reach:
                        below = min(int(row["accounts"]) for row in tail) if len(tail) >= 1000 else 1
                    else:
                        below = int(top[-1]["accounts"]) if top else None
                    most.setdefault(place, []).append(below)
            if dict(series["points"]) != best:
                yield f"points of {source}"
            bounds = {place: max(all_) for place, all_ in most.items() if place not in best and None not in all_}
            told = {begin + step_: value for begin, length, value in series["bounds"] for step_ in range(length)}
            if told != bounds:
                yield f"bounds of {source}"
            if set(data["gaps"]) != gaps:
                yield "gaps"
            if step == PERIOD:
                usual = {(slot - start) // step: float(row["expected"]) for (slot, other), row in rows.items()
                         if other == source and row["expected"]}
                if {place: value for place, value in series["band"]} != usual:
                    yield f"band of {source}"
                events = {(slot - start) // step for slot, other, kind, _ in self.archive.lines[key]
                          if kind == "trending" and other == source}
                if set(series["unusual"]) != events:
                    yield f"events of {source}"

    def now(self):
        archive = self.archive
        newest = max(slot for slot, _ in archive.read)
        following = archive.last.replace(hour=archive.last.hour // 6 * 6) + PERIOD
        due = following + PERIOD + HOUR
        yield f"The lists of {hours(following)} UTC on {day(following)} come by {due:%H:%M} UTC on {day(due)}."
        yield f"{moment(newest)} UTC"
        for source in archive.sources:
            if (archive.last, source) not in archive.read:
                yield f"{source}: {moment(archive.last)} UTC was not recorded{self.why(source)}."
        parts = [(newest, source) for source in archive.sources if (newest, source) in archive.read]
        stories = list(archive.stories(parts))
        place = f" on {{}}" if len(archive.sources) > 1 else ""
        if stories:
            row, source = stories[0]
            times = self.times_usual(row)
            least = "" if row.get("bounds") == "0" else "at least "
            yield (f"{people(int(row['accounts']))} wrote it{place.format(source)}"
                   + (f", {least}{times} times as many as usual at this hour." if times else ", and hardly anyone does at this hour."))
        else:
            source = next(source for _, source in parts if archive.top.get((newest, source)))
            row, whole = archive.top[newest, source][0], archive.windows[newest, source]
            size = f"{int(row['accounts']):,} of {people(int(whole['accounts']))} wrote it."
            yield f"leads{place.format(source)}: {size} What is unusual can be told once 3 days have been recorded."
            yield ("No hashtag had many more people than usual. As so often, "
                   f"{archive.name(row['tag'])} leads{place.format(source)}: {size}")
        yield from self.course(newest, source, row["tag"])
        yield from self.bars(newest, source)
        yield from self.rows(newest, [source for _, source in parts if int(archive.windows[newest, source]["accounts"])], stories)
        yield from self.tide([archive.last - step * PERIOD for step in range(4) if archive.last - step * PERIOD >= archive.first],
                             archive.sources)
        for source in archive.sources:
            yield from self.sparks(newest, source)

    def course(self, slot, source, tag):
        """What the title of a hashtag's course finds of its last week."""
        slots = [slot - step * PERIOD for step in range(28) if slot - step * PERIOD >= self.archive.first]
        people_ = {}
        for one in slots:
            for lists in (self.archive.tails, self.archive.trending, self.archive.top):
                for row in lists.get((one, source), []):
                    if row["tag"] == tag and (one, source) in self.archive.read:
                        people_[one] = int(row["accounts"])
        peak = min(people_, key=lambda one: (-people_[one], one))
        where = f" on {source}" if len(self.archive.sources) > 1 else ""
        lasted = int((slot + PERIOD - slots[-1]).total_seconds()) // 3600
        span = count(lasted, "hour", "hours") if lasted < 48 else count(lasted // 24, "day", "days")
        yield f"{self.archive.name(tag)}{where}: " + (
            f"the most people in {span}" if people_[peak] == people_[slot] else f"most people {short(peak)}")

    def everything(self):
        """All sources together."""
        archive = self.archive
        newest = max(slot for slot, _ in archive.read)
        parts = [(newest, source) for source in archive.sources if (newest, source) in archive.read]
        yield f"{moment(newest)} UTC"
        yield from self.merged(newest)
        for row, source in archive.stories(parts):
            yield f"{archive.name(row['tag'])} {self.reason(row)} on {source}"
        yield from self.tide([archive.last - step * PERIOD for step in range(4)], archive.sources)

    def why(self, source):
        row = self.archive.windows.get((self.archive.last, source))
        return f": {row['note']}" if row and row.get("note") else ""

    def times_usual(self, row):
        if not row["expected"] or float(row["expected"]) < (0.5 if row.get("bounds") == "0" else 1.5):
            return None
        times = int(row["accounts"]) / float(row["expected"])
        return (f"{times:.1f}" if times < 9.95 else f"{times:.0f}").removesuffix(".0")

    def rows(self, slot, sources, stories):
        """The list of the front page."""
        archive, shares, counts = self.archive, {}, {}
        for source in sources:
            known = {}
            for lists in (archive.tails, archive.top, archive.trending):
                for one in lists.get((slot, source), []):
                    known[one["tag"]] = int(one["accounts"])
            for tag, value in known.items():
                shares[tag] = shares.get(tag, 0) + value / int(archive.windows[slot, source]["accounts"]) / len(sources)
                counts.setdefault(tag, []).append(f"{value:,}" + (f" {source}" if len(sources) > 1 else ""))
        place = " on {}" if len(sources) > 1 else ""

        def row(first, tag, note, moved):
            return f"{first} | {archive.name(tag)}{note} | {' '.join(counts[tag])} | {100 * shares[tag] + 1e-9:.2f}% | {moved}".strip(" |")

        def move(kind, source, one):
            moved = self.moved(kind, slot, source, one)
            return "" if moved == "first" else moved

        for one, source in stories[:6]:
            times = self.times_usual(one)
            first = ("" if one.get("bounds") == "0" else "≥ ") + times + "×" if times else "rare"
            yield row(first, one["tag"], self.reason(one) + place.format(source), move("trending", source, one))
        told = {one["tag"] for one, _ in stories}
        week = slot.replace(hour=slot.hour // 6 * 6) + PERIOD - 7 * 24 * HOUR, slot.replace(hour=slot.hour // 6 * 6) + PERIOD
        steady = set(archive.evergreens(*week))
        order = sorted(shares, key=lambda tag: (-shares[tag], tag.encode()))
        if len(sources) == 1:
            order = [one["tag"] for one in archive.top.get((slot, sources[0]), [])]
        shown_ = [(rank, tag) for rank, tag in enumerate(order[:10], 1) if tag not in told and tag not in steady][:8]
        for rank, tag in shown_:
            listed = sorted((int(one["rank"]), place_, source, one) for place_, source in enumerate(sources)
                            for one in archive.top.get((slot, source), []) if one["tag"] == tag)
            note, moved = "", ""
            if listed:
                _, _, source, one = listed[0]
                stay = self.stay(slot, source, tag)
                note, moved = stay + place.format(source) if stay else "", move("top", source, one)
            yield row(rank, tag, note, moved)
        yield self.always(*week, without=told)

    def source(self, source):
        """A source by itself."""
        archive = self.archive
        latest = max((slot for slot, other in archive.read if other == source), default=None)
        if latest is None:
            return
        yield from self.window_parts(latest, source)
        yield from self.sparks(latest, source)
        if latest < archive.last:
            yield (f"{moment(archive.last)} UTC was not recorded{self.why(source)}. "
                   "These are the latest lists before it.")
        yield from self.tide([archive.last - step * PERIOD for step in range(4)], [source])
        tags = [row["tag"] for row in archive.top.get((latest, source), [])]
        yield " | ".join(["Period (UTC)", *map(archive.name, tags)])
        slots = [latest - step * PERIOD for step in range(28) if latest - step * PERIOD >= archive.first]
        lists = {slot: {row["tag"]: row["rank"] for row in archive.top.get((slot, source), [])} for slot in slots}
        for place, tag in enumerate(tags):
            yield f"{place + 1} {archive.name(tag)}"
        for slot in slots:
            is_read = (slot, source) in archive.read
            yield " | ".join([short(slot)] + [lists[slot].get(tag, "–") if is_read else "not recorded" for tag in tags])
        gone = {}
        for ranks in lists.values():
            for tag, rank in ranks.items():
                if tag not in tags:
                    leads, times = gone.get(tag, (0, 0))
                    gone[tag] = leads + (int(rank) <= 3), times + 1
        left = sorted((tag for tag in gone if gone[tag][0]), key=lambda tag: (-gone[tag][0], -gone[tag][1], tag.encode()))[:3]
        led = {tag: sum(1 for ranks in lists.values() if ranks.get(tag) == "1") for tag in tags + left}
        most = max(led, key=led.get)
        read = sum(1 for slot in slots if (slot, source) in archive.read)
        yield f"A week of ranks {archive.name(most)} led {led[most]:,} of {count(read, 'list', 'lists')}"

    def archive_page(self):
        archive = self.archive
        yield (f"Every day from {day(archive.first)} to {day(archive.last)}. The bars show how many of a month’s periods "
               "were read.")
        yield f"{archive.last.day} {MONTHS[archive.last.month - 1][:3]}"
        yield f"Week {archive.last.isocalendar()[1]}"
        for year in range(archive.first.year, archive.last.year + 1):
            yield str(year)
            for month in range(1, 13):
                begin = datetime.datetime(year, month, 1)
                end = datetime.datetime(year + month // 12, month % 12 + 1, 1)
                for source in archive.sources:
                    first = max(archive.begun[source], begin)
                    end = min(end, self.over())
                    through = min(archive.last, end - PERIOD)
                    if first > through:
                        continue
                    due = (through - first) // PERIOD + 1
                    read = sum(1 for slot, other in archive.read if other == source and first <= slot < end)
                    name = f"{source}: " if len(archive.sources) > 1 else ""
                    yield f"{name}{min(due, read):,} of {count(due, 'period', 'periods')} read"

    def about(self):
        archive = self.archive
        yield from (
            "A day has 4 periods of 6 hours, from midnight UTC. In each of them public posts are read, and the 10 leading "
            "hashtags become a list. Counts of hashtags are all that is kept.",
            "How many of a day’s periods were read, and what share of the time meant.", "The last 30 days")
        versions = []
        for place in archive.places:
            if place in archive.read and (not versions or versions[-1][0] != archive.windows[place]["version"]):
                versions.append((archive.windows[place]["version"], place[0]))
        for version, slot in versions:
            yield f"Tidemark {version}, since {moment(slot)} UTC"
        end = self.over().date()
        for date in self.span_dates(end - datetime.timedelta(30), end):
            cells = [f"{date.day} {MONTHS[date.month - 1][:3]}"]
            slots = self.slots_of(date)
            for source in archive.sources:
                read = [archive.windows[slot, source] for slot in slots if (slot, source) in archive.read]
                share = sum(float(row["coverage"]) for row in read) / len(slots)
                cells.append(f"{len(read)} of {len(slots)} {percent(share)}")
            yield " | ".join(cells)

    def over(self):
        """The end of the last day that is over; of the only one."""
        midnight = datetime.datetime.combine(self.archive.last.date(), datetime.time())
        return midnight + 24 * HOUR if midnight.date() == self.archive.first.date() else midnight

    def times(self, tag):
        return len({line[0] for line in self.archive.lines[tag]})

    def indexes(self):
        """The pages that count how often hashtags were listed."""
        number = at_least(len(self.archive.lines))
        yield f"{number} {'hashtag' if number == '1' else 'hashtags'} that were ever in the top ten or trending."
        for tag in self.archive.lines:
            yield f"{self.archive.name(tag)} {at_least(self.times(tag))}"


def at_least(value):
    """The last of 1, 2, 5, 10, 20, 50 and so on that is not above it."""
    steps = [factor * 10 ** power for power in range(9) for factor in (1, 2, 5)]
    return f"{max(step for step in steps if step <= value):,}" + ("+" if value > 1 else "")


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


class Look:
    """Compares pages with what they should say."""

    # Sentences of the layout and of explanations whose numbers are rules, not counts.
    RULES = re.compile(
        r"Made with Tidemark|^Week \d+ \||^\d+( \|( \d+)?)*$|^Nothing yet: what is usual|^The last 24 hours$|^Posts with more than |log-likelihood|^E = N|^G² = |Trending compares|Listed is what has|UTF-8, a header line|0 to 1|"
        r"^rank \||G²|Licence|CC0|^tag \||RFC 4180|^spelling \|")

    def __init__(self, folder):
        self.site, self.folder, self.findings = Site(folder), folder, []

    def look(self, path, expected):
        page = read_page(f"{self.folder}/{path}index.html")
        allowed = {squeezed(text) for text in expected}
        (main,) = page.all("main")
        for text in blocks(main):
            plain = squeezed(text)
            if re.search(r"\d", plain) and plain not in allowed and not self.RULES.search(plain):
                if not any(plain.startswith(name) or plain == name for name in self.names(plain)):
                    self.findings.append(f"{path or 'index'}: {plain}")
        self.people(path, page)
        return page

    def names(self, text):
        """A hashtag alone is a name."""
        bare = {self.site.archive.name(key) for key in self.site.archive.names}
        return {text} if text in bare else set()

    def people(self, path, page):
        """No number is called people that is more than there were in any one period."""
        most = max(int(row["accounts"]) for row in self.site.archive.windows.values())
        for value in re.findall(r"([\d,]+) people", squeezed(page.text())):
            if int(value.replace(",", "")) > most:
                self.findings.append(f"{path}: {value} people are more than in any period")

    def calendar(self, path, first, end):
        expected = list(self.site.calendar(first, end))
        page = self.look(path, expected + [MONTHS[first.month - 1] + f" {first.year}", f"{first.year}",
                                           f"{MONTHS[first.month - 1]} {first.year} so far", f"{first.year} so far",
                                           f"Archive{first.year}"] + self.captions(first, end))
        for cell in page.all("td"):
            for link in cell.all("a"):
                text = squeezed(link.text())
                if text not in self.site.cells:
                    self.findings.append(f"{path}: {text}")

    def captions(self, first, end):
        """The names of months; rows of weeks are looked at cell by cell."""
        found = []
        while first < end:
            found.append(f"{MONTHS[first.month - 1]} {first.year}")
            first = (first.replace(day=28) + datetime.timedelta(4)).replace(day=1)
        return found

    def tag(self, path, key):
        page = self.look(path, self.site.tag(key))
        for script in page.all("script"):
            if script.attributes.get("type") == "application/json":
                data = json.loads("".join(script.children))
                for wrong in self.site.drawn(key, data):
                    self.findings.append(f"{path}: the chart's {wrong}")


def slugs(folder, archive):
    """The pages of hashtags by their keys, told by their headings."""
    names = {}
    for key in archive.lines:
        names.setdefault(archive.name(key), []).append(key)
    for path in sorted(glob.glob(f"{folder}/tags/*/index.html")):
        with open(path, encoding="utf-8") as file:
            heading = re.search(r"<h1><bdi>(.*?)</bdi></h1>", file.read())
        keys = names.get(html.unescape(heading.group(1)), []) if heading else []
        # Two keys may be shown alike; which page is whose is not to be told then.
        if len(keys) == 1:
            yield os.path.relpath(os.path.dirname(path), folder) + "/", keys[0]


def pages(look):
    site, archive = look.site, look.site.archive
    yield lambda: look.look("", site.now())
    for path in sorted(glob.glob(f"{look.folder}/sources/*/")):
        path = os.path.relpath(path, look.folder) + "/"
        (heading,) = read_page(f"{look.folder}/{path}index.html").all("h1")
        yield lambda path=path, source=squeezed(heading.text()): look.look(
            path, site.everything() if path == "sources/all/" else site.source(source))
    yield lambda: look.look("archive/", site.archive_page())
    yield lambda: look.look("about/", site.about())
    yield lambda: look.look("tags/", [*site.indexes(), *letters(look.folder, "tags/", archive)])
    for path in sorted(glob.glob(f"{look.folder}/letters/*/")):
        path = os.path.relpath(path, look.folder) + "/"
        yield lambda path=path: look.look(path, [*site.indexes(), *letters(look.folder, path, archive)])
    for slot in archive.slots:
        yield lambda slot=slot: look.look(f"{slot:%Y/%m/%d/%H}/", site.window(slot))
    dates = site.span_dates(archive.first.date(), archive.last.date() + datetime.timedelta(1))
    for date in dates:
        yield lambda date=date: look.look(f"{date:%Y/%m/%d}/", site.day(date))
    for monday in sorted({date - datetime.timedelta(date.weekday()) for date in dates}):
        year, number, _ = monday.isocalendar()
        yield lambda monday=monday, year=year, number=number: look.look(f"{year}/w{number:02}/", site.week(monday))
    for first in sorted({date.replace(day=1) for date in dates}):
        end = (first.replace(day=28) + datetime.timedelta(4)).replace(day=1)
        yield lambda first=first, end=end: look.calendar(f"{first:%Y/%m}/", first, end)
    for year in range(dates[0].year, dates[-1].year + 1):
        yield lambda year=year: look.calendar(f"{year}/", datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1))
    for path, key in slugs(look.folder, archive):
        yield lambda path=path, key=key: look.tag(path, key)


def letters(folder, path, archive):
    """How many hashtags are behind each link to a page of letters: as many as that page and those below it list."""
    def listed(place):
        page = read_page(f"{folder}/{place}index.html")
        (main,) = page.all("main")
        below = [target for target in map(lambda link: target_of(place, link), main.all("a")) if target.startswith("letters/")]
        own = sum(1 for part in main.all("ul") if part.has("counts") for _ in part.all("li"))
        return own + sum(map(listed, below))
    page = read_page(f"{folder}/{path}index.html")
    for item in page.all("li"):
        for link in item.all("a"):
            target = target_of(path, link)
            if target.startswith("letters/"):
                yield f"{squeezed(link.text())} {at_least(listed(target))}"


def target_of(page, link):
    return os.path.normpath(page + urllib.parse.unquote(link.attributes["href"])) + "/"


def main(folder, most):
    look = Look(folder)
    found = list(pages(look))
    step = max(1, len(found) // most) if most else 1
    # The entrances, and of the rest one in so many.
    for check in found[:6] + found[6::step]:
        check()
    print("\n".join(look.findings), end="")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 50)
