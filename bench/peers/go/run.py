#!/usr/bin/env python3
"""Measures libcloudauth's Go package beside the official runtime core, and prints tables in Markdown.

Both programs call the same server in turn, round by round, so that a busy machine is busy for both; what is reported is
the median of the rounds' ratios. `--split` keeps the server on the last processor and the clients on the others.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLIENTS = ("ours", "official")
SCENARIOS = {  # name: the program's arguments
    "small, one": ["-transaction", "small", "-goroutines", "1"],
    "small, 16": ["-transaction", "small", "-goroutines", "16"],
    "images of 1 MiB": ["-transaction", "images1", "-goroutines", "1"],
    "images of 4 MiB": ["-transaction", "images4", "-goroutines", "1"],
    "one shot": ["-transaction", "small", "-calls", "1"],
}
MEASURES = [  # title, scenario, key, digits, whether more is better
    ("calls/s, one at a time", "small, one", "per_second", 0, True),
    ("calls/s, 16 at a time", "small, 16", "per_second", 0, True),
    ("CPU µs per call, one at a time", "small, one", "cpu_us", 0, False),
    ("CPU µs per call, 16 at a time", "small, 16", "cpu_us", 0, False),
    ("two images of 1 MiB to bytes: ms", "images of 1 MiB", "wall_ms", 2, False),
    ("two images of 1 MiB: CPU ms", "images of 1 MiB", "cpu_ms", 2, False),
    ("two images of 4 MiB to bytes: ms", "images of 4 MiB", "wall_ms", 2, False),
    ("two images of 4 MiB: CPU ms", "images of 4 MiB", "cpu_ms", 2, False),
    ("a process from its start to its one result: ms", "one shot", "process_ms", 1, False),
    ("resident memory at most, 16 at a time: MiB", "small, 16", "peak_mib", 1, False),
    ("resident memory at most, images of 4 MiB: MiB", "images of 4 MiB", "peak_mib", 1, False),
]
CONNECTION_CALLS = 2000


def fail(message):
    sys.exit(f"bench-go: {message}")


def build(out):
    """Builds both programs, and gives their paths."""
    if not shutil.which("go"):
        fail("go is missing")
    for client in CLIENTS:
        command = ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", out / client, f"./{client}"]
        if subprocess.run(command, cwd=HERE).returncode:
            fail(f"{client} does not build; `make bench-go` lays out the library that ours needs")
    return {client: out / client for client in CLIENTS}


@contextmanager
def server(program, ca_file, cpus):
    arguments = [program, *(["--tls", ca_file] if ca_file else [])]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    try:
        os.sched_setaffinity(process.pid, cpus)  # before the first connection, whose thread inherits it
        yield json.loads(process.stdout.readline())["endpoint"]
    finally:
        process.kill()
        process.wait()


def call(program, endpoint, arguments, ca_file, cpus):
    """One run of a program: what it printed, in the units of the tables."""
    command = [program, "-endpoint", endpoint, *arguments, *(["-ca", ca_file] if ca_file else [])]
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    begun = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=300, preexec_fn=lambda: os.sched_setaffinity(0, cpus)
    )
    took = time.perf_counter() - begun
    if done.returncode:
        fail(f"{Path(program).name} failed on {arguments}: {done.stderr.strip()}")
    said = json.loads(done.stdout)
    said |= {f"{name}_ms": said[f"{name}_us"] / 1000 for name in ("wall", "cpu") if f"{name}_us" in said}
    return said | {"process_ms": took * 1000, "peak_mib": said["peak_kib"] / 1024}


def connections(endpoint):
    """The client's ports of all connections with the server, those included that were closed in the last minute."""
    port = int(endpoint.rsplit(":", 1)[1])
    ports = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, remote = (int(address.split(":")[1], 16) for address in line.split()[1:3])
        if port in (local, remote):
            ports.add(remote if local == port else local)
    return ports


