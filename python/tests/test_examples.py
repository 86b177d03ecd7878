"""The programs of `examples/python`."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cloudauth.testing import Emulator

EXAMPLES = Path(__file__).parents[2] / "examples" / "python"


@pytest.fixture
def environment(emulator: Emulator) -> dict[str, str]:
    options = emulator.client_args
    return os.environ | {
        "CLOUDAUTH_ENDPOINT": emulator.endpoint,
        "ALIBABA_CLOUD_ACCESS_KEY_ID": options["access_key_id"],
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": options["access_key_secret"],
    }


def _run(environment: dict[str, str], program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / program), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_check(environment: dict[str, str]) -> None:
    passed = _run(environment, "check.py", "ekycpro200")
    assert (passed.returncode, passed.stdout.splitlines()[0]) == (0, "passed: True")
    assert "decision: accept" in passed.stdout
    assert _run(environment, "check.py", "faceliveness233").returncode == 1
    refused = _run(environment, "check.py", "errorThrottlingApi")
    assert (refused.returncode, refused.stderr[:10]) == (1, "throttled:")


def test_async(environment: dict[str, str]) -> None:
    done = _run(environment, "async.py", "ekycpro200")
    assert (done.returncode, done.stdout, done.stderr) == (0, "19 done, 1 cancelled\n", "")


def test_archive(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "filed"
    assert _run(environment, "archive.py", "ekycpro200", str(folder)).returncode == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["document-01.jpg", "face.jpg", "result.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / "result.json").read_text().startswith('{"request_id":')
    again = _run(environment, "archive.py", "ekycpro200", str(folder))
    assert again.returncode == 1 and "IoError" in again.stderr, "evidence is not overwritten"
