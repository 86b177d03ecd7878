"""The lists of typed operations in `tests/calls`, which all languages share, and what Python adds."""

from __future__ import annotations

import asyncio
import base64
import copy
import inspect
import json
import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast, get_type_hints

import pytest

import cloudauth
from cloudauth import _operations, _reply_parts
from cloudauth.testing import Emulator

from .conftest import KEYS
from .recorder import SUCCESS, Recorder, serving

CALLS = Path(__file__).parents[2] / "tests" / "calls"
LISTS = ("typed.json", "initialize.json")
CASES: list[dict[str, Any]] = [case for name in LISTS for case in json.loads((CALLS / name).read_text("utf-8"))["cases"]]
STATUS: dict[str, Any] = json.loads((CALLS / "status.json").read_text("utf-8"))
STATUSES: list[dict[str, Any]] = [case for case in STATUS["statuses"] if not case.get("pure")]
OPERATIONS = [name for name in vars(_operations.Operations) if not name.startswith("_")]


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with serving() as server:
        yield server


def _arguments(case: dict[str, Any]) -> dict[str, Any]:
    arguments = {name: _value(value) for name, value in case["arguments"].items()}
    if case.get("by_name"):
        # Where Python itself asks for an argument, this is what can still be forgotten: a value.
        method = inspect.signature(getattr(cloudauth.Client, case["operation"]))
        for name, parameter in method.parameters.items():
            if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
                arguments.setdefault(name, None)
    if "parameters" in case:
        arguments["parameters"] = case["parameters"]
    return {**arguments, "unchecked": case.get("unchecked", False)}


def _value(value: Any) -> Any:
    if isinstance(value, dict) and "base64" in value:
        return base64.b64decode(cast("dict[str, str]", value)["base64"])
    return cast("Any", value)


def _options(recorder: Recorder) -> dict[str, Any]:
    return {"endpoint": recorder.endpoint, "max_attempts": 1, **KEYS}


