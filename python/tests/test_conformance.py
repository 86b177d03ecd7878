"""Every case of the list that all languages share: blocking, on an event loop, and offline."""

from __future__ import annotations

import asyncio
import copy
import pickle
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import CASE_FOLDERS, CASES

STORED = CASES.parent / "stored"


class Case(NamedTuple):
    name: str
    status: int
    body: bytes
    json: str | None
    error: str


def _case(folder: Path) -> Case:
    head, _, body = (folder / "reply.http").read_bytes().partition(b"\n\n")
    status = int(head.split(b" ")[1].strip())
    files = {path.name: path for path in folder.iterdir() if path.name != "reply.http"}
    (name,) = files
    text = files[name].read_bytes().decode()
    return Case(folder.name, status, body, *((text, "") if name == "expected.json" else (None, text)))


# Throttled ones last: they slow their client down.
ALL = sorted(map(_case, CASE_FOLDERS), key=lambda case: case.error.startswith("kind: throttled\n"))


def _described(error: cloudauth.Error) -> str:
    """The error in the words of `expected.error`."""
    retry_after = None if error.retry_after is None else round(error.retry_after * 1000)
    words = {
        "kind": error.kind,
        "code": error.code,
        "http_status": error.http_status,
        "request_id": error.request_id,
        "retry_after_ms": retry_after,
        "retryable": str(error.retryable).lower(),
    }
    return "".join(f"{name}: {value}\n" for name, value in words.items() if value is not None)


def _outcome(fetch: Callable[[], cloudauth.CheckResult]) -> str:
    try:
        return cloudauth.canonical_json(fetch())
    except cloudauth.Error as error:
        return _described(error)


def _differences(cases: list[Case], outcomes: list[str], expected: Callable[[Case], str]) -> list[str]:
    pairs = zip(cases, outcomes, strict=True)
    return [f"{case.name}: {got[:500]}" for case, got in pairs if got != expected(case)]


def _expected(case: Case) -> str:
    return case.error if case.json is None else case.json


def _without_status(case: Case) -> str:
    return "".join(line for line in _expected(case).splitlines(True) if not line.startswith("http_status:"))


def test_the_list_is_there() -> None:
    assert len(ALL) >= 888


def test_blocking(emulator: Emulator) -> None:
    def fetch(case: Case) -> Callable[[], cloudauth.CheckResult]:
        def fetched() -> cloudauth.CheckResult:
            result = client.check_result(transaction_id=case.name, merchant_biz_id="demo", return_image=True)
            # Finding G8: auditors want the bytes. They go nowhere that nobody sees.
            assert cloudauth.raw(result) == case.body
            assert [cloudauth.raw(other) for other in (copy.copy(result), pickle.loads(pickle.dumps(result)))] == [None, None]
            assert copy.deepcopy(result) == result == cloudauth.decode(case.body)
            return result

        return fetched

    with cloudauth.Client(**emulator.client_args, max_attempts=1, keep_raw=True) as client:
        assert _differences(ALL, [_outcome(fetch(case)) for case in ALL], _expected) == []


def test_on_an_event_loop(emulator: Emulator) -> None:
    async def outcome(fetch: Awaitable[cloudauth.CheckResult], few: asyncio.Semaphore) -> str:
        async with few:
            try:
                return cloudauth.canonical_json(await fetch)
            except cloudauth.Error as error:
                return _described(error)

    async def all_of_them() -> list[str]:
        few = asyncio.Semaphore(8)
        async with cloudauth.AsyncClient(**emulator.client_args, signature="rpc1", max_attempts=1) as client:
            calls = [client.check_result(transaction_id=case.name, merchant_biz_id="demo", return_image=True) for case in ALL]
            return await asyncio.gather(*(outcome(call, few) for call in calls))

    assert _differences(ALL, asyncio.run(all_of_them()), _expected) == []


def test_offline() -> None:
    cases = [case for case in ALL if case.status == 200]

    def fetch(case: Case) -> Callable[[], cloudauth.CheckResult]:
        return lambda: cloudauth.decode(case.body)

    assert len(cases) > 700
    assert _differences(cases, [_outcome(fetch(case)) for case in cases], _without_status) == []


# Finding G8: what another language stored is read with its pictures, and stored as it was.
def test_stored_results() -> None:
    files = sorted(STORED.glob("*.json"))
    assert len(files) >= 10
    for file in files:
        (folder,) = CASES.glob(f"*/{file.stem}")
        case, text = _case(folder), file.read_bytes().decode()
        result = cloudauth.from_json(text)
        assert cloudauth.to_json(result) == cloudauth.to_json(cloudauth.decode(case.body)) == text
        assert cloudauth.canonical_json(result) == case.json


def test_what_is_no_stored_result_is_refused() -> None:
    files = sorted((STORED / "refused").glob("*.json"))
    assert len(files) >= 11
    for file in files:
        with pytest.raises(cloudauth.InvalidArgumentError) as raised:
            cloudauth.from_json(file.read_bytes())
        assert str(raised.value) == file.with_suffix(".error").read_text()
