"""Runs the snippets of a site's data page: all of those whose tool is here.

Its arguments are the site's folder and the address or the folder of the data, with a slash at its end, that takes the
place of the one in the snippets; or `bucket`, for a server that behaves as S3 does. Prints the name of each tool and the lines of its output; ends with 1 where one fails.
"""

import html
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

site, place = pathlib.Path(sys.argv[1]), sys.argv[2]
page = (site / "data/index.html").read_text()
snippets = re.findall(r"<h3>([^<]*)</h3>\n<pre[^>]*><code>(.*?)</code></pre>", page, re.S)
base = re.search(r'base, tables = "([^"]*)"', html.unescape(page))[1]
is_web = place.startswith("http")


def command(tool, code):
    """None where the tool is not here, or cannot take such a place."""
    if tool == "curl":
        return ["bash", "-eo", "pipefail", "-c", code] if is_web else None
    if "DuckDB" in tool:
        # Over the web DuckDB needs an extension, which it fetches.
        if not importlib.util.find_spec("duckdb") or is_web and "FROM read_csv('http" in code:
            return None
        return [sys.executable, "-c", f"import duckdb; print(duckdb.sql({code!r}))"]
    if tool == "R":
        return ["Rscript", "-e", code] if shutil.which("Rscript") else None
    if tool in ("pandas", "polars") and not importlib.util.find_spec(tool):
        return None
    return [sys.executable, "-c", code] if is_web or "urllib" not in code else None


server = None
if place == "bucket":
    server = subprocess.Popen([sys.executable, pathlib.Path(__file__).parent / "plain.py", site],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    place = f"http://127.0.0.1:{int(server.stdout.readline())}/data/"
    is_web = True
with tempfile.TemporaryDirectory() as folder:
    failed = False
    for tool, code in snippets:
        words = command(html.unescape(tool), html.unescape(code).replace(base, place))
        if not words:
            print(f"{tool}: left out")
            continue
        if tool.startswith("Parquet") and not (pathlib.Path(folder) / "data").exists():
            continue
        run = subprocess.run(words, cwd=folder, capture_output=True, text=True)
        print(f"{tool}: {len(run.stdout.splitlines())} lines" if run.returncode == 0 else f"{tool} failed: {run.stderr[-900:]}")
        failed |= run.returncode != 0
    fetched = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())
    print(f"{len(fetched)} files fetched")
if server:
    server.stdin.close()
    server.wait()
sys.exit(1 if failed or not snippets else 0)
