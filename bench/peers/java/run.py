#!/usr/bin/env python3
"""Measures the Java library beside the official runtime core, com.aliyun:tea-openapi, and prints tables in Markdown.

The core is driven with the parameters that the generated client for CheckResult of 2022-08-09 would send. Each round runs
each program in a virtual machine of its own, which is warm before it is measured.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from rounds import Measure, Run, conditions, judge, measure, options, table  # noqa: E402

CLIENTS = ("ours", "official")


def load(name: str, transaction: str, threads: int) -> Run:
    return Run(name, ("{endpoint}", transaction, str(threads), "{seconds}"))


RUNS = [
    load("1 thread", "small", 1),
    load("16 threads", "small", 16),
    load("1 MiB", "images1", 1),
    load("4 MiB", "images4", 1),
    Run("one shot", ("{endpoint}", "small", "1", "0")),
]
MEASURES = [
    Measure("calls/s, one thread", "1 thread", "per_second", True),
    Measure("calls/s, 16 threads", "16 threads", "per_second", True),
    Measure("CPU µs per call, one thread", "1 thread", "cpu_us"),
    Measure("CPU µs per call, 16 threads", "16 threads", "cpu_us"),
    Measure("two images of 1 MiB to bytes, µs per call", "1 MiB", "wall_us"),
    Measure("two images of 1 MiB to bytes, CPU µs per call", "1 MiB", "cpu_us"),
    Measure("two images of 4 MiB to bytes, µs per call", "4 MiB", "wall_us"),
    Measure("two images of 4 MiB to bytes, CPU µs per call", "4 MiB", "cpu_us"),
    Measure("one call, start of the virtual machine to end, ms", "one shot", "process_ms"),
    Measure("resident memory after 16 threads, MiB", "16 threads", "resident_mib"),
    Measure("resident memory after images of 1 MiB, MiB", "1 MiB", "resident_mib"),
    Measure("connections opened, one thread", "1 thread", "connections"),
    Measure("connections opened, 16 threads", "16 threads", "connections"),
]


def fail(message: str) -> None:
    sys.exit(f"bench-java: {message}")


def build(jar: Path, out: Path) -> tuple[dict[str, list[Path]], str]:
    """Compiles the programs and fetches what the core brings; gives each client's jars, and the core's version."""
    for tool in ("javac", "java", "mvn"):
        if not shutil.which(tool):
            fail(f"{tool} is missing; install Maven and a JDK")
    fetch = ["mvn", "--batch-mode", "--quiet", "--file", HERE / "pom.xml", "dependency:copy-dependencies"]
    subprocess.run([*fetch, "-DincludeScope=runtime", f"-DoutputDirectory={out / 'peer'}"], check=True)
    peers = sorted((out / "peer").glob("*.jar"))
    path = os.pathsep.join(map(str, [jar, *peers]))
    subprocess.run(["javac", "-d", out / "classes", "-cp", path, *HERE.glob("*.java")], check=True)
    version = next(peer.stem for peer in peers if peer.stem.startswith("tea-openapi-"))
    return {"ours": [jar], "official": peers}, version


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--jar", required=True, type=Path, help="the library, with its natives built for release")
    given = parser.parse_args()
    judge(given)
    if not given.jar.exists():
        fail(f"{given.jar} is not there; `make java-jar` builds it")
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as folder:
        out = Path(folder)
        jars, version = build(given.jar.resolve(), out)
        clients = {
            name: ["java", "-cp", os.pathsep.join(map(str, [out / "classes", *jars[name]])), "Bench", name] for name in CLIENTS
        }
        results = measure(given, clients, RUNS)
        table(results, MEASURES, "ours")
        print("\n| installed | " + " | ".join(CLIENTS) + " |\n|---|" + "---|" * len(CLIENTS))
        print("| jars |" + "".join(f" {len(jars[name])} |" for name in CLIENTS))
        sizes = [sum(jar.stat().st_size for jar in jars[name]) / 1e6 for name in CLIENTS]
        print("| MB |" + "".join(f" {size:.1f} |" for size in sizes))
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]
    print(f"\n{conditions(given, f'{java}, default options, warm for 4 s before each run; {version}.')}")


if __name__ == "__main__":
    main()
