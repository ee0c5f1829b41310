"""A master of Spark and two workers of one core each, on loopback, out of the Python that runs this.

Prints the master's address and its REST server's, with a blank between, once both workers have registered; all end when
standard input is closed. What they write lies in the folder that is given.
"""
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pyspark

folder = Path(sys.argv[1])
home = Path(pyspark.__file__).parent
environment = dict(
    os.environ, SPARK_HOME=str(home), SPARK_LOCAL_IP="127.0.0.1", SPARK_DAEMON_MEMORY="256m",
    SPARK_DAEMON_JAVA_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspark.master.rest.enabled=true "
    "-Dspark.master.rest.port=0")


def start(name, *arguments):
    log = open(folder / f"{name}.log", "wb")
    return subprocess.Popen(
        [home / "bin" / "spark-class", f"org.apache.spark.deploy.{arguments[0]}", *arguments[1:]],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True)


def wait(process, pattern, count):
    """The matches in the log of the master, once there are so many."""
    while process.poll() is None:
        found = re.findall(pattern, (folder / "master.log").read_text(errors="replace"))
        if len(found) >= count:
            return found
        time.sleep(0.05)
    sys.exit("Spark's master ended")


master = start("master", "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
processes = [master]
try:
    address = wait(master, r"spark://127\.0\.0\.1:\d+", 1)[0]
    for number in (1, 2):
        processes.append(start(
            f"worker{number}", "worker.Worker", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0",
            "--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{number}"), address))
    wait(master, "Registering worker", 2)
    port = wait(master, r"Started REST server for submitting applications on 127\.0\.0\.1 with port (\d+)", 1)[0]
    print(address, f"http://127.0.0.1:{port}", flush=True)
    sys.stdin.read()
finally:
    # The workers end their executors when they are asked to.
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        process.wait()
