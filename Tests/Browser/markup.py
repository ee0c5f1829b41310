"""A page as people read it: its blocks of text, without drawings and scripts."""

import html.parser
import re

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "rect"}
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "tr", "caption", "summary", "div"}


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
