"""Computes every trending list of published data again, by what the site's data page says and nothing else.

Its argument is the `data` folder of a site. Prints how many lists came out as they were published, and those that did
not; ends with 1 if there are any. Python's own library is all it needs.
"""

import csv
import datetime
import gzip
import json
import math
import pathlib
import sys

FULL, DAYS, FEWEST_DAYS, FARTHEST = 1000, 7, 3, 28
PEOPLE, LIFT, SCORE = 5, 2, 15
DAY = datetime.timedelta(days=1)


def cell(text):
    """Without the apostrophe that guards it."""
    bare = text.lstrip("'")
    return text[1:] if bare != text and bare[:1] in tuple("=+-@\t\r") else text


def table(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return [{name: cell(text) for name, text in row.items() if name} for row in csv.DictReader(file)]


def tables(folder, kind):
    """Of the months that have one, the packed file; else the days."""
    packs = {path.name[len(kind) + 1:][:7]: path for path in folder.glob(f"[0-9]*/*/{kind}-*.csv.gz")}
    days = [path for path in folder.glob(f"{kind}/*/*.csv") if path.name[:7] not in packs]
    return [row for path in [*packs.values(), *days] for row in table(path)]


def time(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


class Data:
    def __init__(self, folder):
        self.windows, self.hashes = {}, {}
        for path in sorted(folder.glob("windows/*.csv")):
            for line, row in enumerate(table(path)):
                self.windows[time(row["slot"]), row["source"]] = (path.stem, line, int(row["accounts"]))
                self.hashes[time(row["slot"]), row["source"]] = row.get("rules")
        rules = folder / "rules.csv"
        self.rules = table(rules) if rules.exists() else []
        self.lists, self.tails, self.lacking = {}, {}, {}
        for row in tables(folder, "trending"):
            self.lists.setdefault((time(row["slot"]), row["source"]), []).append(row)
        for row in tables(folder, "tail"):
            entry = int(row["accounts"]), int(row["posts"])
            self.tails.setdefault((time(row["slot"]), row["source"]), {})[row["tag"]] = entry
        for row in tables(folder, "withheld"):
            self.lacking[time(row["slot"]), row["source"], row["list"]] = row
        self.places = json.loads((folder / "latest.json").read_text())["places"]

    def held(self, setting, slot, source=""):
        """The line of a kind that held of a slot."""
        lines = [row for row in self.rules if row["setting"] == setting and row["source"] == source]
        until = [row for row in lines if time(row["since"]) <= slot]
        best = max(enumerate(until), key=lambda pair: (pair[1]["since"], pair[0]))[1] if until else None
        return best or (None if source or not lines else lines[0])

    def hash(self, key):
        if self.hashes[key]:
            return self.hashes[key]
        return (self.held("rules", *key) or {"hash": ""})["hash"]

    def alike(self, one, other):
        """Of the same length, and counted by the same rules, as far as they are known."""
        hours = [(self.held("every", key[0]) or {"value": ""})["value"] for key in (one, other)]
        rules = [self.hash(key) for key in (one, other)]
        return hours[0] == hours[1] and (rules[0] == rules[1] or "" in rules)

    def longest(self, slot):
        row = self.held("top", slot)
        return int(row["value"]) if row else self.places

    def lines_lacking(self, key, kind):
        return int(self.lacking.get((*key, kind), {"lines": 0})["lines"])

    def absent(self, key):
        """The most people that a hashtag outside of a tail can have had."""
        tail = self.tails.get(key, {})
        if len(tail) + self.lines_lacking(key, "tail") < FULL:
            return 1
        fewest = self.lacking.get((*key, "tail"), {"fewest": ""})["fewest"]
        return int(fewest) if fewest else min(accounts for accounts, _ in tail.values())

    def earlier(self, key):
        slot, source = key
        year, line, _ = self.windows[key]
        found = []
        for distance in range(1, FARTHEST + 1):
            other = self.windows.get((slot - distance * DAY, source))
            if other and other[2] > 0 and (other[0] != year or other[1] < line) and self.alike(
                    key, (slot - distance * DAY, source)):
                found.append((slot - distance * DAY, source))
        return found[:DAYS]

    def trending(self, key):
        """Tag, expected people and score, in order."""
        days = self.earlier(key)
        if len(days) < FEWEST_DAYS:
            return []
        total = self.windows[key][2]
        known = sum(self.windows[day][2] for day in days)
        absent = {day: self.absent(day) for day in days}
        found = []
        for tag, (people, posts) in self.tails.get(key, {}).items():
            usual = sum(self.tails.get(day, {}).get(tag, (absent[day],))[0] for day in days)
            expected = total * usual / known
            if expected >= total or people < PEOPLE or people < LIFT * expected:
                continue
            rest = total - people
            last = rest * math.log(rest / (total - expected)) if rest else 0
            score = 2 * (people * math.log(people / expected) + last)
            score = -score if people < expected else score
            if score >= SCORE:
                found.append((-score, -people, -posts, tag.encode("utf-32-be"), tag, expected))
        return [(tag, expected, -score) for score, _, _, _, tag, expected in sorted(found)]


def main(folder):
    data = Data(folder)
    right, wrong = 0, []
    for key in sorted(data.windows):
        published = [(row["tag"], float(row["expected"]), float(row["score"])) for row in data.lists.get(key, [])]
        computed = data.trending(key)[:data.longest(key[0]) - data.lines_lacking(key, "trending")]
        same = len(published) == len(computed) and all(
            one[0] == other[0] and abs(one[1] - other[1]) < 0.00501 and abs(one[2] - other[2]) < 0.00501
            for one, other in zip(published, computed))
        right += same
        if not same:
            wrong.append(f"{key[0]:%Y-%m-%dT%H:%M:%SZ} {key[1]}: {published} published, {computed} computed")
    print(f"{right} of {right + len(wrong)}")
    print("\n".join(wrong[:20]), file=sys.stderr)
    return 1 if wrong or not right else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
