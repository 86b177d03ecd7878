"""The interpreter ends, at whatever stage, at once and in silence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cloudauth.testing import Emulator

from .conftest import SilentServer

BEGIN = """
import asyncio, logging, sys, threading, time, os
import cloudauth, cloudauth.testing
keys = {"access_key_id": "id", "access_key_secret": "secret"}
emulator, silent = sys.argv[1:]
def client(endpoint=emulator, kind=cloudauth.Client):
    return kind(endpoint=endpoint, access_key_id="emulator-key-id", access_key_secret="emulator-key-secret")
class Slow:
    def __del__(self, sleep=time.sleep):
        sleep(0.2)
"""

STAGES = {
    "imported": "",
    "made": "client = client()",
    "closed": "client = client(); client.check_result(transaction_id='ekycpro200', merchant_biz_id='demo'); client.close()",
    "used": "client = client(); client.check_result(transaction_id='ekycpro200', merchant_biz_id='demo')",
    "many": "rows = [{'transaction_id': 'ekycpro200', 'merchant_biz_id': 'demo'}] * 9; it = client().check_many(rows); next(it)",
    "emulator": "emulator = cloudauth.testing.Emulator(); cloudauth.Client(**emulator.client_args)",
    "call in a daemon": """
client = client(silent)
threading.Thread(target=lambda: client.check_result(transaction_id="t", merchant_biz_id="demo"), daemon=True).start()
time.sleep(0.2)
threading.excepthook = lambda _: None
""",
    "busy daemons": """
client = client()
def busy():
    while True:
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", return_image=True)
for _ in range(4):
    threading.Thread(target=busy, daemon=True).start()
time.sleep(0.2)
threading.excepthook = lambda _: None
""",
    # The thread is in Python code that the library called when the interpreter ends it.
    "busy rows in a daemon": """
client = client()
def rows():
    while True:
        pass
    yield
threading.Thread(target=lambda: next(client.check_many(rows())), daemon=True).start()
end = Slow()
time.sleep(0.2)
""",
    "busy errors in a daemon": """
from cloudauth import _from_kind
def busy(*_, **__):
    while True:
        pass
_from_kind.from_kind = busy
client = client()
threading.Thread(target=lambda: client.check_result(transaction_id=" ", merchant_biz_id="demo"), daemon=True).start()
end = Slow()
time.sleep(0.2)
""",
    "loop done": """
client = client(kind=cloudauth.AsyncClient)
asyncio.run(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo"))
""",
    "loop left": """
client = client(silent, cloudauth.AsyncClient)
async def leave():
    task = asyncio.create_task(client.check_result(transaction_id="t", merchant_biz_id="demo"))
    await asyncio.sleep(0.2)
asyncio.run(leave())
""",
    "loop never closed": """
client = client(silent, cloudauth.AsyncClient)
async def leave():
    global task
    task = asyncio.ensure_future(client.check_result(transaction_id="t", merchant_biz_id="demo"))
    await asyncio.sleep(0.2)
# asyncio itself complains of a task that is left.
logging.getLogger("asyncio").disabled = True
loop = asyncio.new_event_loop()
loop.run_until_complete(leave())
""",
    "busy loop in a daemon": """
client = client(kind=cloudauth.AsyncClient)
async def busy():
    while True:
        await asyncio.gather(*(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo") for _ in range(8)))
threading.Thread(target=lambda: asyncio.run(busy()), daemon=True).start()
time.sleep(0.2)
threading.excepthook = lambda _: None
""",
    "callable hangs": """
client = cloudauth.Client(endpoint=emulator, credentials=lambda: time.sleep(60))
threading.Thread(target=lambda: client.check_result(transaction_id="t", merchant_biz_id="demo"), daemon=True).start()
time.sleep(0.2)
threading.excepthook = lambda _: None
""",
    "callable used": """
client = cloudauth.Client(endpoint=emulator, credentials=lambda: {
    "access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"})
client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
""",
    "at exit": """
import atexit
client = client()
atexit.register(lambda: client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo"))
""",
    "from a thread": """
client = client()
def end():
    client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
    sys.exit()
threading.Thread(target=end).start()
""",
    "forked child": """
client = client()
client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
child = os.fork()
client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
if child:
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
""",
}


@pytest.mark.parametrize("stage", STAGES)
def test_exit(emulator: Emulator, silent: SilentServer, stage: str) -> None:
    arguments = [sys.executable, "-c", BEGIN + STAGES[stage], emulator.endpoint, silent.endpoint]
    for _ in range(3):
        ended = subprocess.run(arguments, capture_output=True, text=True, timeout=30, check=False)
        assert (ended.returncode, ended.stderr) == (0, "")
