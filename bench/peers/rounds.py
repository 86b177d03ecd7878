"""What the measurements of all languages share: a server, interleaved rounds, medians of ratios, tables in Markdown.

Every client calls the same server in turn, round by round, so that a busy machine is busy for all of them; what is
reported is the median of the rounds' ratios.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """One thing that clients are made to do: `arguments` are those of a client's program, after the endpoint."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """A row of the table: what one run's report says under `key`."""

    title: str
    run: str
    key: str
    more_is_better: bool = False
    form: str = ",.0f"


@dataclass
class Samples:
    """What the rounds gave: for each run and client, a report a round."""

    clients: list[str]
    reports: dict[str, dict[str, list[dict[str, float]]]] = field(default_factory=dict)

    def add(self, run: str, client: str, report: dict[str, float]) -> None:
        self.reports.setdefault(run, {}).setdefault(client, []).append(report)

    def values(self, measure: Measure, client: str) -> list[float]:
        return [report[measure.key] for report in self.reports.get(measure.run, {}).get(client, [])]

    def ratio(self, measure: Measure, client: str, other: str) -> tuple[float, float, float] | None:
        """Median and quartiles of client ÷ other, round by round."""
        own, others = self.values(measure, client), self.values(measure, other)
        if not own or not others:
            return None
        low, middle, high = statistics.quantiles([a / b for a, b in zip(own, others, strict=True)], n=4)
        return middle, low, high

    def median(self, measure: Measure, client: str) -> float | None:
        values = self.values(measure, client)
        return statistics.median(values) if values else None


def options(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, type=Path, help="the program cloudauth-bench-server")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each of a round's runs takes")
    parser.add_argument("--split", action="store_true", help="give the server a processor of its own")
    parser.add_argument("--no-tls", action="store_true", help="plain HTTP alone")
    return parser


def judge(given: argparse.Namespace) -> None:
    if given.rounds < 2:
        sys.exit("bench: --rounds must be 2 at least, for quartiles")
    if not given.server.exists():
        sys.exit(f"bench: {given.server} is not there; the Makefile's target builds it")
    if given.split and len(os.sched_getaffinity(0)) < 2:
        sys.exit("bench: --split needs two processors")


def measure(
    given: argparse.Namespace, clients: dict[str, list[str]], runs: list[Run], can: Callable[[str, Run], bool] = lambda *_: True
) -> dict[str, Samples]:
    """Samples over HTTP and TLS of `clients`, names and the commands that run them, as far as one `can` do a run."""
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as folder:
        results = {"HTTP": _rounds(given, clients, runs, can, None)}
        if not given.no_tls:
            results["TLS"] = _rounds(given, clients, runs, can, Path(folder) / "ca.pem")
    return results


def _rounds(
    given: argparse.Namespace,
    clients: dict[str, list[str]],
    runs: list[Run],
    can: Callable[[str, Run], bool],
    ca_file: Path | None,
) -> Samples:
    every = sorted(os.sched_getaffinity(0))
    of_server, of_clients = ({every[-1]}, set(every[:-1])) if given.split else (set(every), set(every))
    samples = Samples(list(clients))
    with server(given.server, ca_file, of_server) as endpoint:
        for turn in range(given.rounds):
            for run in runs:
                # The clients take turns at going first.
                for client in sorted(clients, reverse=turn % 2 == 1):
                    if can(client, run):
                        before = _connections(endpoint, ca_file)
                        report = _once(clients[client], run, endpoint, given.seconds, ca_file, of_clients)
                        report["connections"] = _connections(endpoint, ca_file) - before - 1
                        samples.add(run.name, client, report)
            print(f"round {turn + 1} of {given.rounds} {'over TLS' if ca_file else 'over HTTP'}", file=sys.stderr)
    return samples


@contextmanager
def server(program: Path, ca_file: Path | None, cpus: set[int], *more: str) -> Iterator[str]:
    """Serves on `cpus`; gives the endpoint."""
    arguments = [program, *(["--tls", ca_file] if ca_file else []), *more]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    try:
        os.sched_setaffinity(process.pid, cpus)  # before the first connection, whose thread inherits it
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["endpoint"]
    finally:
        process.kill()
        process.wait()


def _connections(endpoint: str, ca_file: Path | None) -> int:
    import ssl

    context = ssl.create_default_context(cafile=ca_file) if ca_file else None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(f"{endpoint}/?TransactionId=connections", timeout=10) as reply:
        return int(json.load(reply)["connections"])


def _once(
    command: list[str], run: Run, endpoint: str, seconds: float, ca_file: Path | None, cpus: set[int]
) -> dict[str, float]:
    """One run's report, with the wall time of the whole process in it."""
    import time

    arguments = [argument.format(endpoint=endpoint, seconds=seconds) for argument in run.arguments]
    began = time.perf_counter()
    done = subprocess.run(
        [*command, *arguments, *([str(ca_file)] if ca_file else [])],
        capture_output=True, text=True, env=environment(), timeout=120 + 2 * seconds,
        preexec_fn=lambda: os.sched_setaffinity(0, cpus),
    )
    process_ms = (time.perf_counter() - began) * 1000
    if done.returncode:
        sys.exit(f"bench: {command[0]} failed on {run.name!r}: {done.stderr.strip()}")
    return {**json.loads(done.stdout), "process_ms": process_ms}


def environment() -> dict[str, str]:
    """A client's, without a proxy."""
    return {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}


def table(results: dict[str, Samples], measures: list[Measure], ours: str) -> None:
    """Ratios of `ours` to each other client first, then what they were made of."""
    others = [client for client in next(iter(results.values())).clients if client != ours]
    for other in others:
        print(f"\n| {ours} ÷ {other} (quartiles) | better |" + "".join(f" {scene} |" for scene in results))
        print("|---|---|" + "---|" * len(results))
        for row in measures:
            ratios = [samples.ratio(row, ours, other) for samples in results.values()]
            if any(ratios):
                cells = "".join(f" **{r[0]:.2f}** ({r[1]:.2f}–{r[2]:.2f}) |" if r else " |" for r in ratios)
                print(f"| {row.title} | {'more' if row.more_is_better else 'less'} |{cells}")
    print("\n| medians |" + "".join(f" {scene}: {client} |" for scene in results for client in (ours, *others)))
    print("|---|" + "---|" * (len(results) * (1 + len(others))))
    for row in measures:
        medians = [samples.median(row, client) for samples in results.values() for client in (ours, *others)]
        cells = "".join(" |" if median is None else f" {median:{row.form}} |" for median in medians)
        print(f"| {row.title} |{cells}")


def conditions(given: argparse.Namespace, more: str) -> str:
    placing = "server on a processor of its own" if given.split else "server and clients share them"
    return (
        f"{processors()}, {placing}; load {os.getloadavg()[0]:.1f} at the end; "
        f"{given.rounds} interleaved rounds of {given.seconds:g} s; {more}"
    )


def processors() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{len(os.sched_getaffinity(0))} processors ({model})"
