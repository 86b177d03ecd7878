#!/usr/bin/env python3
"""Measures the package beside the official ones, each in an environment of its own, and prints tables in Markdown."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from rounds import Measure, Run, conditions, judge, measure, options, table  # noqa: E402

CLIENTS = ("ours", "official", "core")


def load(name: str, mode: str, transaction: str, concurrency: int) -> Run:
    return Run(name, (mode, "{endpoint}", transaction, str(concurrency), "{seconds}"))


RUNS = [
    load("1 thread", "blocking", "small", 1),
    load("16 threads", "blocking", "small", 16),
    load("asyncio", "asyncio", "small", 16),
    load("1 MiB", "blocking", "images1", 1),
    load("4 MiB", "blocking", "images4", 1),
    Run("one shot", ("blocking", "{endpoint}", "small", "1", "0")),
]
MEASURES = [
    Measure("calls/s, one thread", "1 thread", "per_second", True),
    Measure("calls/s, 16 threads", "16 threads", "per_second", True),
    Measure("calls/s, asyncio, 16 in flight", "asyncio", "per_second", True),
    Measure("CPU µs per call, one thread", "1 thread", "cpu_us"),
    Measure("CPU µs per call, 16 threads", "16 threads", "cpu_us"),
    Measure("CPU µs per call, asyncio", "asyncio", "cpu_us"),
    Measure("two images of 1 MiB, µs per call", "1 MiB", "wall_us"),
    Measure("two images of 4 MiB, µs per call", "4 MiB", "wall_us"),
    Measure("one call, start of Python to end, ms", "one shot", "process_ms"),
    Measure("resident memory after 16 threads, KiB", "16 threads", "resident_kib"),
    Measure("connections, 16 threads", "16 threads", "connections"),
    Measure("connections, asyncio", "asyncio", "connections"),
]


def installed(environment: Path) -> tuple[int, float]:
    """Packages in an environment and their MB, as pip leaves them, without what every environment has."""
    packages = next(environment.glob("lib/python*/site-packages"))
    own = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence.pth")
    files = [file for file in packages.rglob("*") if file.is_file() and not file.relative_to(packages).parts[0].startswith(own)]
    infos = {file.parent for file in files if file.parent.suffix == ".dist-info"}
    return len(infos), sum(file.stat().st_size for file in files) / 1e6


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--environments", required=True, type=Path, help="folder of the environments: ours, official, core")
    given = parser.parse_args()
    judge(given)
    clients = {
        name: [str(given.environments / name / "bin" / "python"), str(HERE / "client.py"), name] for name in CLIENTS
    }
    results = measure(given, clients, RUNS, lambda client, run: client != "core" or run.name != "asyncio")
    table(results, MEASURES, "ours")
    print("\n| installed | " + " | ".join(CLIENTS) + " |\n|---|" + "---|" * len(CLIENTS))
    sizes = [installed(given.environments / name) for name in CLIENTS]
    print("| packages |" + "".join(f" {packages} |" for packages, _ in sizes))
    print("| MB, as pip leaves them |" + "".join(f" {megabytes:.1f} |" for _, megabytes in sizes))
    print(f"\n{conditions(given, f'Python {sys.version.split()[0]}.')}")


if __name__ == "__main__":
    main()
