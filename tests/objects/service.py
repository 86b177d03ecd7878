"""The emulator and the command."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store import KEYS

CLOUDAUTH = os.environ["CLOUDAUTH_BIN"]


class Emulator:
    def __init__(self) -> None:
        self._process = subprocess.Popen([CLOUDAUTH, "emulator"], stdout=subprocess.PIPE, text=True)
        watchdog = threading.Timer(30, self._process.kill)
        watchdog.start()
        assert self._process.stdout
        line = self._process.stdout.readline()
        watchdog.cancel()
        assert line, "the emulator ended before it was ready"
        self.ready: dict[str, str] = json.loads(line)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def control(self, name: str, arguments: dict[str, Any] | None = None) -> Any:
        data = None if arguments is None else json.dumps(arguments).encode()
        with urllib.request.urlopen(f"{self.ready['endpoint']}/control/{name}", data, timeout=10) as answer:
            return json.load(answer)

    def attempts(self, action: str) -> list[dict[str, Any]]:
        return [attempt for attempt in self.control("attempts")["attempts"] if attempt["action"] == action]


class Machine:
    """Where the command runs, with a place of its own for temporary files."""

    def __init__(self, emulator: Emulator, endpoint: str, folder: Path) -> None:
        self.folder, self.temporary = folder, folder / "tmp"
        self.temporary.mkdir(parents=True)
        self.environment = {
            "CLOUDAUTH_ENDPOINT": emulator.ready["endpoint"],
            "ALIBABA_CLOUD_ACCESS_KEY_ID": emulator.ready["access_key_id"],
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": emulator.ready["access_key_secret"],
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": endpoint,
            "TMPDIR": str(self.temporary),
            **KEYS,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [CLOUDAUTH, *arguments], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        stdout, stderr = process.communicate(timeout=120)
        assert process.returncode >= 0, stderr
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)

    def archive(self, started: Path, out: str, *more: str) -> dict[str, Any]:
        """Archives with success."""
        done = self.run("archive", str(started), "--out", out, "--video-host", "127.0.0.1", *more)
        assert done.returncode == 0, done
        return dict(json.loads(done.stdout))

    def verify(self, url: str) -> dict[str, Any]:
        done = self.run("archive", "verify", url)
        assert done.stdout, done
        return dict(json.loads(done.stdout))

    def is_clean(self) -> bool:
        """Whether nothing is left of what was worked on."""
        return not list(self.temporary.iterdir())


def started(machine: Machine, emulator: Emulator, name: str) -> tuple[Path, str]:
    """A verification whose person is done; the file that its start gave, and its id."""
    path = machine.folder / f"{name}.json"
    given = ["--product-code", "eKYC_PRO", "--meta-info", "{}", "--doc-type", "GLB03002", "--doc-video", "true"]
    done = machine.run("start", *given, "--out", str(path))
    assert done.returncode == 0, done
    transaction = str(json.loads(path.read_text())["transaction_id"])
    emulator.control("finish", {"transaction_id": transaction, "sub_code": "200"})
    return path, transaction


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def failed(done: subprocess.CompletedProcess[str], code: int, says: str) -> None:
    assert (done.returncode, done.stdout) == (code, ""), done
    assert done.stderr.count("\n") == 1 and says in done.stderr, done
