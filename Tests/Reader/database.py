"""Compares a database that `tidemark export` made with the CSV files it was made of, by Python's own library alone.

Its arguments are the `data` folder of a site, or an archive of which nothing is withdrawn, and the database. Prints how
many rows of each table are as they should be, and what is not; ends with 1 if there is anything.
"""

import csv
import pathlib
import sqlite3
import sys

data, place = pathlib.Path(sys.argv[1]), sys.argv[2]
TABLES = ["windows", "top", "trending", "tail", "related", "links", "withheld"]
INTEGERS = """posts tagged accounts tags duplicates dropped reconnects held rows rank bounds lines fewest""".split()
NUMBERS = ["coverage", "expected", "score"]
FILLED = ["slot", "source", "start", "end", "status", "version", "tag", "spelling", "other", "url", "list"]


def value(name, text):
    """What a cell is in the database."""
    if text is None or text == "" and name not in FILLED:
        return None
    if name in INTEGERS:
        return int(text)
    if name in NUMBERS:
        return float(text)
    bare = text.lstrip("'")
    return text[1:] if bare != text and bare[:1] in tuple("=+-@\t\r") else text


def rows(kind, columns):
    for path in sorted(data.glob(f"{kind}/**/*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield tuple(value(name, row.get(name)) for name in columns)


database = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
database.text_factory = lambda text: text.decode("utf-8")
failed = database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
windows = {row[:2] for row in rows("windows", ["slot", "source"])}
for kind in TABLES:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({kind})")]
    wanted = {row for row in rows(kind, columns) if row[:2] in windows}
    found = set(database.execute(f"SELECT * FROM {kind}"))
    if wanted != found:
        failed = True
        print(f"{kind}: {len(wanted - found)} lacking, {len(found - wanted)} too many, such as "
              f"{sorted(map(str, wanted ^ found))[:2]}")
    else:
        print(f"{kind}: {len(found)} rows")
sys.exit(failed)
