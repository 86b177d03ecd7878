#!/usr/bin/env python3
"""Measures calls that are seconds apart, to a server that is far away and closes idle connections; prints a table in Markdown.

Every variant is a process of its own, which reaches the server through a relay of its own. They call side by side, in turn.
"""

import argparse
import math
import os
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from machine import processors  # noqa: E402
from peers import Peer, groups  # noqa: E402
from relay import Relay  # noqa: E402
from server import Server, serving  # noqa: E402
from worker import Worker  # noqa: E402

ROUND_TRIP = 0.15
IDLE_LIMIT = 1.0
KEEP_WARM = 0.5
AHEAD = 1.0
# OkHttp looks whether a kept connection was closed only once that was idle for 10 s. So the core for Java has the service's own
# limit, and its calls are so many times as far apart.
SLOWER = 4
SLOWER_IDLE_LIMIT = 10.0
# A call that took fewer round trips found a connection ready.
WARM = 1.15
# In seconds, until all clients are ready.
PATIENCE = 30.0


@dataclass
class Variant:
    """A client, the relay that it goes through, and what its calls took."""

    name: str
    peer: Peer
    relay: Relay
    ca_file: Path
    options: tuple[str, ...] = ()
    ahead: bool = False
    """It connects ahead of each call."""
    slower: int = 1
    calls: list[float] = field(default_factory=list)
    """In round trips, without the server's time."""
    server_seconds: list[float] = field(default_factory=list)
    keepalives: int = 0

    def run(self, given: argparse.Namespace, ready: threading.Barrier, failures: list[str], offset: float) -> None:
        """Makes its calls, the first one a while after all variants are ready; ends early where another one failed."""
        worker = Worker(self.peer, f"https://127.0.0.1:{self.relay.port}", 0, 1, self.ca_file, *self.options)
        try:
            worker.ready()
            ready.wait(PATIENCE)
            begun = time.monotonic() + AHEAD + offset
            for number in range(math.ceil(given.calls / self.slower)):
                due = begun + number * given.every * self.slower
                if self.ahead:
                    rest(due - AHEAD)
                    worker.send("ahead")
                rest(due)
                if failures:
                    return
                self._call(worker)
            if self.options:
                self.keepalives = int(worker.ask("keepalives"))
            worker.end()
            if not self.relay.bytes:
                raise RuntimeError("nothing went through its relay")
        except Exception as failed:
            failures.append(f"{self.name}: {failed}")
            ready.abort()
        finally:
            worker.kill()

    def _call(self, worker: Worker) -> None:
        before = self.relay.server_seconds
        took = worker.ask("call")["seconds"]
        server_seconds = self.relay.server_seconds - before
        if took < ROUND_TRIP:
            raise RuntimeError("a call was quicker than the network")
        self.calls.append((took - server_seconds) / ROUND_TRIP)
        self.server_seconds.append(server_seconds)

    def row(self) -> str:
        within = sorted(self.calls)[math.ceil(0.99 * len(self.calls)) - 1]
        warm = sum(call < WARM for call in self.calls) / len(self.calls)
        return (
            f"| {self.name} | {len(self.calls)} | {statistics.median(self.calls):.2f} | {within:.2f} | {warm:.1%} "
            f"| {self.relay.connections} | {self.keepalives or ''} |"
        )


def rest(until: float) -> None:
    time.sleep(max(0.0, until - time.monotonic()))


def variants(build: Path, usual: Server, patient: Server) -> list[Variant]:
    """Of the two servers, the second one has the longer limit."""
    python, _, go, java = groups(build, ["python", "go", "java"])
    ours, official = python.peers[:2]

    def variant(name: str, peer: Peer, *options: str, ahead: bool = False, slower: int = 1) -> Variant:
        server = usual if slower == 1 else patient
        address = urlsplit(server.endpoint)
        relay = Relay((address.hostname, address.port), ROUND_TRIP / 2)
        return Variant(name, peer, relay, server.ca_file, options, ahead, slower)

    return [
        variant("libcloudauth", ours),
        variant("libcloudauth, `keep_warm`", ours, f"keep_warm={KEEP_WARM}"),
        variant("libcloudauth, `connect_ahead`", ours, ahead=True),
        variant("official Python package", official),
        variant("official core for Go", go.peers[1]),
        variant("official core for Java", java.peers[1], slower=SLOWER),
    ]


def measure(given: argparse.Namespace, compared: list[Variant]) -> None:
    ready, failures, threads = threading.Barrier(len(compared)), [], []
    for index, each in enumerate(compared):
        # In turn, so that no call meets another.
        offset = index * given.every / len(compared)
        threads.append(threading.Thread(target=each.run, args=(given, ready, failures, offset)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit(f"bench-latency: {failures[0]}")


def report(given: argparse.Namespace, compared: list[Variant], load: float) -> None:
    print("| | calls | median | p99 | warm | connections | keepalives |\n|---|---|---|---|---|---|---|")
    for each in compared:
        print(each.row())
    lateness = statistics.quantiles([late * 1000 for each in compared for late in each.relay.lateness], n=100)
    server_ms = [seconds * 1000 for each in compared for seconds in each.server_seconds]
    print(
        f"\nIn round trips of {ROUND_TRIP * 1000:g} ms, without the server's {statistics.median(server_ms):.1f} ms; one call "
        f"every {given.every:g} s; the server closes a connection after {IDLE_LIMIT:g} s; for Java {given.every * SLOWER:g} s and "
        f"{SLOWER_IDLE_LIMIT:g} s; keep_warm={KEEP_WARM:g}; warm: less than "
        f"{WARM:g}. The relay was late by {lateness[49]:.2f} ms a chunk, {lateness[98]:.2f} ms at p99. {processors()}; load {load:.1f} "
        f"at the begin and {os.getloadavg()[0]:.1f} at the end; Python {sys.version.split()[0]}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, type=Path, help="the program cloudauth-bench-server")
    parser.add_argument("--build", required=True, type=Path, help="where the clients are")
    parser.add_argument("--calls", type=int, default=200, help="how many each variant makes")
    parser.add_argument("--every", type=float, default=3.0, help="seconds from one call to the next; at least 3")
    given = parser.parse_args()
    if given.calls < 1 or given.every < AHEAD + 2 * IDLE_LIMIT:
        sys.exit("bench-latency: --calls must be 1 at least and --every 3, so that the last call's connection is closed in between")
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as folder:
        usual, patient = (Path(folder) / name for name in ("usual.pem", "patient.pem"))
        load = os.getloadavg()[0]
        with (
            serving(given.server, "--tls", usual, "--idle-limit", str(IDLE_LIMIT), ca_file=usual) as first,
            serving(given.server, "--tls", patient, "--idle-limit", str(SLOWER_IDLE_LIMIT), ca_file=patient) as second,
        ):
            compared = variants(given.build, first, second)
            measure(given, compared)
            report(given, compared, load)


if __name__ == "__main__":
    main()
