"""Processes that gevent or eventlet has patched."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cloudauth.testing import Emulator

KEYS = '{"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}'

PATCHES = {
    "gevent first": "from gevent import monkey; monkey.patch_all()\nimport cloudauth, gevent; sleep = gevent.sleep",
    "gevent last": "import cloudauth\nfrom gevent import monkey; monkey.patch_all()\nimport gevent; sleep = gevent.sleep",
    "eventlet": "import eventlet; eventlet.monkey_patch()\nimport cloudauth; sleep = eventlet.sleep",
}

CALLABLES = {
    "plain": f"def keys(): return {KEYS}",
    "that sleeps": f"def keys(): sleep(0.01); time.sleep(0.01); return {KEYS}",
    "with a lock": f"lock = threading.Lock()\ndef keys():\n    with lock: return {KEYS}",
    "coroutine": f"import asyncio\nasync def keys(): await asyncio.sleep(0.01); return {KEYS}",
}


def _run(program: str, emulator: Emulator) -> None:
    command = [sys.executable, "-W", "ignore", "-c", program, emulator.endpoint]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


# Finding C6: the thread that calls it was a greenlet, which waited for the call that waited for it.
@pytest.mark.parametrize("patch", PATCHES)
@pytest.mark.parametrize("callable", CALLABLES)
def test_a_credentials_callable_answers(emulator: Emulator, patch: str, callable: str) -> None:
    pytest.importorskip(patch.split()[0])
    program = f"""
import sys
{PATCHES[patch]}
import threading, time
{CALLABLES[callable]}
with cloudauth.Client(endpoint=sys.argv[1], credentials=keys, timeout=5) as client:
    for _ in range(3):
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
"""
    _run(program, emulator)


# Finding L7: a call that blocks stops the hub; the hub's own pool of threads does not.
def test_a_call_in_the_hubs_thread_pool_lets_the_hub_turn(emulator: Emulator) -> None:
    pytest.importorskip("gevent")
    program = f"""
import sys
from gevent import monkey; monkey.patch_all()
import gevent, cloudauth
{CALLABLES["that sleeps"].replace("time.sleep", "sleep").replace("sleep(0.01)", "gevent.sleep(0.05)")}
turns = 0
def turn():
    global turns
    while True:
        turns += 1
        gevent.sleep(0.001)
gevent.spawn(turn)
client = cloudauth.Client(endpoint=sys.argv[1], credentials=keys)
result = gevent.get_hub().threadpool.apply(client.check_result, (), {{"transaction_id": "ekycpro200", "merchant_biz_id": "demo", "return_image": True}})
assert result["passed"]
assert turns > 10, turns
"""
    _run(program, emulator)
