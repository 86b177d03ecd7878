"""``cloudauth bulk`` as the package brings it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from cloudauth.testing import Emulator

[_SCRIPT] = entry_points(group="console_scripts", name="cloudauth")
# A script that pip makes does just this.
_RUN = f"import sys; from {_SCRIPT.module} import {_SCRIPT.attr}; sys.exit({_SCRIPT.attr}())"
COMMANDS = {"module": [sys.executable, "-m", "cloudauth"], "script": [sys.executable, "-c", _RUN]}


def _started(emulator: Emulator, folder: Path, command: list[str], *options: str) -> subprocess.Popen[str]:
    keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "emulator-key-id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "emulator-key-secret"}
    arguments = ["bulk", "--in", "ids.csv", "--out", "out", "--resume", "--endpoint", emulator.endpoint, "--format", "json", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen([*command, *arguments], cwd=folder, env=os.environ | keys, stdout=pipe, stderr=pipe, text=True)


def _results(folder: Path) -> list[str]:
    *lines, _ = (folder / "out" / "results.jsonl").read_text().split("\n")
    return [json.loads(line)["transaction_id"] for line in lines]


def _list(folder: Path, count: int) -> None:
    rows = "".join(f"ekycpro200-no{number},order{number}\n" for number in range(count))
    (folder / "ids.csv").write_text("transaction_id,merchant_biz_id\n" + rows)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_each_is_archived_once(emulator: Emulator, tmp_path: Path, command: list[str]) -> None:
    _list(tmp_path, 3)
    for _ in range(2):
        run = _started(emulator, tmp_path, command, "--video-host", "127.0.0.1")
        out, err = run.communicate(timeout=60)
        assert (run.returncode, json.loads(out)["outcomes"]["fetched"]) == (0, 3), err
    assert sorted(_results(tmp_path)) == [f"ekycpro200-no{number}" for number in range(3)]
    assert (tmp_path / "out" / "archives" / "ekycpro200-no0" / "video.webm").exists()


def test_ctrl_c_ends_it_in_good_order(emulator: Emulator, tmp_path: Path) -> None:
    count = 120
    _list(tmp_path, count)
    options = ("--no-pictures", "--rate", "40")
    run = _started(emulator, tmp_path, COMMANDS["module"], *options)
    end = time.monotonic() + 30
    while not (tmp_path / "out" / "results.jsonl").exists() or len(_results(tmp_path)) < 10:
        assert time.monotonic() < end, run.poll()
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (8, ""), out
    assert 10 <= len(_results(tmp_path)) < count
    again = _started(emulator, tmp_path, COMMANDS["module"], *options)
    out, err = again.communicate(timeout=60)
    assert (again.returncode, err) == (0, ""), out
    results = _results(tmp_path)
    assert len(results) == len(set(results)) == count
