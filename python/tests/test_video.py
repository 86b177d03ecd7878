"""The list of `tests/calls/video.json`, which all languages share: what becomes of a video, and where none is fetched from."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS
from .recorder import Recorder, serving

VIDEO: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "tests" / "calls" / "video.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with serving() as server:
        yield server


def _filled(case: dict[str, Any], port: int) -> dict[str, Any]:
    text = json.dumps(case).replace("{origin}", f"http://127.0.0.1:{port}").replace("{port}", str(port))
    return cast("dict[str, Any]", json.loads(text))


def _blocking(endpoint: str, to: Path, arguments: dict[str, Any]) -> cloudauth.Video:
    with cloudauth.Client(endpoint=endpoint, max_attempts=1, **KEYS) as client:
        return client.download_video(to=str(to), **arguments)


def _on_a_loop(endpoint: str, to: Path, arguments: dict[str, Any]) -> cloudauth.Video:
    async def run() -> cloudauth.Video:
        async with cloudauth.AsyncClient(endpoint=endpoint, max_attempts=1, **KEYS) as client:
            return await client.download_video(to=str(to), **arguments)

    return asyncio.run(run())


@pytest.mark.parametrize("run", [_blocking, _on_a_loop])
@pytest.mark.parametrize("case", VIDEO["cases"], ids=[case["name"] for case in VIDEO["cases"]])
def test_a_video_ends_as_the_list_says(recorder: Recorder, tmp_path: Path, case: dict[str, Any], run: Any) -> None:
    recorder.seen.clear()
    case, to = _filled(case, recorder.server_port), tmp_path / "video.webm"
    reply = case.get("reply", "").encode()
    recorder.answer((case.get("status", 200), reply))
    if "fails" in case:
        with pytest.raises(cloudauth.Error) as failed:
            run(recorder.endpoint, to, case["arguments"])
        assert failed.value.kind == case["fails"]
        is_there = False
    else:
        video = run(recorder.endpoint, to, case["arguments"])
        assert case["gives"].items() <= dict(video).items()
        is_there = video["path"] == str(to)
    assert len(recorder.seen) == case["requests"]
    assert list(tmp_path.iterdir()) == ([to] if is_there else [])
    assert not is_there or to.read_bytes() == reply


def test_no_hostile_url_leads_anywhere(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for case in VIDEO["urls"]:
            case = _filled(case, listener.getsockname()[1])
            arguments = {"result": {"sub_code": "200", "face": {"video_url": case["url"]}}}
            if "video_hosts" in case:
                arguments["video_hosts"] = case["video_hosts"]
            with pytest.raises(cloudauth.BlockedError):
                _blocking("https://service.invalid", tmp_path / "video.webm", arguments)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_a_download(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        pressed: list[float] = []

        def press() -> None:
            with listener.accept()[0] as stream:
                stream.recv(4096)
                stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n\x1a\x45\xdf\xa3456789")
                time.sleep(0.2)
                pressed.append(time.monotonic())
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
                stream.recv(1)

        server = threading.Thread(target=press)
        server.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v.webm"
        arguments = {"result": {"sub_code": "200", "face": {"video_url": url}}, "video_hosts": ["127.0.0.1"]}
        with pytest.raises(KeyboardInterrupt):
            _blocking("https://service.invalid", tmp_path / "video.webm", arguments)
        # 100 ms, and what a busy machine adds.
        assert time.monotonic() - pressed[0] < 1
        server.join()
    assert list(tmp_path.iterdir()) == []


_MANY = """
import concurrent.futures, os, sys
import cloudauth

def most_memory():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))

endpoint, folder, count, key_id, secret = sys.argv[1:]
started = {
    "version": 1, "endpoint": endpoint, "transaction_id": "ekycpro200-video8MiB", "merchant_biz_id": "b",
    "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
}
with cloudauth.Client(endpoint=endpoint, access_key_id=key_id, access_key_secret=secret) as client:
    def fetch(number):
        lengths = []
        to = (lambda data: lengths.append(len(data))) if folder == "-" else os.path.join(folder, f"{number}.webm")
        assert client.download_video(to=to, started=started, video_hosts=["127.0.0.1"])["length"] == 8 << 20
        if folder == "-":
            assert sum(lengths) == 8 << 20
        else:
            os.remove(to)

    fetch(0)
    before = most_memory()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(fetch, range(int(count))))
    print(most_memory() - before)
"""


@pytest.mark.parametrize("into", ["files", "a function"])
def test_many_videos_take_little_memory(emulator: Emulator, tmp_path: Path, into: str) -> None:
    count = os.environ.get("CLOUDAUTH_VIDEOS", "48")
    args = emulator.client_args
    to = str(tmp_path) if into == "files" else "-"
    given = [args["endpoint"], to, count, args["access_key_id"], args["access_key_secret"]]
    run = subprocess.run([sys.executable, "-c", _MANY, *given], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    print(f"{count} videos of 8 MiB, 16 at a time, into {into}: {run.stdout.strip()} KiB")
    assert int(run.stdout) < 64 << 10
