"""The list of `tests/options`, which all languages share: bad options and fields, by the names that Python has for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cloudauth

from .conftest import KEYS

LIST = Path(__file__).parents[2] / "tests" / "options" / "cases.json"
CASES: dict[str, list[dict[str, Any]]] = json.loads(LIST.read_text("utf-8"))


def named(of: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in CASES[of] if "python" in case["names"]]


def expected(case: dict[str, Any]) -> str:
    return f"{case['names']['python']}: {case['rule']}"


# Finding G7.
@pytest.mark.parametrize("case", named("options"))
def test_an_option(case: dict[str, Any]) -> None:
    value = case["value"] / 1000 if case["name"].endswith("_ms") else case["value"]
    options: dict[str, Any] = {"region": "ap-southeast-1", **KEYS, case["names"]["python"]: value}
    with pytest.raises(cloudauth.InvalidArgumentError) as raised:
        cloudauth.Client(**options)
    assert str(raised.value) == expected(case)


# Finding G7.
@pytest.mark.parametrize("case", named("requests"))
def test_a_field(case: dict[str, Any]) -> None:
    request: dict[str, Any] = {"merchant_biz_id": "b", "transaction_id": "t", case["names"]["python"]: case["value"]}
    with cloudauth.Client(endpoint="http://127.0.0.1:1", **KEYS) as client:
        with pytest.raises(cloudauth.InvalidArgumentError) as raised:
            client.check_result(**request)
    assert str(raised.value) == expected(case)


def test_numbers_beyond_all() -> None:
    for number, rule in ((2**200, "is larger than this machine can hold"), (-(2**200), "must not be negative")):
        with pytest.raises(cloudauth.InvalidArgumentError, match=f"^qps: {rule}$"):
            cloudauth.Client(region="ap-southeast-1", qps=number, **KEYS)
