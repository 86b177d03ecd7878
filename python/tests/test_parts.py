"""Results are dicts to everybody, print nothing of a person, and are written and read again."""

from __future__ import annotations

import copy
import json
import pickle
import pprint
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import orjson
import pytest
import yaml
from pydantic import TypeAdapter

import cloudauth

from .conftest import CASE_FOLDERS

BODIES = {folder.name: (folder / "reply.http").read_bytes().partition(b"\n\n")[2] for folder in CASE_FOLDERS}


def _results() -> Iterator[cloudauth.CheckResult]:
    for body in BODIES.values():
        try:
            yield cloudauth.decode(body)
        except cloudauth.Error:
            continue


RESULTS = list(_results())


@pytest.fixture
def result() -> cloudauth.CheckResult:
    return cloudauth.decode(BODIES["ekycpro-200"])


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Every dict in a result, itself included."""
    inside: list[Any] = []
    if isinstance(value, dict):
        yield cast("dict[str, Any]", value)
        inside.extend(cast("dict[str, Any]", value).values())
    elif isinstance(value, list):
        inside.extend(cast(Any, value))
    for inner in inside:
        yield from _dicts(inner)


# Finding D4: a line of a log was 4.5 MB long and held the person.
@pytest.mark.parametrize("shown", [repr, str, format, pprint.pformat])
def test_no_person_is_printed(shown: Callable[[object], str]) -> None:
    grammar = re.compile(r"<cloudauth\.([A-Z]\w+( [a-z_]+=(True|False|…|\d{1,6}))*|Fields of \d+)>")
    assert len(RESULTS) > 600
    for result in RESULTS:
        for each in _dicts(result):
            assert grammar.fullmatch(shown(each)), shown(each)[:300]


def test_what_is_printed_says_what_is_there(result: cloudauth.CheckResult) -> None:
    assert repr(result) == "<cloudauth.CheckResult request_id=… passed=True sub_code=200 face=… document=… source=…>"
    assert repr(result["document"]) == "<cloudauth.Document passed=True pages=…>"
    result["sub_code"] = "Chan Tai Man"
    assert "sub_code=… " in repr(result)


def test_a_result_is_a_dict_to_others(result: cloudauth.CheckResult) -> None:
    bare = cloudauth.plain(result)
    assert {type(each) for each in _dicts(bare)} == {dict}
    assert result == bare
    assert bare == result
    assert {**result} == bare
    assert list(result) == list(cloudauth.CheckResult.__annotations__)
    assert json.dumps(result, default=bytes.hex) == json.dumps(bare, default=bytes.hex)


def _copied(value: Any) -> Any:
    return value.copy()


def _pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, _copied, _pickled])
def test_a_copy_is_alike(result: cloudauth.CheckResult, copied: Callable[[Any], Any]) -> None:
    for each in _dicts(result):
        again = copied(each)
        assert again == each
        assert again is not each
        assert repr(again) == repr(each) != repr(dict(each))


def test_other_libraries_take_a_result(result: cloudauth.CheckResult) -> None:
    adapter = TypeAdapter[Any](cloudauth.CheckResult)
    assert adapter.validate_python(result, strict=True) == result
    assert adapter.dump_python(result) == result
    # An image's bytes are what JSON has no word for.
    assert orjson.loads(orjson.dumps(result, default=bytes.hex)) == json.loads(json.dumps(result, default=bytes.hex))
    with pytest.raises(yaml.representer.RepresenterError):
        yaml.safe_dump(result)  # pyright: ignore[reportUnknownMemberType]
    assert yaml.safe_load(yaml.safe_dump(cloudauth.plain(result))) == result  # pyright: ignore[reportUnknownMemberType]


def test_a_reply_of_another_operation_is_plain(client: cloudauth.Client) -> None:
    reply = client.call("CheckResult", {"TransactionId": "ekycpro200", "MerchantBizId": "demo"})
    assert {type(each) for each in _dicts(reply)} == {dict}


# Finding G8: a stored result lost its pictures.
def test_every_result_is_read_as_it_was_written() -> None:
    for result in RESULTS:
        text = cloudauth.to_json(result)
        again = cloudauth.from_json(text)
        assert again == result
        assert repr(again) == repr(result)
        assert cloudauth.to_json(again) == text
        assert cloudauth.from_json(text.encode()) == result


def test_a_stored_result_holds_version_and_pictures(result: cloudauth.CheckResult) -> None:
    stored = json.loads(cloudauth.to_json(result))
    assert list(stored) == ["version", *result]
    assert stored["version"] == 1
    assert result["face"] and result["face"]["image"]
    assert set(stored["face"]["image"]) == {"base64", "format"}


def test_what_is_no_stored_result(result: cloudauth.CheckResult) -> None:
    canonical, stored = cloudauth.canonical_json(result), cloudauth.to_json(result)
    for text, message in (
        (canonical, "^json: is canonical JSON, which has no images"),
        ("{", "^json: is not JSON"),
        ("\ud800", "^json: is not JSON"),
        (stored.replace('"passed":true', '"passed":"Y"', 1), "^json: passed: must be true or false"),
    ):
        with pytest.raises(cloudauth.InvalidArgumentError, match=message):
            cloudauth.from_json(text)
    with pytest.raises(TypeError, match="json: must be bytes or str, not CheckResult"):
        cloudauth.from_json(result)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for text, message in ((canonical, "canonical JSON, which has no images"), (stored, "a stored result; read it with from_json")):
        with pytest.raises(cloudauth.ProtocolError, match=message):
            cloudauth.decode(text)
    result["passed"] = cast("bool", "Y")
    with pytest.raises(cloudauth.InvalidArgumentError, match=r"^result\.passed: must be a bool"):
        cloudauth.to_json(result)
