"""The commands of the README."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from cloudauth.testing import Emulator


@pytest.mark.parametrize("command", ["shop.demo", "uvicorn --factory shop.app:from_environment --no-access-log --port"])
def test_a_command_serves_the_shop(command: str, emulator: Emulator, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    keys = emulator.client_args
    environment = os.environ | {
        "SHOP_URL": f"http://127.0.0.1:{port}",
        "SHOP_DATABASE": str(tmp_path / "shop.sqlite3"),
        "CLOUDAUTH_ENDPOINT": keys["endpoint"],
        "ALIBABA_CLOUD_ACCESS_KEY_ID": keys["access_key_id"],
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": keys["access_key_secret"],
    }
    line = [sys.executable, "-m", *command.split(), str(port)]
    with subprocess.Popen(line, env=environment, cwd=Path(__file__).parents[1], stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(port)
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("POST", "/verifications", "meta_info={}", {"Content-Type": "application/x-www-form-urlencoded"})
            reply = connection.getresponse()
            assert reply.status == 303
            # The demo has an emulator of its own.
            assert (reply.getheader("Location") or "").startswith(emulator.endpoint) == command.startswith("uvicorn")
            connection.close()
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=10)
        finally:
            process.kill()
    assert "Traceback" not in said


def _wait(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the shop does not start"
            time.sleep(0.05)
        else:
            return
