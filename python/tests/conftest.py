"""What all tests share."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import cloudauth
from cloudauth.testing import Emulator

CASES = Path(__file__).parents[2] / "tests" / "conformance" / "cases"
CASE_FOLDERS = sorted(reply.parent for reply in CASES.rglob("reply.http"))


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    """One emulator for all, with the recorded replies."""
    with Emulator(cases=CASES) as emulator:
        yield emulator


@pytest.fixture
def client(emulator: Emulator) -> Iterator[cloudauth.Client]:
    with cloudauth.Client(**emulator.client_args) as client:
        yield client


class SilentServer:
    """Takes connections and never answers."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.accepted = threading.Semaphore(0)
        self.closed_at: list[float] = []
        """When clients let go of their connections, by the monotonic clock."""
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._hold, args=(connection,), daemon=True).start()

    def _hold(self, connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            self.accepted.release()
            try:
                while connection.recv(65536):
                    pass
            except OSError:
                pass
            self.closed_at.append(time.monotonic())

    def close(self) -> None:
        # A thread that waits in accept would keep the socket.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    server = SilentServer()
    yield server
    server.close()


KEYS: cloudauth.Credentials = {"access_key_id": "id", "access_key_secret": "secret"}
