"""Programs that close every descriptor they find, as python-daemon and Celery's `close_open_fds` do."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cloudauth.testing import Emulator

BEGIN = """
import asyncio, gc, os, sys, tempfile, time
import cloudauth

endpoint = sys.argv[1]
KEYS = {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}
client = cloudauth.Client(endpoint=endpoint, **KEYS)
asynchronous = cloudauth.AsyncClient(endpoint=endpoint, **KEYS)
called_for_keys = cloudauth.Client(endpoint=endpoint, credentials=lambda: KEYS)

def fetch(made_here=True):
    clients = [client, called_for_keys]
    if made_here:
        clients.append(cloudauth.Client(endpoint=endpoint, **KEYS))
    for each in clients:
        assert each.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", timeout=5)["passed"]
        assert all(outcome.result for outcome in each.check_many([{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 3))
    async def awaited():
        assert (await asynchronous.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", timeout=5))["passed"]
    asyncio.run(awaited())

def close_all():
    # Connections of clients that are gone may be on their way out.
    time.sleep(0.2)
    os.closerange(3, 4096)

def in_child(work):
    child = os.fork()
    if child == 0:
        try:
            work()
            sys.stderr.flush()
            os._exit(0)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""

PROGRAMS = {
    "in a child": """
fetch()
in_child(lambda: (close_all(), fetch(), fetch()))
fetch()
""",
    "in a child that has called": "in_child(lambda: (fetch(), close_all(), fetch(), fetch()))",
    "in a grandchild": """
fetch()
in_child(lambda: in_child(lambda: (close_all(), fetch(), in_child(fetch))))
fetch()
""",
    "without a fork": "fetch(); close_all(); fetch(); close_all(); fetch()",
    "without a fork, and connections kept warm": """
client = cloudauth.Client(endpoint=endpoint, keep_warm=1, **KEYS)
def rested():
    # None is in the middle of a keepalive, nor will be soon.
    before = client.stats()["keepalives"]
    while client.stats()["keepalives"] < before + 2:
        time.sleep(0.01)
    sent = 0
    while sent != client.stats()["keepalives"]:
        sent = client.stats()["keepalives"]
        time.sleep(0.2)
fetch()
rested()
os.closerange(3, 4096)
files = [tempfile.TemporaryFile() for _ in range(64)]
for number, file in enumerate(files):
    file.write(b"%d" % number)
    file.flush()
time.sleep(2.5)
sent = client.stats()["keepalives"]
fetch()
rested()
assert client.stats()["keepalives"] > sent
for number, file in enumerate(files):
    file.seek(0)
    assert file.read() == b"%d" % number
""",
    # Files that get the numbers of what was closed are the program's, and stay open and untouched.
    "without a fork, and files in their place": """
fetch()
close_all()
files = [tempfile.TemporaryFile() for _ in range(64)]
for number, file in enumerate(files):
    file.write(b"%d" % number)
    file.flush()
# What closes idle connections looks once a second.
time.sleep(1.5)
fetch()
client.close()
del client, asynchronous
called_for_keys.close()
gc.collect()
for number, file in enumerate(files):
    file.seek(0)
    assert file.read() == b"%d" % number
""",
}


# Finding E2: every client failed with `IoError` for ever.
@pytest.mark.parametrize("program", PROGRAMS)
def test_descriptors_that_are_closed(emulator: Emulator, program: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", BEGIN + PROGRAMS[program], emulator.endpoint]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
