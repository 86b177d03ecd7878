"""What Ray and Spark run for the rows of a table; the engines themselves run in `tests/scale`."""

# The stubs of pyarrow leave types open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

import cloudauth.arrow
import cloudauth.ray
import cloudauth.spark
from cloudauth.testing import Emulator

from .test_arrow import BODIES

# In the order of the rows: one after the other would take longer.
IDS = {
    "ekycpro200-no1": None,
    "errorThrottlingApi": "throttled",
    "faceliveness233": None,
    "pending1000": "not_completed",
    "nobody": "invalid_request",
}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator, whose keys are found in the environment."""
    with Emulator() as emulator:
        monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", emulator.client_args["access_key_id"])
        monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", emulator.client_args["access_key_secret"])
        monkeypatch.setenv("CLOUDAUTH_ENDPOINT", emulator.endpoint)
        yield emulator


def _table() -> pa.Table:
    return pa.table({"day": range(len(IDS)), "transaction_id": list(IDS), "merchant_biz_id": ["order1"] * len(IDS)})


def _check(table: pa.Table, pieces: list[pa.Table]) -> None:
    """Each row is there once, in its place, with its own result or error."""
    joined = pa.concat_tables(pieces)
    joined.validate(full=True)
    assert joined.select(table.column_names).equals(table)
    assert joined.column_names == [*table.column_names, *cloudauth.arrow.schema().names]
    rows = joined.to_pylist(maps_as_pydicts="strict")
    assert [row["error_kind"] for row in rows] == list(IDS.values())
    assert [row["passed"] for row in rows] == [True, None, False, None, None]
    assert "Throttling.Api" in rows[1]["error_message"] and rows[1]["error_code"] == "Throttling.Api"
    assert rows[0]["face"]["image"]["bytes"].startswith(b"\xff\xd8\xff") and rows[1]["face"] is None


def test_rows_become_results_and_errors(service: Emulator) -> None:
    check = cloudauth.ray.CheckResult(return_image=True, max_attempts=1)
    _check(_table(), list(check(_table())))
    (nothing,) = check(_table().slice(0, 0))
    assert nothing.schema.equals(next(check(_table())).schema) and nothing.num_rows == 0


def test_large_replies_come_in_pieces(service: Emulator) -> None:
    ids = [f"ekycpro200-1MiB-no{row}" for row in range(40)]
    table = pa.table({"transaction_id": ids, "merchant_biz_id": ["order1"] * len(ids)})
    pieces = list(cloudauth.ray.CheckResult(return_image=True)(table))
    assert len(pieces) > 2
    assert pa.concat_tables(pieces).column("transaction_id").to_pylist() == ids
    assert all(pa.concat_tables(pieces).column("passed").to_pylist())


def test_spark_runs_the_same(service: Emulator) -> None:
    given = _table().to_batches(max_chunksize=2)
    # A worker gets it by pickle.
    fetch = pickle.loads(pickle.dumps(cloudauth.spark.check_result(return_image=True, max_attempts=1)))
    _check(_table(), [pa.Table.from_batches([batch]) for batch in fetch(iter(given))])


def test_a_bad_row_costs_itself_alone(service: Emulator) -> None:
    table = pa.table({"transaction_id": [None, "ekycpro200", ""], "merchant_biz_id": ["order1", "order2", "order3"]})
    (piece,) = cloudauth.ray.CheckResult()(table)
    assert piece.column("error_kind").to_pylist() == ["invalid_argument", None, "invalid_argument"]


@pytest.mark.parametrize(("name", "raised"), [("wrong", cloudauth.AuthenticationError), (None, cloudauth.CredentialsError)])
def test_keys_that_do_not_count_end_the_job(
    service: Emulator, monkeypatch: pytest.MonkeyPatch, name: str | None, raised: type[Exception]
) -> None:
    if name:
        monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", name)
    else:
        monkeypatch.delenv("ALIBABA_CLOUD_ACCESS_KEY_ID")
        monkeypatch.delenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
        monkeypatch.setenv("HOME", "/nonexistent")
    table = pa.table({"transaction_id": ["ekycpro200"] * 500, "merchant_biz_id": ["order1"] * 500})
    with pytest.raises(raised):
        list(cloudauth.ray.CheckResult()(table))
    assert len(service.calls) < 100


def test_what_workers_must_not_be_given_is_refused(service: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOUDAUTH_QUOTA", raising=False)
    options: list[dict[str, Any]] = [{"access_key_id": "id", "access_key_secret": "secret"}, {"credentials": dict}, {"qps": 5}]
    for given in options:
        with pytest.raises(cloudauth.InvalidArgumentError) as error:
            cloudauth.ray.CheckResult(**given)
        assert str(error.value).startswith(f"{next(iter(given))}: ")
    assert cloudauth.ray.CheckResult(qps=5, quota="redis://127.0.0.1:1", access_key_id=None)


@pytest.mark.parametrize("function", [cloudauth.ray.CheckResult, cloudauth.spark.check_result])
def test_an_argument_that_breaks_a_rule_is_refused_where_the_job_is_written(
    service: Emulator, function: Callable[..., object]
) -> None:
    wrong: list[dict[str, Any]] = [
        {"access_key_secret": "s"}, {"images": "x"}, {"return_image": "yes"}, {"region": "mars"}, {"region": ["a"]}, {"timeout": "1"}
    ]
    for options in wrong:
        with pytest.raises((cloudauth.InvalidArgumentError, TypeError), match=f"^{next(iter(options))}"):
            function(**options)
    with pytest.raises(TypeError, match="regoin"):
        function(regoin="x")
    secret = function(quota="redis://:hunter2@127.0.0.1:1", qps=5, region="ap-southeast-1")
    assert "hunter2" not in f"{secret!r} {secret}"


def test_a_table_that_no_call_can_be_made_of_costs_none(service: Emulator) -> None:
    check, ids = cloudauth.ray.CheckResult(), _table()
    tables = {
        "table: must have the columns transaction_id and merchant_biz_id": ids.select(["transaction_id"]),
        "'passed'; rename that one first": ids.append_column("passed", pa.nulls(len(IDS))),
        "table: merchant_biz_id must hold text, not binary": ids.set_column(2, "merchant_biz_id", pa.array([b"1"] * len(IDS))),
    }
    for message, table in tables.items():
        with pytest.raises(cloudauth.InvalidArgumentError, match=re.escape(message)):
            list(check(table))
    batches: tuple[Any, ...] = ({"transaction_id": ["ekycpro200"]}, None)
    for batch in batches:
        with pytest.raises(TypeError, match='^table: must be a pyarrow.Table, not .*; give map_batches batch_format="pyarrow"'):
            list(check(batch))
        with pytest.raises(TypeError, match='^table: must be a pyarrow.Table, not .*; give map_batches batch_format="pyarrow"'):
            cloudauth.ray.decode(batch)
    assert service.calls == []


def test_numbers_and_dictionaries_are_ids(service: Emulator) -> None:
    ids = pa.array(["ekycpro200", "faceliveness233", "ekycpro200"]).dictionary_encode()
    table = pa.table({"transaction_id": ids, "merchant_biz_id": [1000, 1001, 1002]})
    (piece,) = cloudauth.ray.CheckResult()(table)
    assert piece.column("passed").to_pylist() == [True, False, True] and piece.column("merchant_biz_id").type == pa.int64()


def test_stored_bodies_are_decoded_beside_their_columns() -> None:
    table = pa.table({"id": range(len(BODIES)), "body": BODIES})
    expected = cloudauth.arrow.decode_column(table, "body")
    assert cloudauth.ray.decode(table).equals(expected)
    function = pickle.loads(pickle.dumps(cloudauth.spark.decode("body")))
    assert pa.Table.from_batches(function(iter(table.to_batches(max_chunksize=100)))).equals(expected)


class _Type:
    def simpleString(self) -> str:  # noqa: N802
        return "bigint"


class _Field(NamedTuple):
    name: str
    dataType: _Type  # noqa: N815


def test_the_schema_is_in_the_words_of_spark() -> None:
    given = [_Field("id", _Type()), _Field("body", _Type())]
    text = cloudauth.spark.decode(images="drop").schema(given)
    assert text.startswith("`id` bigint, `request_id` string, `passed` boolean, `sub_code` string, `face` struct<passed: boolean, ")
    assert "`problems` array<struct<path: string, reason: string, text: string>>" in text and "binary" not in text
    fetch = cloudauth.spark.check_result()
    assert "image: struct<bytes: binary, format: string>" in fetch.schema(given)
    assert fetch.schema([_Field("a`b", _Type())]).startswith("`a``b` bigint, ")
    for name in ("passed", "Passed"):
        with pytest.raises(cloudauth.InvalidArgumentError, match=f"'{name}'; rename that one first"):
            fetch.schema([_Field(name, _Type())])
    with pytest.raises(cloudauth.InvalidArgumentError, match="given: there must be one column named 'body'"):
        cloudauth.spark.decode().schema([_Field("id", _Type())])
