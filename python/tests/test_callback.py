"""The list of `tests/calls/callback.json`, which all languages share, and what Python adds."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, parse_qsl

import pytest

import cloudauth

LIST = Path(__file__).parents[2] / "tests" / "calls" / "callback.json"
CASES: list[dict[str, Any]] = json.loads(LIST.read_text("utf-8"))["callbacks"]
QUERY = "callbackToken=s3cr3t&transactionId=hks1&passed=Y&subCode=200"


def _query(case: dict[str, Any]) -> Any:
    return [(name, value) for name, value in case["pairs"]] if "pairs" in case else case["query"]


def _token(case: dict[str, Any]) -> Any:
    tokens: dict[str, str] = case.get("tokens", {})
    return case.get("token", tokens.get)


def _awaited(query: Any, token: Any) -> cloudauth.Callback:
    async def look_up(transaction_id: str) -> str | None:
        await asyncio.sleep(0)
        found = token(transaction_id) if callable(token) else token
        return cast("str | None", found)

    async def parse() -> cloudauth.Callback:
        return await cloudauth.parse_callback(query, look_up)

    return asyncio.run(parse())


@pytest.mark.parametrize("parse", [cloudauth.parse_callback, _awaited])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_callback_is_read_or_refused_as_the_list_says(case: dict[str, Any], parse: Any) -> None:
    query, token = _query(case), _token(case)
    if "error" not in case:
        expected = {"transaction_id": case["transaction_id"], "parameters": case["parameters"]}
        assert parse(query, token) == expected
        if isinstance(query, str):
            assert parse(query.encode(), token) == expected
        return
    with pytest.raises(cloudauth.Error) as refused:
        parse(query, token)
    assert {"kind": refused.value.kind, "message": str(refused.value)} == case["error"]


class ManyValued(dict[str, str]):
    """As Django's and Werkzeug's: `items` has the last value of each name."""

    def __init__(self, query: str) -> None:
        super().__init__(parse_qsl(query))
        self._all = parse_qs(query)

    def lists(self) -> list[tuple[str, list[str]]]:
        return list(self._all.items())


def _starlette(query: str) -> Mapping[str, str]:
    datastructures: Any = pytest.importorskip("starlette.datastructures")
    return cast("Mapping[str, str]", datastructures.QueryParams(query))


@pytest.mark.parametrize("decoded", [parse_qs, parse_qsl, ManyValued, _starlette])
def test_no_value_hides_behind_another(decoded: Any) -> None:
    assert cloudauth.parse_callback(decoded(QUERY), "s3cr3t") == cloudauth.parse_callback(QUERY, "s3cr3t")
    for hidden, kind in (("callbackToken=guess", cloudauth.AuthenticationError), ("passed=N", cloudauth.InvalidArgumentError)):
        for query in (f"{hidden}&{QUERY}", f"{QUERY}&{hidden}"):
            with pytest.raises(kind):
                cloudauth.parse_callback(decoded(query), "s3cr3t")


def test_a_function_is_asked_once_and_may_raise() -> None:
    asked: list[str] = []

    def look_up(transaction_id: str) -> str | None:
        asked.append(transaction_id)
        raise LookupError("the database is gone")

    for parse in (cloudauth.parse_callback, _awaited):
        with pytest.raises(LookupError, match="the database is gone"):
            parse(QUERY, look_up)
    assert asked == ["hks1", "hks1"]
    # Whoever sent no callback has nobody asked.
    with pytest.raises(cloudauth.InvalidArgumentError):
        cloudauth.parse_callback("passed=Y", look_up)
    assert len(asked) == 2


def test_a_callback_prints_nothing_and_has_no_verdict() -> None:
    callback = cloudauth.parse_callback(f"{QUERY}&chan=tai", "s3cr3t")
    assert repr(callback) == "<cloudauth.Callback transaction_id=… parameters=…>"
    assert repr(callback["parameters"]) == "<cloudauth.Fields of 4>"
    assert list(callback) == ["transaction_id", "parameters"] == list(cloudauth.Callback.__annotations__)
    assert set(map(type, callback["parameters"].values())) == {str}
    for again in (copy.deepcopy(callback), pickle.loads(pickle.dumps(callback))):
        assert (again, repr(again)) == (callback, repr(callback))
    bare: Any = cloudauth.plain(callback)
    assert (type(bare), type(bare["parameters"])) == (dict, dict)


def test_errors_show_nothing_that_came() -> None:
    with pytest.raises(cloudauth.AuthenticationError) as refused:
        cloudauth.parse_callback(QUERY, "0ther")
    assert "CheckResult" in refused.value.advice
    for shown in (str(refused.value), repr(refused.value), refused.value.advice):
        assert not any(secret in shown for secret in ("s3cr3t", "0ther", "hks1"))


def _yes(transaction_id: str) -> bool:
    return True


WRONG: list[tuple[Any, Any, type[Exception], str]] = [
    (b"transactionId=\xff", "t", cloudauth.InvalidArgumentError, "query: is not UTF-8"),
    ("transactionId=\ud800", "t", cloudauth.InvalidArgumentError, "query: must be Unicode text, without lone surrogates"),
    (None, "t", TypeError, "query: must be a str, bytes, a mapping or pairs, not NoneType"),
    (bytearray(b"a=b"), "t", TypeError, "query: must be a str, bytes, a mapping or pairs, not bytearray"),
    ([("a", "b", "c")], "t", TypeError, "query: must be a str, bytes, a mapping or pairs, not list"),
    ({"transactionId": 1}, "t", TypeError, "query: a value: must be a str, not int"),
    ({"transactionId": "\ud800"}, "t", cloudauth.InvalidArgumentError, "query: a value: must be Unicode text, without lone surrogates"),
    (QUERY, "\ud800", cloudauth.InvalidArgumentError, "token: must be Unicode text, without lone surrogates"),
    ([(b"transactionId", "hks1")], "t", TypeError, "query: a name: must be a str, not bytes"),
    (QUERY, b"s3cr3t", TypeError, "token: must be a str, not bytes"),
    (QUERY, _yes, TypeError, "token: must be a str, not bool"),
    (QUERY, None, cloudauth.AuthenticationError, "query: no token is known for this transaction"),
]


@pytest.mark.parametrize(("query", "token", "kind", "message"), WRONG)
def test_arguments_of_other_types_are_refused(query: Any, token: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as refused:
        cloudauth.parse_callback(query, token)
    assert str(refused.value) == message