def measure(programs, options, ca_file):
    """({scenario: {client: [sample per round]}}, {client: connections}), the clients taking turns at going first."""
    every = sorted(os.sched_getaffinity(0))
    if options.split and len(every) < 2:
        fail("--split needs two processors")
    of_server, of_clients = ({every[-1]}, set(every[:-1])) if options.split else (set(every), set(every))
    samples = {name: {client: [] for client in programs} for name in SCENARIOS}
    opened = {}
    with server(options.server, ca_file, of_server) as endpoint:
        for turn in range(options.rounds):
            for name, arguments in SCENARIOS.items():
                for client in sorted(programs, reverse=turn % 2 == 1):
                    timed = [*arguments, "-seconds", str(options.seconds)]
                    samples[name][client].append(call(programs[client], endpoint, timed, ca_file, of_clients))
            print(f"round {turn + 1} of {options.rounds} {'over TLS' if ca_file else 'over HTTP'}", file=sys.stderr)
        for client in programs:
            before = connections(endpoint)
            counted = ["-goroutines", "16", "-calls", str(CONNECTION_CALLS)]
            call(programs[client], endpoint, counted, ca_file, of_clients)
            opened[client] = len(connections(endpoint) - before)
    return samples, opened


def figures(samples, scenario, key):
    """Median of the ratios, their quartiles, and each client's own median."""
    ours, official = ([sample[key] for sample in samples[scenario][client]] for client in CLIENTS)
    ratios = [own / other for own, other in zip(ours, official, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return middle, low, high, statistics.median(ours), statistics.median(official)


def modules():
    listed = subprocess.run(
        ["go", "list", "-m", "github.com/alibabacloud-go/darabonba-openapi/v2", "github.com/alibabacloud-go/tea"],
        cwd=HERE, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return ", ".join(line.removeprefix("github.com/alibabacloud-go/") for line in listed.splitlines())


def conditions(options, programs):
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    version = re.search(r"go[\d.]+", subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout)[0]
    placing = "server on a processor of its own" if options.split else "server and clients share them"
    return (
        f"{len(os.sched_getaffinity(0))} processors ({model}), {placing}; load {os.getloadavg()[0]:.1f} at the end; {version}; "
        f"{options.rounds} interleaved rounds of {options.seconds:g} s; {modules()}, driven with the parameters that the generated "
        "client of API version 2022-08-09 sends for CheckResult."
    )


def table(results, programs):
    """Ratios first, then what they were made of."""
    scenes = list(results)
    print("| ours ÷ official (quartiles) | better |" + "".join(f" {scene} |" for scene in scenes))
    print("|---|---|" + "---|" * len(scenes))
    for title, scenario, key, _, more in MEASURES:
        cells = ""
        for scene in scenes:
            middle, low, high, _, _ = figures(results[scene][0], scenario, key)
            cells += f" **{middle:.3g}** ({low:.3g}–{high:.3g}) |"
        print(f"| {title} | {'more' if more else 'less'} |{cells}")
    print("\n| medians, ours / official |" + "".join(f" {scene} |" for scene in scenes))
    print("|---|" + "---|" * len(scenes))
    for title, scenario, key, digits, _ in MEASURES:
        cells = ""
        for scene in scenes:
            *_, ours, official = figures(results[scene][0], scenario, key)
            cells += f" {ours:,.{digits}f} / {official:,.{digits}f} |"
        print(f"| {title} |{cells}")
    cells = "".join(f" {results[scene][1]['ours']} / {results[scene][1]['official']} |" for scene in scenes)
    print(f"| connections opened by {CONNECTION_CALLS} calls, 16 at a time |{cells}")
    sizes = " / ".join(f"{programs[client].stat().st_size / 1e6:.2f}" for client in CLIENTS)
    print(f"| size of the stripped program: MB |{f' {sizes} |' * len(scenes)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, type=Path, help="the program cloudauth-bench-server")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each of a round's timed runs takes")
    parser.add_argument("--split", action="store_true", help="give the server a processor of its own")
    parser.add_argument("--no-tls", action="store_true", help="plain HTTP alone")
    options = parser.parse_args()
    if options.rounds < 2:
        fail("--rounds must be 2 at least, for quartiles")
    if not options.server.exists():
        fail(f"{options.server} is not there; `make bench-go` builds it")
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as out:
        programs = build(Path(out))
        results = {"HTTP": measure(programs, options, None)}
        if not options.no_tls:
            results["TLS"] = measure(programs, options, Path(out) / "ca.pem")
        table(results, programs)
        print(f"\n{conditions(options, programs)}")


if __name__ == "__main__":
    main()
