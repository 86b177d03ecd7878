"""Threads beside a call, and signals during one."""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer


@pytest.fixture
def ticks() -> Iterator[Callable[[], int]]:
    """Counts the turns of another Python thread; it gets one only where the interpreter is let go of."""
    before, counted, stop = sys.getswitchinterval(), [0], threading.Event()

    def tick() -> None:
        while not stop.is_set():
            counted[0] += 1
            time.sleep(0)

    # So long that no thread is interrupted: one that wants a turn has to be given it.
    sys.setswitchinterval(60)
    thread = threading.Thread(target=tick)
    thread.start()
    yield lambda: counted[0]
    stop.set()
    thread.join()
    sys.setswitchinterval(before)


def test_others_run_while_a_call_hangs(silent: SilentServer, ticks: Callable[[], int]) -> None:
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client:
        before = ticks()
        with pytest.raises(cloudauth.TimeoutError):
            client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.3)
        assert ticks() - before > 100


def test_others_run_while_pictures_are_decoded(ticks: Callable[[], int]) -> None:
    picture = base64.b64encode(b"\xff\xd8\xff" + os.urandom(4 << 20)).decode()
    result = {"Passed": "Y", "ExtFaceInfo": json.dumps({"faceImg": picture})}
    body = json.dumps({"Code": "Success", "Result": result}).encode()
    before = ticks()
    decoded = [cloudauth.decode(body)["face"] for _ in range(10)]
    assert ticks() - before > 10
    for face in decoded:
        assert face is not None
        assert face["image"] == {"bytes": base64.b64decode(picture), "format": "jpeg"}


def test_sixteen_threads_share_a_client(emulator: Emulator, client: cloudauth.Client) -> None:
    codes = ["ekycpro200", "ekycpro212", "idocr200", "faceliveness233"]

    def fetch(number: int) -> bool:
        code = codes[number % len(codes)]
        return client.check_result(transaction_id=code, merchant_biz_id=f"demo{number}")["sub_code"] == code[-3:]

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(fetch, range(1600)))


def _interrupt_soon(sent: list[float]) -> None:
    def interrupt() -> None:
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Timer(0.2, interrupt).start()


def _interrupted_after(wait: Callable[[], object]) -> float:
    """Seconds from Ctrl-C to its exception, the best of three: the machine may be busy."""
    # A shell has what it starts in the background ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    delays: list[float] = []
    for _ in range(3):
        sent: list[float] = []
        _interrupt_soon(sent)
        with pytest.raises(KeyboardInterrupt):
            wait()
        delays.append(time.monotonic() - sent[0])
    return min(delays)


def test_ctrl_c_ends_a_call(silent: SilentServer) -> None:
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client:
        assert _interrupted_after(lambda: client.check_result(transaction_id="t", merchant_biz_id="demo")) < 0.1
        assert _interrupted_after(lambda: client.call("Initialize")) < 0.1


def test_ctrl_c_ends_many_calls(silent: SilentServer) -> None:
    rows: list[cloudauth.Row] = [{"transaction_id": "t", "merchant_biz_id": "demo"}] * 3
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client:
        assert _interrupted_after(lambda: list(client.check_many(rows))) < 0.1


def test_a_signal_that_raises_nothing_ends_nothing(silent: SilentServer) -> None:
    seen: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: seen.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client, pytest.raises(cloudauth.TimeoutError):
            client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.4)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen == [signal.SIGALRM]


def test_a_handler_may_make_calls_itself(silent: SilentServer, client: cloudauth.Client) -> None:
    fetched: list[bool | None] = []

    def fetch(_number: int, _frame: object) -> None:
        fetched.append(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"])

    before = signal.signal(signal.SIGALRM, fetch)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as hanging, pytest.raises(cloudauth.TimeoutError):
            hanging.check_result(transaction_id="t", merchant_biz_id="demo", timeout=1)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert fetched == [True]
