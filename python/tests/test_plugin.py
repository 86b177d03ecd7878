"""What a merchant's own tests use, and the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cloudauth.testing import Emulator

PROJECT = '''
import cloudauth

def fetch(client):
    return client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]

def test_fetch(cloudauth_emulator):
    with cloudauth.Client(**cloudauth_emulator.client_args) as client:
        assert fetch(client)
    assert len(cloudauth_emulator.calls) == 1

def test_each_test_has_its_own(cloudauth_emulator):
    assert cloudauth_emulator.calls == []
'''


def test_a_project_that_uses_the_fixture(tmp_path: Path) -> None:
    (tmp_path / "test_project.py").write_text(PROJECT)
    arguments = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ended = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "2 passed" in ended.stdout, ended.stdout + ended.stderr


def _command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cloudauth", *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_command(emulator: Emulator, tmp_path: Path) -> None:
    keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "emulator-key-id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "emulator-key-secret"}
    check = ("check", "--biz", "demo", "--endpoint", emulator.endpoint, "--format", "json")
    passed = _command(*check, "ekycpro200", **keys)
    assert (passed.returncode, passed.stdout[:14]) == (0, '{"request_id":')
    assert _command(*check, "faceliveness233", **keys).returncode == 1
    assert _command("explain").returncode == 2
    assert "Usage: cloudauth" in _command("--help").stdout