def _blocking(recorder: Recorder, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    with cloudauth.Client(**_options(recorder)) as client:
        return cast("dict[str, Any]", getattr(client, operation)(**arguments))


def _on_a_loop(recorder: Recorder, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    async def run() -> dict[str, Any]:
        async with cloudauth.AsyncClient(**_options(recorder)) as client:
            return cast("dict[str, Any]", await getattr(client, operation)(**arguments))

    return asyncio.run(run())


@pytest.mark.parametrize("run", [_blocking, _on_a_loop])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_call_sends_and_gives_what_the_list_says(recorder: Recorder, case: dict[str, Any], run: Any) -> None:
    recorder.seen.clear()
    recorder.answer((case.get("status", 200), json.dumps(case["reply"]).encode() if "reply" in case else SUCCESS))
    call = (recorder, case["operation"], _arguments(case))
    if "error" in case:
        # A name that there is not, and a value of another type, are errors of Python's own kind.
        with pytest.raises((cloudauth.InvalidArgumentError, TypeError)) as refused:
            run(*call)
        assert isinstance(refused.value, cloudauth.InvalidArgumentError) or case.get("by_name")
        if isinstance(refused.value, cloudauth.InvalidArgumentError):
            assert str(refused.value) == case["error"].replace("`", "")
        assert not recorder.seen
        return
    if "fails" in case:
        with pytest.raises(cloudauth.Error) as failed:
            run(*call)
        assert {"kind": failed.value.kind, "code": failed.value.code} == case["fails"]
    else:
        reply = run(*call)
        if "reply" in case:
            # As text, where True is not 1.
            assert json.dumps(reply, sort_keys=True) == json.dumps(case["gives"], sort_keys=True)
    assert recorder.seen == [(case["query"], case["form"])]


@pytest.mark.parametrize("run", [_blocking, _on_a_loop])
@pytest.mark.parametrize("case", STATUSES, ids=[case["name"] for case in STATUSES])
def test_two_replies_give_the_state_that_the_list_says(recorder: Recorder, case: dict[str, Any], run: Any) -> None:
    recorder.seen.clear()
    replies = [reply for reply in (case["result"], case["log"]) if reply]
    recorder.answer(*((reply["http"], json.dumps(reply).encode()) for reply in replies))
    began = (datetime.now(timezone.utc) - timedelta(minutes=case["minutes"])).strftime("%Y-%m-%dT%H:%M:%SZ")
    status = run(recorder, "status", {"started": {**STATUS["started"], "endpoint": recorder.endpoint, "initialized_at": began}})
    said = ("state", "page", "error_code", "reason")
    assert [status[name] for name in said] == [case[name] for name in said]
    assert recorder.seen == [(call["query"], call["form"]) for call in STATUS["sent"][: len(replies)]]


def test_every_operation_has_cases_and_a_method_of_each_client() -> None:
    # What initialize gives does not all come from the reply, and archives have a list of their own.
    assert {case["operation"] for case in CASES if "gives" in case} | {"initialize", "archive"} == set(OPERATIONS)
    for name in OPERATIONS:
        blocking, asynchronous = getattr(cloudauth.Client, name), getattr(cloudauth.AsyncClient, name)
        assert inspect.signature(blocking) == inspect.signature(asynchronous)
        reply = get_type_hints(blocking)["return"]
        assert getattr(cloudauth, reply.__name__) is reply
        assert issubclass(getattr(_reply_parts, reply.__name__), dict)
        assert inspect.getdoc(blocking) and inspect.getdoc(asynchronous)


def test_a_reply_is_a_dict_and_prints_nothing_of_a_person(recorder: Recorder) -> None:
    result = {"TransactionId": "hks1", "DeleteResult": "N", "FailReason": "Chan", "Chan": {"Tai": "Man"}}
    recorder.answer((200, json.dumps({"Code": "200", "RequestId": "R-1", "Result": result}).encode()))
    with cloudauth.Client(**_options(recorder)) as client:
        reply = client.delete_result(transaction_id="hks1", delete_type="All")
    assert list(reply) == list(cloudauth.Deletion.__annotations__)
    assert repr(reply) == "<cloudauth.Deletion request_id='R-1' transaction_id=… deleted=False fail_reason=… extra=…>"
    assert repr(reply["extra"]) == "<cloudauth.Fields of 1>"
    bare: Any = cloudauth.plain(reply)
    assert type(bare) is dict
    for again in (copy.copy(reply), copy.deepcopy(reply), pickle.loads(pickle.dumps(reply))):
        assert (again, repr(again)) == (reply, repr(reply))


def test_further_parameters_are_of_any_shape(recorder: Recorder) -> None:
    recorder.seen.clear()
    recorder.answer((200, SUCCESS))
    with cloudauth.Client(**_options(recorder)) as client:
        client.keep_alive(parameters={"Newer": ["x", 1], "None": None}, unchecked=True)
        for wrong, message in (({"A": b""}, "parameters: A: must be a str, "), (["A"], "parameters: must be a mapping")):
            with pytest.raises(TypeError, match=f"^{message}"):
                client.keep_alive(parameters=cast("Any", wrong))
    assert recorder.seen == [({"Newer": '["x",1]'}, {})]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("delete_result", {"transaction_id": 7, "delete_type": "All"}, "transaction_id: must be a str, not int"),
    ("delete_result", {"transaction_id": "t", "delete_type": "All", "after_query": "N"}, "after_query: must be a bool, not str"),
    ("keep_alive", {"unchecked": 1}, "unchecked: must be a bool, not int"),
    ("keep_alive", {"timeout": "1"}, "timeout: must be a number of seconds, not str"),
]


@pytest.mark.parametrize(("operation", "arguments", "message"), WRONG)
def test_a_value_of_another_type_is_a_type_error(
    recorder: Recorder, operation: str, arguments: dict[str, Any], message: str
) -> None:
    for run in (_blocking, _on_a_loop):
        with pytest.raises(TypeError) as refused:
            run(recorder, operation, arguments)
        assert str(refused.value) == message


def test_a_call_is_counted_reported_and_in_time(emulator: Emulator) -> None:
    events: list[cloudauth.Event] = []
    with cloudauth.Client(**emulator.client_args, on_event=events.append) as client:
        assert client.keep_alive()["answer"] == "SUCCESS"
        with pytest.raises(cloudauth.TimeoutError):
            client.keep_alive(timeout=0)
        assert (client.stats()["calls"], client.stats()["requests"]) == (2, 1)
    assert [(event["operation"], event["attempt"], event["kind"]) for event in events] == [
        ("KeepaliveIntl", 1, None),
        ("KeepaliveIntl", None, None),
        ("KeepaliveIntl", None, "timeout"),
    ]
