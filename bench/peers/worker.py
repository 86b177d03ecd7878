"""A measured client's process, and what the driver sees of it from outside.

The command gets more arguments: ENDPOINT KIB IN_FLIGHT [CA_FILE], where KIB is the base64 in each of two images, and 0 means none.
It prints `ready`. For each line that it reads, `call` or SECONDS, it calls once, or with IN_FLIGHT callers until the time is over
and at least once each; a caller keeps what it needs from one line to the next. It then prints {"calls": …, "seconds": …} and ends
with its input. A reply that is not what the server sent makes it fail.
"""

import json
import os
import select
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from peers import Peer
from server import Server

PATIENCE = 120.0


def environment() -> dict[str, str]:
    """A client's, without a proxy."""
    return {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}


def cpu_seconds(pid: int) -> float:
    """What a process has used, with the threads that have ended; the number of its clock is (~pid << 3) | 2 in Linux."""
    return time.clock_gettime((~pid << 3) | 2)


def switches(pid: int) -> int:
    """How often its threads have waited for something."""
    count = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        try:
            count += int(_field(status, "voluntary_ctxt_switches"))
        except (FileNotFoundError, ProcessLookupError):
            pass  # the thread has ended
    return count


def _field(file: Path, name: str) -> str:
    return next(line.split()[1] for line in file.read_text().splitlines() if line.startswith(f"{name}:"))


class Worker:
    def __init__(self, peer: Peer, endpoint: str, kib: int, in_flight: int, ca_file: Path | None, *more: str) -> None:
        self.peer = peer
        arguments = [endpoint, str(kib), str(in_flight), *([str(ca_file)] if ca_file else []), *more]
        self.complaints = tempfile.TemporaryFile("w+")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.complaints}
        self.process = subprocess.Popen([*peer.command, *arguments], **pipes, text=True, bufsize=1, env=environment())
        self.seconds = 0.0

    def ready(self) -> None:
        self.answer()

    def ask(self, line: str) -> dict[str, float]:
        self.send(line)
        return json.loads(self.answer())

    def send(self, line: str) -> None:
        with suppress(BrokenPipeError):  # its answer says that it has ended
            self.process.stdin.write(f"{line}\n")

    def answer(self) -> str:
        readable, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if readable else ""
        if not line:
            self.complaints.seek(0)
            how = "ended early" if readable else f"gave no answer within {PATIENCE:g} s"
            raise RuntimeError(f"{self.peer.group}, {self.peer.name}: {how}: {self.complaints.read().strip()}")
        return line

    def warm(self, seconds: float, least: float) -> None:
        """Calls for a while, and then knows how long a measurement must take to have several calls."""
        self.ready()
        report = self.ask(f"{seconds}")
        self.seconds = max(least, min(4 * least, 8 * report["seconds"] / report["calls"]))

    def measure(self, server: Server) -> dict[str, float]:
        """What a round gives: measures by name, those of a call as an average."""
        pids = (self.process.pid, server.pid)
        connections = server.connections()
        before = [(switches(pid), cpu_seconds(pid)) for pid in pids]
        report = self.ask(f"{self.seconds}")
        used = [cpu_seconds(pid) for pid in pids]
        waited = [switches(pid) for pid in pids]
        calls = report["calls"]
        status = Path(f"/proc/{self.process.pid}/status")
        return {
            "rate": calls / report["seconds"],
            "cpu_us": (used[0] - before[0][1]) / calls * 1e6,
            "server_cpu_us": (used[1] - before[1][1]) / calls * 1e6,
            "switches": (waited[0] - before[0][0]) / calls,
            "server_switches": (waited[1] - before[1][0]) / calls,
            # Those that ask for the number are not the client's.
            "connections": (server.connections() - connections - 1) / calls,
            "resident_kib": int(_field(status, "VmRSS")),
            "peak_kib": int(_field(status, "VmHWM")),
        }

    def end(self) -> None:
        """Lets it end by itself."""
        self.process.stdin.close()
        if self.process.wait(PATIENCE):
            raise RuntimeError(f"{self.peer.group}, {self.peer.name} ended with {self.process.returncode}")

    def kill(self) -> None:
        with self.complaints, suppress(BrokenPipeError), self.process:
            self.process.kill()


def one_shot(peer: Peer, endpoint: str, ca_file: Path | None) -> dict[str, float]:
    """A process that makes one call and ends."""
    began = time.perf_counter()
    worker = Worker(peer, endpoint, 0, 1, ca_file)
    try:
        worker.ready()
        worker.ask("call")
        worker.end()
        return {"process_ms": (time.perf_counter() - began) * 1000}
    finally:
        worker.kill()
