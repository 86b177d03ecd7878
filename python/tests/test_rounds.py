"""A life cycle that holds: random rounds, in a program of their own.

`CLOUDAUTH_ROUNDS` and `CLOUDAUTH_FORK_ROUNDS` say how many, `CLOUDAUTH_ROUNDS_SEED` which.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cloudauth.testing import Emulator

SEED = os.environ.get("CLOUDAUTH_ROUNDS_SEED", "1")


@pytest.mark.parametrize(
    ("kind", "rounds"),
    [("calls", os.environ.get("CLOUDAUTH_ROUNDS", "300")), ("fork", os.environ.get("CLOUDAUTH_FORK_ROUNDS", "300"))],
    ids=["calls", "fork"],
)
def test_every_call_ends_once(emulator: Emulator, kind: str, rounds: str) -> None:
    program = Path(__file__).with_name("rounds.py")
    command = [sys.executable, "-W", "ignore", str(program), emulator.endpoint, kind, rounds, SEED]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
