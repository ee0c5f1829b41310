#!/usr/bin/env python3
"""Writes a made-up archive: generate.py FOLDER DAYS TAGS [--tails]. Four slots a day of ten hashtags,
so that ten years (3650 days) hold 146,000 rows; TAGS in all, most of them seen a few times and some
for years. The same arguments make the same bytes."""
import datetime
import os
import random
import sys

SLOTS, PLACES, TAIL = 4, 10, 1000
WINDOWS = ("slot,source,start,end,status,coverage,posts,tagged,accounts,tags,duplicates,dropped,"
           "reconnects,version\n")
TOP = "slot,source,rank,tag,spelling,posts,accounts,expected,score\n"
TAILS = "slot,source,tag,posts,accounts\n"
SYLLABLES = ("ka ri no ta shi mo lu ne wa be do fi ga hu jo ke la mi po qua re su ti vo xe ya zu cha "
             "sta bre ion er ling 猫 の日 é").split()


def words(count, chance):
    """So many distinct keys; a few of them are not ASCII."""
    made = {}
    while len(made) < count:
        made["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))] = None
    return list(made)


def top_rows(slot, listed, chance):
    accounts = sorted((chance.randint(20, 900) for _ in listed), reverse=True)
    for rank, (tag, count) in enumerate(zip(listed, accounts), 1):
        yield (f"{slot},bluesky,{rank},{tag},{tag.capitalize()},{count + count // 7},{count},"
               f"{count * 0.6:.2f},{count * 0.3:.2f}\n")


def main():
    folder, days, tag_count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(20_261_122)
    tags = words(tag_count, chance)
    # Enough that a list is full without those seen once.
    count = max(4 * PLACES, tag_count // 160)
    lasting, passing = tags[:count], tags[count:]
    weights = [1 / (place + 3) for place in range(len(lasting))]
    per_slot = len(passing) / (days * SLOTS)
    filler = [f",bluesky,{word},{{}},{{}}\n" for word in words(20_000, random.Random(7))]
    seen = 0
    first = datetime.date(2026, 11, 22) - datetime.timedelta(days=days - 1)
    for number in range(days):
        date = first + datetime.timedelta(days=number)
        texts = {"top": TOP, "trending": TOP, "tail": TAILS}
        windows = ""
        for index in range(SLOTS):
            slot = f"{date}T{index * 24 // SLOTS:02}:00:00Z"
            due = int(per_slot * (number * SLOTS + index + 1)) - seen
            fresh = passing[seen:seen + due]
            seen += due
            listed = dict.fromkeys(fresh[:PLACES])
            while len(listed) < PLACES:
                listed[chance.choices(lasting, weights)[0]] = None
            listed = list(listed)
            chance.shuffle(listed)
            texts["top"] += "".join(top_rows(slot, listed, chance))
            texts["trending"] += "".join(top_rows(slot, listed[:4], chance))
            if "--tails" in sys.argv:
                start = chance.randrange(len(filler) - TAIL)
                texts["tail"] += "".join(
                    slot + line.format(1010 - place, 1000 - place)
                    for place, line in enumerate(filler[start:start + TAIL - PLACES]))
            windows += (f"{slot},bluesky,{slot},{slot[:14]}50:00Z,complete,1.0000,90000,41000,30000,"
                        f"12000,20,4000,0,1.0\n")
        for kind, text in texts.items():
            if kind != "tail" or "--tails" in sys.argv:
                write(f"{folder}/{kind}/{date.year}/{date}.csv", text, "w")
        path = f"{folder}/windows/{date.year}.csv"
        write(path, windows if os.path.exists(path) else WINDOWS + windows, "a")


def write(path, text, mode):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, mode, encoding="utf-8") as file:
        file.write(text)


main()
