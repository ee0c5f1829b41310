#!/usr/bin/env python3
"""Writes a made-up archive: generate.py FOLDER DAYS TAGS [--tails]. Four slots a day of ten hashtags,
so that ten years (3650 days) hold 146,000 rows; TAGS in all, most of them seen once and some for
years. With --tails each slot has a full tail, and its scores and trending list follow from those of
earlier days by the README's rules: `tidemark verify` finds nothing. The same arguments make the same
bytes."""
import collections
import datetime
import math
import os
import random
import sys

SLOTS, PLACES, TAIL, ACCOUNTS = 4, 10, 1000, 30_000
WINDOWS = ("slot,source,start,end,status,coverage,posts,tagged,accounts,tags,duplicates,dropped,"
           "reconnects,version,held,reasons,note,rows\n")
TOP = "slot,source,rank,tag,spelling,posts,accounts,expected,score\n"
TAILS = "slot,source,tag,posts,accounts\n"
SYLLABLES = ("ka ri no ta shi mo lu ne wa be do fi ga hu jo ke la mi po qua re su ti vo xe ya zu cha "
             "sta bre ion er ling 猫 の 日 é").split()


def words(count, chance, known=()):
    """So many distinct keys, none of them known; a few of them are not ASCII."""
    made = {}
    while len(made) < count:
        word = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))
        if word not in known:
            made[word] = None
    return list(made)


def posts(accounts):
    return accounts + accounts // 7


class Baseline:
    """What the same slot of the last seven days says: pairs of a tail and the most accounts below it."""
    def __init__(self):
        self.days = collections.deque(maxlen=7)

    def add(self, tail):
        self.days.append((dict(tail), tail[-1][1] if len(tail) == TAIL else 1))

    def score(self, tag, accounts):
        """Expected accounts and G²; None on the first days."""
        if len(self.days) < 3:
            return None
        usual = sum(tail.get(tag, below) for tail, below in self.days)
        expected = ACCOUNTS * usual / (ACCOUNTS * len(self.days))
        rest = ACCOUNTS - accounts
        value = 2 * (accounts * math.log(accounts / expected)
                     + rest * math.log(rest / (ACCOUNTS - expected)))
        return expected, math.copysign(max(0, value), accounts - expected)

    def trends(self, tail):
        """The tail's tags that stand out, with their scores."""
        scored = ((tag, accounts, self.score(tag, accounts)) for tag, accounts in tail if accounts >= 5)
        found = [entry for entry in scored
                 if entry[2] and entry[1] >= 2 * entry[2][0] and entry[2][1] >= 15]
        return sorted(found, key=lambda entry: -entry[2][1])[:PLACES]


def rows(slot, listed):
    for rank, (tag, accounts, score) in enumerate(listed, 1):
        text = f"{score[0]:.2f},{round(score[1], 2) + 0:.2f}" if score else ","
        yield f"{slot},bluesky,{rank},{tag},{tag.capitalize()},{posts(accounts)},{accounts},{text}\n"


class Crowd:
    """The tags of each slot and their accounts: ten that are listed, more of those that last, and others
    few people use, some of them always the same."""
    def __init__(self, days, tag_count, chance):
        self.chance = chance
        tags = words(tag_count, chance)
        # Enough that a list is full without those seen once.
        count = max(4 * PLACES, tag_count // 160)
        self.lasting, self.passing = tags[:count], tags[count:]
        self.weights = [1 / (place + 3) for place in range(count)]
        self.per_slot = len(self.passing) / (days * SLOTS)
        self.seen = 0
        others = words(20_000, chance, set(tags))
        self.usual, self.rare = others[:900], others[900:]

    def tail(self, number):
        due = int(self.per_slot * (number + 1)) - self.seen
        fresh = self.passing[self.seen:self.seen + due][:PLACES]
        self.seen += due
        chance = self.chance
        counts = {tag: chance.randint(60, 900) for tag in fresh}
        while len(counts) < PLACES:
            counts.setdefault(chance.choices(self.lasting, self.weights)[0], chance.randint(40, 59))
        for tag in self.lasting:
            counts.setdefault(tag, chance.randint(20, 39))
        for place, tag in enumerate(self.usual):
            counts[tag] = max(2, min(19, int(2000 / (place + 100) * (0.6 + 0.8 * chance.random()))))
        first = chance.randrange(len(self.rare) - TAIL)
        for place, tag in enumerate(self.rare[first:first + TAIL]):
            counts[tag] = 2 + 200 // (place + 100)
        return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0].encode()))[:TAIL]


def main():
    folder, days, tag_count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    has_tails = "--tails" in sys.argv
    crowd = Crowd(days, tag_count, random.Random(20_261_122))
    baselines = [Baseline() for _ in range(SLOTS)]
    first = datetime.date(2026, 11, 22) - datetime.timedelta(days=days - 1)
    for number in range(days):
        date = first + datetime.timedelta(days=number)
        texts = {"top": TOP, "trending": TOP, "tail": TAILS}
        windows = ""
        for index, baseline in enumerate(baselines):
            slot = f"{date}T{index * 24 // SLOTS:02}:00:00Z"
            tail = crowd.tail(number * SLOTS + index)
            trends = baseline.trends(tail)
            texts["top"] += "".join(rows(slot, [(tag, accounts, baseline.score(tag, accounts))
                                                for tag, accounts in tail[:PLACES]]))
            texts["trending"] += "".join(rows(slot, trends))
            if has_tails:
                texts["tail"] += "".join(f"{slot},bluesky,{tag},{posts(accounts)},{accounts}\n"
                                         for tag, accounts in tail)
            baseline.add(tail)
            count = PLACES + len(trends) + (len(tail) if has_tails else 0)
            windows += (f"{slot},bluesky,{slot},{slot[:14]}50:00Z,complete,1.0000,90000,41000,{ACCOUNTS},"
                        f"12000,20,4000,0,1.0,0,deleted=900 language=3100,,{count}\n")
        for kind, text in texts.items():
            if kind != "tail" or has_tails:
                write(f"{folder}/{kind}/{date.year}/{date}.csv", text, "w")
        path = f"{folder}/windows/{date.year}.csv"
        write(path, windows if os.path.exists(path) else WINDOWS + windows, "a")


def write(path, text, mode):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, mode, encoding="utf-8") as file:
        file.write(text)


main()
