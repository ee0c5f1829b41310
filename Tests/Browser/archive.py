"""Writes an archive to browse: twelve days of two sources, the same in every run.

It has what pages must cope with: a day that nothing read, windows read in part, notes, trends, and hashtags of many scripts
and of ill will. The first argument is the archive's folder, which must not be there yet.
"""

import csv
import datetime
import os
import random
import sys
import unicodedata

FIRST = datetime.datetime(2026, 11, 11)
SLOTS = 12 * 4 - 1
OUTAGE = range(18, 24)  # the whole of 16 November
SOURCES = {"harbour": 4000, "west & <wind>": 900}
TAGS = """art photography gamedev birds music news 写真 猫 한국 हिन्दी ירושלים القدس Αθήνα ไทย Übergrößen weather bread space
chess trains""".split() + [
    "ADayInTheLifeOfAVeryLongHashtagThatNeverEnds", "字" * 100, "🦋", "<script>alert(1)</script>",
    "\"\u0301onmouseover=alert(1) x=\"", "]]>", "a\u202eb", "é", "e\u0301", "con", "..", "index.html", "{{title}}",
]
TOP = "slot,source,rank,tag,spelling,posts,accounts,expected,score,bounds"
TAIL = "slot,source,tag,posts,accounts"
WINDOWS = (
    "slot,source,start,end,status,coverage,posts,tagged,accounts,tags,duplicates,dropped,reconnects,version,held,reasons,note"
)


def text(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def cell(value):
    """As the archive guards a cell that a spreadsheet would take for a formula."""
    return "'" + value if value[:1] in "=+-@'\t\r" else value


def key(tag):
    return unicodedata.normalize("NFKC", tag).casefold() if tag != "e\u0301" else tag


def counts(index, size, chance):
    """The people of each hashtag in a window: some always many, some only now and then."""
    found = []
    for place, tag in enumerate(TAGS):
        people = size // (14 + 9 * place) + chance.randrange(1 + size // 90)
        if (index + 7 * place) % 23 < 2:
            people += size // 12
        found.append((people, people + chance.randrange(1 + people // 2), tag))
    return sorted(found, key=lambda one: (-one[0], -one[1], key(one[2])))


class Archive:
    def __init__(self, folder):
        self.folder = folder
        self.rows = {}

    def add(self, path, header, row):
        self.rows.setdefault(path, [header.split(",")]).append(row)

    def write(self):
        for path, rows in self.rows.items():
            file = os.path.join(self.folder, path)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "x", newline="", encoding="utf-8") as out:
                csv.writer(out, lineterminator="\n").writerows(rows)


def main(folder):
    archive, chance = Archive(folder), random.Random(11)
    for index in range(SLOTS):
        slot = FIRST + index * datetime.timedelta(hours=6)
        for source, size in SOURCES.items():
            day = f"{slot:%Y/%Y-%m-%d}.csv"
            missing = index in OUTAGE or (source != "harbour" and index == SLOTS - 3)
            partial = index % 11 == 5 and not missing
            status = "missing" if missing else "partial" if partial else "complete"
            coverage = 0 if missing else 0.625 if partial else 1
            people = 0 if missing else int(size * coverage) + chance.randrange(100)
            end = slot + datetime.timedelta(hours=6) * coverage
            archive.add(f"windows/{slot:%Y}.csv", WINDOWS, [
                text(slot), source, text(slot), text(end), status, f"{coverage:.4f}", people * 2, people, people,
                40 * (not missing), 3 * (not missing), 12 * (not missing), 0, "1.0", 2 * (not missing),
                "" if missing else "bot=3 repost=9",
                "could not be reached" if missing else "budget of 1000 posts reached" if partial else "",
            ])
            if missing:
                continue
            listed = counts(index, int(size * coverage), chance)
            trends = []
            for rank, (accounts, posts, tag) in enumerate(listed, 1):
                expected = accounts / (6 if (index + 7 * TAGS.index(tag)) % 23 < 2 else 1.1)
                known = [f"{expected:.2f}", f"{accounts:.2f}", 3 * (rank > 5)] if index >= 12 else ["", "", ""]
                row = [text(slot), source, rank, cell(key(tag)), cell(tag), posts, accounts] + known
                if rank <= 10:
                    archive.add("top/" + day, TOP, row)
                if index >= 12 and accounts >= 5 and accounts > 2 * expected:
                    trends.append(row)
                if accounts >= 2:
                    archive.add("tail/" + day, TAIL, [text(slot), source, cell(key(tag)), posts, accounts])
            trends.sort(key=lambda row: -float(row[8]))
            for rank, row in enumerate(trends[:10], 1):
                archive.add("trending/" + day, TOP, row[:2] + [rank] + row[3:])
    archive.write()


main(sys.argv[1])
