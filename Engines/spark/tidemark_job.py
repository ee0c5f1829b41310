"""Maps new recordings on a Spark cluster, and adds up the slots that are over: Tidemark's work, handed out by Spark.

Tidemark submits it (`engine: spark`, docs/scale.md). Through Spark go paths of files and numbers of shares, never
posts: on the workers the program `tidemark` reads the files and counts, by the rules that it alone knows. Everything
is kept in one folder that all machines see:

    parts/20261122T18Z/NAME.part   what one file tells of one slot; named by the file, so a batch repeated overwrites it
    checkpoint/                    which files Spark has handed out

Prints an object of JSON a line: `{"files": 3}` when a batch is mapped, `{"slot": ...}` when a slot is added up, and at
the end `{"done": true}`, or `{"error": ...}` with one sentence.
"""

import datetime
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.functions import lit


# What Spark tells of a file; nobody asks for `content`, so nothing is read.
FILE = "path string, modificationTime timestamp, length long, content binary"


class JobError(Exception):
    """What went wrong, in one sentence."""


def call(program, arguments, version, reading=None):
    """Runs tidemark on a worker. What would fail again is told, not raised: Spark would try it four times."""
    where = socket.gethostname()
    try:
        found = subprocess.run([program, "--version"], capture_output=True, text=True)
        other = (found.stdout.splitlines() or ["unknown"])[0]
        if other != version:
            return f"{where}: {program} is version {other}, and {version} is needed"
        source = None
        if reading:
            source = subprocess.Popen(["hadoop", "fs", "-cat", reading], stdout=subprocess.PIPE)
        run = subprocess.run(
            [program, *arguments], stdin=source.stdout if source else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if source and source.wait() != 0:
            raise OSError(f"hadoop fs -cat {reading} failed")
    except FileNotFoundError as error:
        return f"{where}: there is no program {error.filename}"
    except PermissionError as error:
        return f"{where}: {error.filename} may not be run"
    if run.returncode < 0:
        raise OSError(f"tidemark was killed by signal {-run.returncode}")
    if run.returncode != 0:
        return f"{where}: {(run.stderr.strip().splitlines() or ['tidemark failed'])[-1]}"
    return None


def part_name(path, root):
    """A part's name for a file: its place below the folder it was found in, and a digest of the whole path."""
    place = os.path.relpath(path, root) if path.startswith(root.rstrip("/") + "/") else os.path.basename(path)
    words = re.sub(r"[^A-Za-z0-9._-]", "_", place).lstrip(".")[-80:].lstrip(".")
    return f"{words or 'file'}-{hashlib.sha256(path.encode()).hexdigest()[:12]}"


class Job:
    def __init__(self, spark, order):
        self.spark, self.order = spark, order
        self.folder = Path(order["folder"])
        self.parts = self.folder / "parts"

    def tidemark(self, calls):
        """Runs tidemark once for each list of arguments, on the workers, side by side."""
        program, version = self.order["program"], self.order["version"]
        tasks = self.spark.sparkContext.parallelize(calls, len(calls))
        for failure in tasks.map(lambda it: call(program, it[0], version, it[1])).collect():
            if failure:
                raise JobError(failure)

    def map_batch(self, batch, _):
        files = sorted((row.path, row.place) for row in batch.select("path", "place").collect())
        if not files:
            return
        calls = []
        for path, place in files:
            # Spark writes a local path as `file:/data/a`, and does not encode it.
            is_local = path.startswith("file:")
            if is_local:
                path = "/" + path.removeprefix("file:").lstrip("/")
            name = part_name(path, self.order["paths"][place])
            arguments = ["part", "map", *self.order["map"], "--order", str(place), "--name", name, "--replace",
                         "--output", str(self.parts), "--", path if is_local else "-"]
            calls.append((arguments, None if is_local else path))
        self.tidemark(calls)
        say({"files": len(files)})

    def read_new(self):
        """All files that no batch has had yet, in batches; each path is a file, a folder or a pattern."""
        streams = [
            self.spark.readStream.format("binaryFile").option("maxFilesPerTrigger", self.order["files"])
            .option("recursiveFileLookup", "true").schema(FILE).load(path).select("path").withColumn("place", lit(place))
            for place, path in enumerate(self.order["paths"])
        ]
        stream = streams[0]
        for other in streams[1:]:
            stream = stream.union(other)
        query = (
            stream.writeStream.foreachBatch(self.map_batch).trigger(availableNow=True)
            .option("checkpointLocation", (self.folder / self.order["checkpoint"]).as_uri()).start())
        query.awaitTermination()

    def add_up(self, slot):
        """A share of the posts for each task, then a share of the hashtags."""
        folder = self.parts / slot
        count = self.order["shares"]
        for file in [*folder.glob("*.uses"), *folder.glob("*.tags")]:
            file.unlink()
        for step in (["posts", *self.order["posts"]], ["tags"]):
            self.tidemark([
                (["part", *step, "--share", f"{share}/{count}", "--output", str(folder), str(folder)], None)
                for share in range(1, count + 1)
            ])
        say({"slot": slot})

    def run(self):
        self.parts.mkdir(parents=True, exist_ok=True)
        self.read_new()
        for folder in sorted(self.parts.iterdir()):
            if is_over(folder.name, self.order) and any(folder.glob("*.part")):
                self.add_up(folder.name)


def is_over(name, order):
    """Whether the slot of a folder is over and wanted: its last posts have come."""
    try:
        start = datetime.datetime.strptime(name, "%Y%m%dT%HZ").replace(tzinfo=datetime.timezone.utc).timestamp()
    except ValueError:
        return False
    wanted = order.get("slot") in (None, name) and name not in order["archived"]
    return wanted and start + order["hours"] * 3600 <= order["before"]


def say(what):
    print(json.dumps(what), flush=True)


def sentence(error):
    """The innermost thing that somebody said, without its trace."""
    text = str(error)
    told = re.findall(r"JobError: (.+)", text)
    if told:
        return told[-1].strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    causes = [line for line in lines if re.match(r"(Caused by: )?[\w.]+(Exception|Error): .", line)]
    return (causes or lines or [type(error).__name__])[-1][:300]


def main():
    order = json.loads(Path(sys.argv[1]).read_text())
    try:
        spark = SparkSession.builder.appName(f"tidemark {order['source']}").getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        Job(spark, order).run()
        spark.stop()
    except JobError as error:
        say({"error": str(error)})
        sys.exit(1)
    except Exception as error:
        say({"error": sentence(error)})
        sys.exit(1)
    say({"done": True})


if __name__ == "__main__":
    main()
