"""Maps new recordings on a Spark cluster, and adds up the slots that are over: Tidemark's work, handed out by Spark.

Tidemark submits it (`engine: spark`, docs/scale.md). Through Spark go paths of files, offsets of a topic and numbers of
shares, never posts: on the workers the program `tidemark` reads and counts, by the rules that it alone knows. Everything
is kept in one folder that all machines see:

    order.json                     what to do, and whether to stay for more; another run's ends this one
    archived.json                  slots that need not be added up
    ranges/p00002-000…1000         offsets of a topic, a file each: streamed by their names as recordings are
    parts/20261122T18Z/NAME.part   what one file or range tells of one slot; named by it, so a batch repeated overwrites it
    checkpoint/                    which files Spark has handed out

Says an object of JSON a line: `{"files": 3}` when a batch is mapped, `{"slot": ...}` when a slot is added up, `{"round": 1}`
when all was read and added up, and at the end `{"done": true}`, or `{"error": ...}` with one sentence.
"""

import datetime
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.functions import lit


# What Spark tells of a file; nobody asks for `content`, so nothing is read.
FILE = "path string, modificationTime timestamp, length long, content binary"


class JobError(Exception):
    """What went wrong, in one sentence."""


def unfit(program, version):
    """Why the program of a worker is not the one that is needed. A worker asks it once, until it is replaced."""
    found = shutil.which(program)
    if not found:
        return f"{program} may not be run" if os.path.exists(program) else f"there is no program {program}"
    state = os.stat(found)
    asked = f"{found} {state.st_ino} {state.st_mtime_ns} {version}"
    if os.environ.get("TIDEMARK_ASKED") != asked:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, errors="replace").stdout
        other = (said.splitlines() or ["unknown"])[0]
        if other != version:
            return f"{program} is version {other}, and {version} is needed"
        os.environ["TIDEMARK_ASKED"] = asked
    return None


