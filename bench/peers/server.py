"""The servers that clients are measured with."""

import json
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DELAY = 0.03


@dataclass(frozen=True)
class Server:
    endpoint: str
    ca_file: Path | None
    pid: int

    def connections(self) -> int:
        """How many clients have made so far, without those that ask."""
        context = ssl.create_default_context(cafile=self.ca_file) if self.ca_file else None
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        with opener.open(f"{self.endpoint}/?TransactionId=connections", timeout=10) as reply:
            return int(json.load(reply)["connections"])


@contextmanager
def serving(*command: str | Path, ca_file: Path | None = None) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(json.loads(process.stdout.readline())["endpoint"], ca_file, process.pid)
        finally:
            process.kill()


@contextmanager
def of_kind(kind: str, program: Path, check: Path, folder: Path) -> Iterator[Server]:
    """`HTTP` and `TLS` are the usual ones; `slow` waits before each reply; `net/http` is Go's, with the same replies."""
    if kind == "TLS":
        ca_file = folder / "ca.pem"
        with serving(program, "--tls", ca_file, ca_file=ca_file) as server:
            yield server
    elif kind == "slow":
        with serving(program, "--delay", str(DELAY)) as server:
            yield server
    elif kind == "net/http":
        with serving(program) as first, serving(check, first.endpoint) as server:
            yield server
    else:
        with serving(program) as server:
            yield server
