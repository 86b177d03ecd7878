#!/usr/bin/env python3
"""Sixteen workers in Python, Go and Java on one quota: run.py --go PROGRAM --java CLASSES [--rates 10,3] [--seconds 60] [--short]

A real Redis is killed, stopped, out of memory and without its script, and the clock of a worker is off by an hour. The emulator
says what came when, by its clock. With --short, six workers show in half a minute what holds on a busy machine, too. CLOUDAUTH_BIN is the command, and the Python that runs this has the package.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
# How long Redis may be back before the fleet must be as fast as before.
BACK = 2


class Redis:
    def __init__(self, folder: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        self.start()

    def start(self) -> None:
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder]
        self.process = subprocess.Popen(["redis-server", *arguments], stdout=subprocess.DEVNULL)
        for _ in range(500):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.02)
        raise SystemExit("fleet: redis-server does not listen")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def command(self, *parts: str) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            text = f"*{len(parts)}\r\n" + "".join(f"${len(part)}\r\n{part}\r\n" for part in parts)
            connection.sendall(text.encode())
            return connection.recv(65536)


class Emulator:
    def __init__(self) -> None:
        command = [os.environ["CLOUDAUTH_BIN"], "emulator", "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.endpoint = json.loads(self.process.stdout.readline())["endpoint"]

    def control(self, path: str, method: str = "GET") -> Any:
        request = urllib.request.Request(f"{self.endpoint}/control/{path}", method=method)
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)

    def arrivals(self) -> list[float]:
        return sorted(attempt["at_seconds"] for attempt in self.control("attempts")["attempts"])


class Fleet:
    def __init__(self) -> None:
        self.workers: list[subprocess.Popen[str]] = []

    def start(self, options: argparse.Namespace, endpoint: str, redis: Redis, rate: int) -> None:
        arguments = [endpoint, f"redis://127.0.0.1:{redis.port}/0?account=fleet", str(rate)]
        python, go, java = (2, 2, 2) if options.short else (6, 5, 5)
        commands = [[sys.executable, str(HERE / "worker.py")]] * python + [[options.go]] * go
        commands += [["java", "-Xmx64m", "-XX:+UseSerialGC", "-cp", options.java, "Worker"]] * java
        for index, command in enumerate(commands):
            environment = dict(os.environ)
            if index == 0:
                environment |= {"LD_PRELOAD": str(FAKETIME), "FAKETIME": "+1h", "DONT_FAKE_MONOTONIC": "1"}
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.workers.append(subprocess.Popen([*command, *arguments], env=environment, text=True, **pipes))

    def end(self) -> list[dict[str, Any]]:
        for worker in self.workers:
            assert worker.stdin
            worker.stdin.close()
        reports = []
        for worker in self.workers:
            assert worker.stdout
            reports.append(json.loads(worker.stdout.read()))
            worker.wait()
        return reports

    def kill(self) -> None:
        for worker in self.workers:
            worker.kill()


def most(times: list[float]) -> int:
    first = found = 0
    for last, at in enumerate(times):
        while times[first] + 1 <= at:
            first += 1
        found = max(found, last - first + 1)
    return found


def faults(redis: Redis, seconds: float) -> dict[str, tuple[Any, Any, float]]:
    """What breaks Redis, what heals it, and how long it is broken."""
    short = min(10.0, seconds / 6)
    return {
        "calm": (lambda: None, lambda: None, 0.0),
        "killed": (redis.kill, redis.start, short),
        "stopped": (lambda: redis.signal(signal.SIGSTOP), lambda: redis.signal(signal.SIGCONT), short),
        "no memory": (
            lambda: redis.command("CONFIG", "SET", "maxmemory", "1"),
            lambda: redis.command("CONFIG", "SET", "maxmemory", "0"),
            short,
        ),
        "no script": (lambda: redis.command("SCRIPT", "FLUSH"), lambda: None, 0.0),
    }


@dataclass
class Limits:
    """What must hold: parts of the rate that are used, and by how much of the mean a worker's calls may differ."""

    used: float
    used_after: float
    apart: float
    busy: bool

    def most(self, rate: int, fault: str) -> int:
        """In a second. On a busy machine, requests that had their permits wait for a core and come together."""
        return 2 * rate + 1 if self.busy else max(rate + 1, rate * 101 // 100) + (fault == "killed")


STRICT = Limits(used=0.95, used_after=0.95, apart=0.2, busy=False)
SHORT = Limits(used=0.5, used_after=0.5, apart=0.7, busy=True)


def watch(options: argparse.Namespace, rate: int) -> list[str]:
    problems: list[str] = []
    limits = SHORT if options.short else STRICT
    with tempfile.TemporaryDirectory() as folder:
        redis, emulator = Redis(folder), Emulator()
        fleet = Fleet()
        try:
            fleet.start(options, emulator.endpoint, redis, rate)
            key = f"cloudauth:{{fleet/{emulator.endpoint.removeprefix('http://')}/KeepaliveIntl}}:places"
            for _ in range(600):
                if redis.command("ZCARD", key) == f":{len(fleet.workers)}\r\n".encode():
                    break
                time.sleep(0.1)
            else:
                raise SystemExit(f"fleet: not all workers have come: {redis.command('ZCARD', key)!r}")
            # All must know of all others.
            time.sleep(5)
            every = faults(redis, options.seconds)
            for name in options.faults.split(",") if options.faults else every:
                breaks, heals, broken = every[name]
                emulator.control("stats", "DELETE")
                begun = time.monotonic()
                time.sleep(options.seconds / 6)
                breaks()
                time.sleep(broken)
                heals()
                healed = time.monotonic() - begun
                time.sleep(max(0.0, options.seconds - healed))
                took = time.monotonic() - begun
                times = emulator.arrivals()
                # Before the fleet knew of its new places, the next fault would find it without shares.
                time.sleep(0 if options.seconds >= 30 else 4)
                end = times[-1]
                after = [at for at in times if at >= end - (took - healed - BACK)]
                used = len(times) / (rate * took)
                used_after = len(after) / (rate * (took - healed - BACK))
                found, allowed = most(times), limits.most(rate, name)
                print(
                    f"{rate} a second, {name}: {len(times)} in {took:.0f} s, {used:.1%} of the rate, {found} in a second at most; "
                    f"{used_after:.1%} from {BACK} s after",
                    flush=True,
                )
                if found > allowed:
                    problems.append(f"{rate} a second, {name}: {found} came in a second, {allowed} may")
                # What the end of a window cuts off is a permit at most.
                if not limits.used <= used <= 1.15 or used_after + 1 / (rate * (took - healed - BACK)) < limits.used_after:
                    problems.append(f"{rate} a second, {name}: {used:.1%} was used, {used_after:.1%} after it")
            reports = fleet.end()
        finally:
            fleet.kill()
            emulator.process.kill()
            redis.kill()
    calls = [report["calls"] for report in reports]
    mean = sum(calls) / len(calls)
    total = {name: sum(report["stats"][name] for report in reports) for name in ("shared_permits", "own_permits", "quota_losses")}
    failed = sum(report["failed"] for report in reports)
    print(f"{rate} a second: {min(calls)} to {max(calls)} calls of a worker, {mean:.1f} on average; {total}; {failed} failed")
    # A call more or less is chance.
    if min(calls) < (1 - limits.apart) * mean - 1 or max(calls) > (1 + limits.apart) * mean + 1:
        problems.append(f"{rate} a second: a worker made {min(calls)} calls, another {max(calls)}")
    return problems


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--go", required=True)
    parser.add_argument("--java", required=True)
    parser.add_argument("--rates", default="10,3")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--faults", help="some of calm,killed,stopped,no memory,no script")
    parser.add_argument("--short", action="store_true", help="six workers, and what holds on a busy machine")
    options = parser.parse_args()
    if options.short:
        options.rates, options.seconds, options.faults = "10", 9.0, "killed,stopped"
    if not shutil.which("redis-server"):
        raise SystemExit("fleet: redis-server is missing; apt-get install redis-server")
    if FAKETIME is None:
        raise SystemExit("fleet: libfaketime is missing; apt-get install faketime")
    problems = [problem for rate in options.rates.split(",") for problem in watch(options, int(rate))]
    if problems:
        raise SystemExit("\n".join(problems))


if __name__ == "__main__":
    main()
