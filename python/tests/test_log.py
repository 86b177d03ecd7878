"""Finding E6: the blocking and the async client log the lines that every language logs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Callable

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import CASES

LINES = (CASES.parents[1] / "log" / "lines.txt").read_text().splitlines()
TRANSACTIONS = ("ekycpro200", "errorThrottlingApi", "pending99")


def blocking(emulator: Emulator) -> None:
    with cloudauth.Client(**emulator.client_args, max_attempts=2, throttle_base=0.001) as client:
        for transaction in TRANSACTIONS:
            with contextlib.suppress(cloudauth.Error):
                client.check_result(transaction_id=transaction, merchant_biz_id="demo")


def awaiting(emulator: Emulator) -> None:
    async def calls() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args, max_attempts=2, throttle_base=0.001) as client:
            for transaction in TRANSACTIONS:
                with contextlib.suppress(cloudauth.Error):
                    await client.check_result(transaction_id=transaction, merchant_biz_id="demo")

    asyncio.run(calls())


@pytest.mark.parametrize("calls", [blocking, awaiting])
def test_the_log_has_the_lines_of_every_language(calls: Callable[[Emulator], None], emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "cloudauth"):
        calls(emulator)
    assert {record.levelno for record in caplog.records if record.name == "cloudauth"} == {logging.DEBUG}
    lines = [record.getMessage() for record in caplog.records if record.name == "cloudauth"]
    found = [re.sub(r"ms=\d+", "ms=_", line).replace(emulator.endpoint, "ENDPOINT") for line in lines]
    assert [f"4 {line}" for line in found] == LINES