def call(program, version, step):
    """Runs tidemark on a worker. What would fail again is told, not raised: Spark would try it four times."""
    where = socket.gethostname()
    reason = unfit(program, version)
    if reason:
        return f"{where}: {reason}"
    with subprocess.Popen(
            [program, *step["arguments"]], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        # A list is short, and tidemark reads it before it says anything.
        if step.get("hdfs"):
            try:
                source = subprocess.run(["hadoop", "fs", "-cat", step["hdfs"]], stdout=run.stdin)
            except FileNotFoundError:
                run.kill()
                return f"{where}: there is no program hadoop"
            if source.returncode != 0:
                run.kill()
                raise OSError(f"hadoop fs -cat {step['hdfs']} failed")
        try:
            run.stdin.write("".join(f"{name}\t{path}\n" for name, path in step.get("list", [])).encode())
            run.stdin.close()
        except BrokenPipeError:
            pass
        said = run.stderr.read().decode(errors="replace")
    if run.returncode < 0:
        raise OSError(f"tidemark was killed by signal {-run.returncode}")
    if run.returncode != 0:
        return f"{where}: {(said.strip().splitlines() or ['tidemark failed'])[-1]}"
    return None


def part_name(path, root):
    """A part's name for a file: its place below the folder it was found in, and a digest of the whole path."""
    place = os.path.relpath(path, root) if path.startswith(root.rstrip("/") + "/") else os.path.basename(path)
    words = re.sub(r"[^A-Za-z0-9._-]", "_", place).lstrip(".")[-80:].lstrip(".")
    return f"{words or 'file'}-{hashlib.sha256(path.encode()).hexdigest()[:12]}"


class Job:
    def __init__(self, spark, file, order):
        self.spark, self.file, self.order = spark, file, order
        self.folder = Path(order["folder"])
        self.parts = self.folder / "parts"

    def keep_order(self):
        """Throws once another run has given an order: two would hand out the same files."""
        if read_order(self.file).get("run") != self.order["run"]:
            raise JobError("another run has taken over")

    def tidemark(self, steps):
        """Runs tidemark once for each step, on the workers, side by side."""
        program, version = self.order["program"], self.order["version"]
        tasks = self.spark.sparkContext.parallelize(steps, len(steps))
        for failure in tasks.map(lambda step: call(program, version, step)).collect():
            if failure:
                raise JobError(failure)

    def map_batch(self, batch, _):
        self.keep_order()
        files = sorted((row.place, row.path, row.length) for row in batch.select("path", "place", "length").collect())
        steps = []
        for place, root in enumerate(self.order["paths"]):
            arguments = ["part", "map", *self.order["map"], "--order", str(place), "--replace", "--output", str(self.parts)]
            # As many lists as tasks run at once, twice, of about the same length.
            lists = [[0, []] for _ in range(2 * self.spark.sparkContext.defaultParallelism)]
            for _, path, length in sorted((each for each in files if each[0] == place), key=lambda each: -each[2]):
                if not path.startswith("file:"):
                    name = part_name(path, root)
                    steps.append({"arguments": [*arguments, "--name", name, "--", "-"], "hdfs": path})
                    continue
                # Spark writes a local path as `file:/data/a`, and does not encode it.
                path = "/" + path.removeprefix("file:").lstrip("/")
                shortest = min(lists, key=lambda each: each[0])
                shortest[0] += length
                if self.order["isTopic"]:
                    shortest[1].append((os.path.basename(path), Path(path).read_text().strip()))
                else:
                    shortest[1].append((part_name(path, root), path))
            steps += [{"arguments": [*arguments, "--list", "-"], "list": sorted(each)} for _, each in lists if each]
        if steps:
            self.tidemark(steps)
            say(self.order, {"files": len(files)})

    def read_new(self):
        """All files that no batch has had yet, in batches; each path is a file, a folder or a pattern."""
        streams = [
            self.spark.readStream.format("binaryFile").option("maxFilesPerTrigger", self.order["files"])
            .option("recursiveFileLookup", "true").schema(FILE).load(path).select("path", "length")
            .withColumn("place", lit(place))
            for place, path in enumerate(self.order["paths"])
        ]
        stream = streams[0]
        for other in streams[1:]:
            stream = stream.union(other)
        query = (
            stream.writeStream.foreachBatch(self.map_batch).trigger(availableNow=True)
            .option("checkpointLocation", (self.folder / self.order["checkpoint"]).as_uri()).start())
        query.awaitTermination()

    def add_up(self, folder):
        """A share of the posts for each task, then a share of the hashtags."""
        count = self.order["shares"]
        for file in [*folder.glob("*.uses"), *folder.glob("*.tags")]:
            file.unlink(missing_ok=True)
        try:
            for step in (["posts", *self.order["posts"]], ["tags"]):
                self.keep_order()
                self.tidemark([
                    {"arguments": ["part", *step, "--share", f"{share}/{count}", "--output", str(folder), str(folder)]}
                    for share in range(1, count + 1)
                ])
        except JobError:
            # It came late, and somebody has archived the slot meanwhile.
            if any(folder.glob("*.part")):
                raise
            return
        say(self.order, {"slot": folder.name})

    def is_due(self, folder, archived):
        """Whether a slot is over and wanted, and not all of its parts are added up."""
        try:
            start = datetime.datetime.strptime(folder.name, "%Y%m%dT%HZ").replace(tzinfo=datetime.timezone.utc).timestamp()
        except ValueError:
            return False
        wanted = self.order.get("slot") in (None, folder.name) and folder.name not in archived
        if not wanted or start + self.order["hours"] * 3600 > self.order["before"]:
            return False
        parts = [file.stat().st_mtime_ns for file in folder.glob("*.part")]
        tags = [file.stat().st_mtime_ns for file in folder.glob("*.tags")]
        return bool(parts) and (len(tags) != self.order["shares"] or min(tags) <= max(parts))

    def run(self):
        self.parts.mkdir(parents=True, exist_ok=True)
        self.read_new()
        archived = json.loads((self.folder / "archived.json").read_text())
        for folder in sorted(self.parts.iterdir()):
            if self.is_due(folder, archived):
                self.add_up(folder)
        say(self.order, {"round": self.order["round"]})


def read_order(file):
    try:
        return json.loads(Path(file).read_text())
    except FileNotFoundError:
        return {}


def next_order(file, last):
    """The order of the next round; None if there is none, or nobody gives one any more."""
    end = time.monotonic() + 10 * last["pause"] + 600
    while time.monotonic() < end:
        order = read_order(file)
        if order.get("run") != last["run"]:
            return None
        if order["round"] != last["round"]:
            return order
        time.sleep(0.5)
    return None


def say(order, what):
    line = json.dumps(what)
    print(line, flush=True)
    # Where the job runs on a machine of the cluster nobody sees what it prints.
    if order.get("said"):
        with open(order["said"], "a") as file:
            file.write(line + "\n")


def sentence(error):
    """The innermost thing that somebody said, without its trace."""
    text = str(error)
    told = re.findall(r"JobError: (.+)", text)
    if told:
        return told[-1].strip()
    if "stopped SparkContext" in text:
        return "the cluster does not answer, or has ended the job: look after its master"
    lines = [line.strip().removeprefix(": ") for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("at ")]
    causes = [line for line in lines if re.match(r"(Caused by: )?[\w.]+(Exception|Error): .", line)]
    return (causes or lines or [type(error).__name__])[-1][:300]


def main():
    file = sys.argv[1]
    order = first = read_order(file)
    try:
        spark = SparkSession.builder.appName(f"tidemark {order['source']}").getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        while order:
            Job(spark, file, order).run()
            order = next_order(file, order) if order["pause"] else None
        spark.stop()
    except Exception as error:
        say(first, {"error": str(error) if isinstance(error, JobError) else sentence(error)})
        sys.exit(1)
    say(first, {"done": True})


if __name__ == "__main__":
    main()
