"""What is found in the memory of a process that has made calls and let go of its clients.

The keys reach the library by files, a program and the environment: an object of Python's that held them would be found, and is
not the library's to wipe.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cloudauth.testing import Emulator

Source = Callable[[Path, str, str], dict[str, str]]
CALLS = int(os.environ.get("CLOUDAUTH_MEMORY_CALLS", "60"))

PROGRAM = """
import asyncio, gc, sys
import cloudauth
endpoint, calls = sys.argv[1], int(sys.argv[2])

def use():
    client = cloudauth.Client(endpoint=endpoint)
    for number in range(calls // 2):
        result = client.check_result(transaction_id="pictured", merchant_biz_id="demo", return_image=number % 10 == 0)
        assert result["passed"]
    async def awaited():
        async with cloudauth.AsyncClient(endpoint=endpoint) as asynchronous:
            for number in range(calls // 2):
                assert (await asynchronous.check_result(transaction_id="pictured", merchant_biz_id="demo", return_image=number % 10 == 0))["passed"]
    asyncio.run(awaited())
    client.close()

use()
gc.collect()
print("ready", flush=True)
sys.stdin.read()
"""


def _memory(process: int) -> Iterator[tuple[str, bytes]]:
    """What can be written to, but for the stack's end, where the system puts the environment."""
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \S+\s*(.*)", line)
            if match is None or match[3] in ("[vvar]", "[stack]"):
                continue
            begin, end = int(match[1], 16), int(match[2], 16)
            try:
                memory.seek(begin)
                yield match[3], memory.read(end - begin)
            except OSError:
                continue


def _found(process: int, needle: bytes) -> list[bytes]:
    """What stands before each place where `needle` is."""
    parts = (part for _, part in _memory(process))
    return [part[max(0, at.start() - 22) : at.start()] for part in parts for at in re.finditer(re.escape(needle), part)]


def _by_file(folder: Path, secret: str, token: str) -> dict[str, str]:
    path = folder / "credentials"
    path.write_text(f"[default]\ntype = sts\naccess_key_id = emulator-key-id\naccess_key_secret = {secret}\nsecurity_token = {token}\n")
    path.chmod(0o600)
    return {"ALIBABA_CLOUD_CREDENTIALS_FILE": str(path)}


def _by_config(folder: Path, secret: str, token: str) -> dict[str, str]:
    path = folder / "config.json"
    keys = {"access_key_id": "emulator-key-id", "access_key_secret": secret, "sts_token": token}
    path.write_text(json.dumps({"current": "default", "profiles": [{"name": "default", "mode": "StsToken", **keys}]}))
    path.chmod(0o600)
    return {"ALIBABA_CLOUD_CONFIG_FILE": str(path)}


def _by_program(folder: Path, secret: str, token: str) -> dict[str, str]:
    keys = {"mode": "StsToken", "access_key_id": "emulator-key-id", "access_key_secret": secret, "sts_token": token}
    keys["expiration"] = "2099-01-01T00:00:00Z"
    program = folder / "keys.sh"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(keys)}\nEND\n")
    program.chmod(0o700)
    path = folder / "config.json"
    profile = {"name": "default", "mode": "External", "process_command": str(program)}
    path.write_text(json.dumps({"current": "default", "profiles": [profile]}))
    path.chmod(0o600)
    folder.chmod(0o700)
    return {"ALIBABA_CLOUD_CONFIG_FILE": str(path)}


# Finding C9: six copies of the security token were left.
@pytest.mark.parametrize("source", [_by_file, _by_config, _by_program], ids=lambda source: source.__name__[4:])
def test_no_copies_of_keys_and_pictures_pile_up(tmp_path: Path, source: Source) -> None:
    # The emulator's secret is known; the token is this run's.
    token = "canary-token-" + os.urandom(24).hex()
    picture = b"\xff\xd8\xff" + os.urandom(200_000)
    text = base64.b64encode(picture).decode()
    face = json.dumps({"faceImg": text})
    body = json.dumps({"Code": "Success", "RequestId": "R-1", "Result": {"Passed": "Y", "SubCode": "200", "ExtFaceInfo": face}})
    case = tmp_path / "cases" / "pictured"
    case.mkdir(parents=True)
    (case / "reply.http").write_text(f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{body}")
    folder = tmp_path / "keys"
    folder.mkdir()
    with Emulator(security_token=token, cases=tmp_path / "cases") as emulator:
        secret = emulator.client_args["access_key_secret"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ALIBABA")}
        environment |= {"HOME": str(folder), "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"} | source(folder, secret, token)
        command = [sys.executable, "-c", PROGRAM, emulator.endpoint, str(CALLS)]
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            secrets = _found(process.pid, secret.encode())
            tokens = _found(process.pid, token.encode())
            # As text it is never Python's. As bytes it is: what `bytes` leave behind is freed by Python, and not wiped.
            pictures = [where for part in (1000, 100_000, 200_000) for where in _found(process.pid, text[part : part + 32].encode())]
            process.communicate("")
    assert secrets == []
    # What hyper writes a request from and reads a reply into is freed by it, and not ours to wipe: each connection's last
    # request, and parts of its latest replies, however many there were.
    assert len(tokens) <= 4
    assert set(tokens) <= {b"x-acs-security-token: "}
    assert len(pictures) <= 24
