"""The list of `tests/calls`, which all languages share: what a call of any operation sends, and where."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS
from .recorder import Recorder, serving

LIST = Path(__file__).parents[2] / "tests" / "calls" / "cases.json"
CASES: list[dict[str, Any]] = json.loads(LIST.read_text("utf-8"))["calls"]


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with serving() as server:
        yield server


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_call_arrives_or_is_refused_as_the_list_says(recorder: Recorder, case: dict[str, Any]) -> None:
    unchecked = case.get("unchecked", False)

    async def on_a_loop() -> None:
        async with cloudauth.AsyncClient(endpoint=recorder.endpoint, **KEYS) as client:
            await client.call(case["action"], case["parameters"], unchecked=unchecked)

    def blocking() -> None:
        with cloudauth.Client(endpoint=recorder.endpoint, **KEYS) as client:
            client.call(case["action"], case["parameters"], unchecked=unchecked)

    for call in (blocking, lambda: asyncio.run(on_a_loop())):
        recorder.seen.clear()
        if "error" in case:
            with pytest.raises(cloudauth.InvalidArgumentError) as refused:
                call()
            assert str(refused.value) == case["error"]
            assert not recorder.seen
        else:
            call()
            assert recorder.seen == [(case["query"], case["form"])]


def test_a_result_is_asked_for_with_newer_parameters(recorder: Recorder) -> None:
    newer: dict[str, Any] = {"Newer": ["x", 1], "None": None}
    row: cloudauth.Row = {"transaction_id": "t", "merchant_biz_id": "demo", "parameters": newer}

    async def on_a_loop(unchecked: bool) -> None:
        async with cloudauth.AsyncClient(endpoint=recorder.endpoint, **KEYS) as client:
            await client.check_result(transaction_id="t", merchant_biz_id="demo", parameters=newer, unchecked=unchecked)
            await client.wait_for_result(transaction_id="t", merchant_biz_id="demo", parameters=newer, unchecked=unchecked)
            async for outcome in client.check_many([{**row, "unchecked": unchecked}]):
                assert outcome.result is not None

    with cloudauth.Client(endpoint=recorder.endpoint, **KEYS) as client:
        with pytest.raises(cloudauth.InvalidArgumentError, match="parameter 1: CheckResult has no such parameter"):
            client.check_result(transaction_id="t", merchant_biz_id="demo", parameters=newer)
        with pytest.raises(cloudauth.InvalidArgumentError, match="parameter 1: CheckResult has no such parameter"):
            asyncio.run(on_a_loop(False))
        recorder.seen.clear()
        client.check_result(transaction_id="t", merchant_biz_id="demo", parameters=newer, unchecked=True)
        client.wait_for_result(transaction_id="t", merchant_biz_id="demo", parameters=newer, unchecked=True)
        (outcome,) = client.check_many([{**row, "unchecked": True}])
        assert outcome.result is not None
    asyncio.run(on_a_loop(True))
    assert len(recorder.seen) == 6
    for query, _ in recorder.seen:
        assert query["Newer"] == '["x",1]'
        assert "None" not in query


def test_the_emulator_takes_a_list_and_knows_no_newer_operation(client: cloudauth.Client, emulator: Emulator) -> None:
    begin = {"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": {"a": 1}, "MerchantUserId": "u"}
    assert client.call("Initialize", {**begin, "DocPageConfig": ["01", "02"]})["Code"] == "Success"
    with pytest.raises(cloudauth.Error) as refused:
        client.call("NewerOperation", {"A": ["b"]}, unchecked=True)
    assert refused.value.http_status == 501
    assert emulator.calls[-1]["http_status"] == 501


class Loud(int):
    """Prints what nobody must see."""

    def __repr__(self) -> str:
        return "canary"


def test_values_that_json_does_not_have_are_refused_by_name() -> None:
    itself: list[Any] = []
    itself.append(itself)
    wrong: list[tuple[Any, type[Exception], str]] = [
        (b"canary", TypeError, "parameters: A: must be a str, int, float, bool, list, dict or None, not bytes"),
        ({"canary"}, TypeError, "parameters: A: must be a str, int, float, bool, list, dict or None, not set"),
        (["canary", object()], TypeError, "parameters: A: must be a str, int, float, bool, list, dict or None, not object"),
        ({"canary": ("x",)}, TypeError, "parameters: A: must be a str, int, float, bool, list, dict or None, not tuple"),
        ({1: "canary"}, TypeError, "parameters: A: a key: must be a str, not int"),
        (["canary", "\ud800"], ValueError, "parameters: A: must be Unicode text, without lone surrogates"),
        (float("nan"), ValueError, "parameters: A: must be a finite number"),
        ([float("inf")], ValueError, "parameters: A: must be a finite number"),
        (10**10000, ValueError, "parameters: A: must be a number of fewer digits"),
        (itself, ValueError, "parameters: A: must not be nested deeper than 64"),
    ]
    with cloudauth.Client(endpoint="http://127.0.0.1:1", **KEYS) as client:
        for value, kind, message in wrong:
            with pytest.raises(kind) as refused:
                client.call("NewerOperation", {"A": value}, unchecked=True)
            assert str(refused.value) == message
        with pytest.raises(TypeError, match="unchecked: must be a bool, not int"):
            client.call("NewerOperation", unchecked=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_subclass_of_a_number_is_sent_as_the_number_it_is(recorder: Recorder) -> None:
    recorder.seen.clear()
    with cloudauth.Client(endpoint=recorder.endpoint, **KEYS) as client:
        client.call("NewerOperation", {"A": Loud(7)}, unchecked=True)
    assert recorder.seen == [({"A": "7"}, {})]
