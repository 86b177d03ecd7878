#!/usr/bin/env python3
"""Measures libcloudauth's Go package beside the official runtime core, and prints a table in Markdown."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from rounds import Measure, Run, conditions, judge, measure, options, table  # noqa: E402

CLIENTS = ("ours", "official")


def run(name: str, transaction: str, goroutines: int, calls: int = 0) -> Run:
    arguments = ("-endpoint", "{endpoint}", "-transaction", transaction, "-goroutines", str(goroutines))
    return Run(name, (*arguments, *(("-calls", str(calls)) if calls else ("-seconds", "{seconds}"))))


RUNS = [
    run("one", "small", 1),
    run("16", "small", 16),
    run("1 MiB", "images1", 1),
    run("4 MiB", "images4", 1),
    run("one shot", "small", 1, calls=1),
    run("2,000 calls", "small", 16, calls=2000),
]
MEASURES = [
    Measure("calls/s, one at a time", "one", "per_second", True),
    Measure("calls/s, 16 at a time", "16", "per_second", True),
    Measure("CPU µs per call, one at a time", "one", "cpu_us"),
    Measure("CPU µs per call, 16 at a time", "16", "cpu_us"),
    Measure("two images of 1 MiB to bytes, µs per call", "1 MiB", "wall_us"),
    Measure("two images of 1 MiB to bytes, CPU µs per call", "1 MiB", "cpu_us"),
    Measure("two images of 4 MiB to bytes, µs per call", "4 MiB", "wall_us"),
    Measure("two images of 4 MiB to bytes, CPU µs per call", "4 MiB", "cpu_us"),
    Measure("one call, start of the process to end, ms", "one shot", "process_ms", form=",.1f"),
    Measure("resident memory at most, 16 at a time, KiB", "16", "peak_kib"),
    Measure("resident memory at most, images of 4 MiB, KiB", "4 MiB", "peak_kib"),
    Measure("connections of 2,000 calls, 16 at a time", "2,000 calls", "connections"),
]


def build(out: Path) -> dict[str, list[str]]:
    """Builds both programs, stripped, and gives the commands that run them."""
    if not shutil.which("go"):
        sys.exit("bench: go is missing")
    for client in CLIENTS:
        command = ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", str(out / client), f"./{client}"]
        if subprocess.run(command, cwd=HERE).returncode:
            sys.exit(f"bench: {client} does not build; `make bench-go` lays out the library that ours needs")
    return {client: [str(out / client)] for client in CLIENTS}


def modules() -> str:
    names = ("github.com/alibabacloud-go/darabonba-openapi/v2", "github.com/alibabacloud-go/tea")
    listed = subprocess.run(["go", "list", "-m", *names], cwd=HERE, capture_output=True, text=True, check=True).stdout
    return ", ".join(line.removeprefix("github.com/alibabacloud-go/") for line in listed.splitlines())


def main() -> None:
    given = options(__doc__).parse_args()
    judge(given)
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as folder:
        out = Path(folder)
        results = measure(given, build(out), RUNS)
        table(results, MEASURES, "ours")
        sizes = " and ".join(f"{(out / client).stat().st_size / 1e6:.2f} MB ({client})" for client in CLIENTS)
    version = subprocess.run(["go", "env", "GOVERSION"], capture_output=True, text=True, check=True).stdout.strip()
    peer = f"{modules()}, driven with the parameters that the generated client of 2022-08-09 sends for CheckResult"
    print(f"\n{conditions(given, f'{version}; {peer}. Stripped programs: {sizes}.')}")


if __name__ == "__main__":
    main()
