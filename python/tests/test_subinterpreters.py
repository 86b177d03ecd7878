"""Subinterpreters, as uWSGI with two mounts and mod_wsgi make them: a clear refusal, and no harm to the main one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cloudauth
from cloudauth.testing import Emulator

PACKAGE = Path(cloudauth.__file__).parents[1]

# Which module makes them, and how those that share the GIL are asked for, differs from version to version.
BEGIN = """
import sys
endpoint = sys.argv[1]
if sys.version_info >= (3, 13):
    import _interpreters as interpreters
    create = lambda: interpreters.create("legacy")
else:
    import _xxsubinterpreters as interpreters
    create = lambda: interpreters.create(isolated=False)

REFUSED = '''
try:
    import cloudauth
except ImportError as error:
    assert "subinterpreter" in str(error) and "single-interpreter" in str(error), error
else:
    raise SystemExit("imported")
'''

def refused():
    interpreter = create()
    failed = interpreters.run_string(interpreter, REFUSED)
    assert failed is None, failed
    interpreters.destroy(interpreter)

def fetch():
    client = cloudauth.Client(endpoint=endpoint, access_key_id="emulator-key-id", access_key_secret="emulator-key-secret")
    assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
    try:
        client.check_result(transaction_id="", merchant_biz_id="demo")
    except cloudauth.InvalidArgumentError:
        pass
"""

PROGRAMS = {
    "before the main one": "for _ in range(5): refused()\nimport cloudauth\nfetch()",
    "beside the main one": "import cloudauth\nfetch()\nfor _ in range(5): refused(); fetch()",
    "during a call": """
import asyncio, threading
import cloudauth
client = cloudauth.AsyncClient(endpoint=endpoint, access_key_id="emulator-key-id", access_key_secret="emulator-key-secret")
async def wait():
    call = asyncio.create_task(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo"))
    # One turn, so that it is under way.
    await asyncio.sleep(0)
    refused()
    assert (await call)["passed"]
for _ in range(20): asyncio.run(wait())
""",
}


def _pythons() -> list[str]:
    """This interpreter, and what pyenv has of later ones: subinterpreters are not the same twice."""
    others = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.1[0-9]*/bin/python3"))
    return [sys.executable, *map(str, others)]


# Finding E1: shared classes, `NameError`, and on 3.12 and 3.13 the end of the process.
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("python", _pythons(), ids=lambda python: Path(python).parents[1].name)
def test_a_subinterpreter_is_refused(emulator: Emulator, python: str, program: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, "-W", "ignore", "-c", BEGIN + PROGRAMS[program], emulator.endpoint]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
