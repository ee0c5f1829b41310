"""Recomputes every sentence with a number on a built site from the CSVs that the site offers, and prints what differs.

    facts.py SITE [PAGES]       so many pages, spread over all; fifty without a number, 0 for all

Shares no code with Tidemark: it reads `data/`, works out what each page should say, and takes every other block of text
that holds a digit for wrong. Hashtags that hold a digit are names, not numbers. For a site of six-hour periods, lists by
people, and no titles of sources.
"""

import datetime
import glob
import html
import json
import os
import re
import sys
import urllib.parse

from markup import blocks, read_page
from said import Site, at_least, squeezed
from wording import MONTHS, people


class Look:
    """Compares pages with what they should say."""

    # Sentences of the layout and of explanations whose numbers are rules, not counts.
    RULES = re.compile(
        r"Made with Tidemark|^Week \d+ \||^\d+( \|( \d+)?)*$|^What is unusual can be told|^The last 24 hours$|^Posts with more than |log-likelihood|^E = N|^G² = |Trending compares|Listed is what has|UTF-8, a header line|0 to 1|"
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
