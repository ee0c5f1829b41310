"""A reader who follows every link of a site that lies in a bucket."""

import gzip
import posixpath
import re
import urllib.parse

ENTRANCES = ["index.html", "feed.xml", "sitemap.xml", "robots.txt"]


class Crawler:
    """Follows everything from the entrances, and remembers by content where it leads."""

    def __init__(self):
        self.seen = {}

    def broken(self, objects):
        open_, done, broken = [name for name in ENTRANCES if name in objects], set(), []
        while open_:
            name = open_.pop()
            if name in done:
                continue
            done.add(name)
            for target in self.targets(name, objects[name]):
                if target in objects:
                    open_.append(target)
                else:
                    broken.append(f"{name} leads to {target}")
        return broken

    def targets(self, name, stored):
        place = (name, stored.headers["ETag"])
        if place not in self.seen:
            text = gzip.decompress(stored.body) if stored.headers.get("Content-Encoding") == "gzip" else stored.body
            self.seen[place] = sorted(set(links(name, text.decode(errors="replace"))))
        return self.seen[place]


def links(name, text):
    if name.endswith(".html"):
        found = re.findall(r'\s(?:href|src)="([^"]*)"', text)
    elif name.endswith(".css"):
        found = re.findall(r'url\("?([^")]*)', text)
    elif name.endswith(".xml"):
        found = re.findall(r"<(?:loc|link|guid[^>]*)>([^<]*)<", text)
    elif name == "robots.txt":
        found = re.findall(r"Sitemap: (\S+)", text)
    else:
        found = []
    for link in found:
        link = link.replace("&amp;", "&").split("#")[0].split("?")[0]
        if match := re.match(r"https?://trends\.example/(.*)", link):
            path = match[1]
        elif re.match(r"[a-z]+:", link) or not link:
            continue
        else:
            path = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), link))[1:]
            path += "/" if path and link.rstrip(".").endswith("/") else ""
        path = urllib.parse.unquote(path)
        yield path + "index.html" if not path or path.endswith("/") else path
