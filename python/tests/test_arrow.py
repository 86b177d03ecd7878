"""Columns of stored bodies as Arrow tables: the same results as one by one, however the column is laid out."""

# The stubs of pyarrow leave types open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import base64
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import pyarrow as pa
import pytest

import cloudauth
import cloudauth.arrow

from .conftest import CASE_FOLDERS

BODIES = [(folder / "reply.http").read_bytes().partition(b"\n\n")[2] for folder in CASE_FOLDERS]
TEXTS = [body.decode() for body in BODIES if body.isascii()]


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    table.validate(full=True)
    return table.to_pylist(maps_as_pydicts="strict")


def _check_text(cell: Any, value: Any) -> None:
    if isinstance(value, (str, type(None))):
        assert cell == value
    else:
        assert json.loads(cell) == value


def _check_row(row: dict[str, Any], body: bytes) -> None:
    result: dict[str, Any] | None
    try:
        result, error = cast("dict[str, Any]", cloudauth.decode(body)), None
    except cloudauth.Error as raised:
        result, error = None, raised
    told = {"error_kind": error and error.kind, "error_code": error and error.code, "error_message": error and str(error)}
    assert {name: row.pop(name) for name in told} == told
    if result is None:
        assert set(row.values()) == {None}
    else:
        _check_result(row, result)


def _check_result(row: dict[str, Any], result: dict[str, Any]) -> None:
    maps = {"extra", "fields", "edited_fields"}
    assert row.keys() == result.keys()
    for name, value in result.items():
        cell: Any = row[name]
        if value is None:
            assert cell is None
        elif name == "source":
            _check_text(cell, value)
        elif name in maps:
            assert cell.keys() == value.keys()
            for key in value:
                _check_text(cell[key], value[key])
        elif name == "pages":
            assert cell.keys() == value.keys()
            for key in value:
                _check_result(cell[key], value[key])
        elif isinstance(value, dict):
            _check_result(cell, cast("dict[str, Any]", value))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for item, inner in zip(cell, cast("list[dict[str, Any]]", value), strict=True):
                _check_result(item, inner)
        else:
            assert cell == value and type(cell) is type(value), name


@pytest.mark.parametrize("of", [pa.binary(), pa.large_binary(), pa.binary_view()])
def test_every_case_is_decoded_as_by_itself(of: Any) -> None:
    assert len(BODIES) >= 888
    rows = _rows(cloudauth.arrow.decode(pa.array(BODIES, of)))
    for row, body in zip(rows, BODIES, strict=True):
        _check_row(row, body)


@pytest.mark.parametrize("of", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
def test_text_is_read_as_well(of: Any) -> None:
    expected = cloudauth.arrow.decode(pa.array([text.encode() for text in TEXTS]))
    assert cloudauth.arrow.decode(pa.array(TEXTS, of)).equals(expected)


def test_the_schema_is_that_of_the_result() -> None:
    assert cloudauth.arrow.schema().equals(cloudauth.arrow.decode(pa.array(BODIES)).schema)
    names = [*cloudauth.CheckResult.__annotations__, "error_kind", "error_code", "error_message"]
    assert cloudauth.arrow.schema().names == names


@pytest.mark.parametrize("images", ["binary", "drop"])
def test_nulls_and_an_empty_column(images: cloudauth.arrow.Images) -> None:
    schema = cloudauth.arrow.schema(images=images)
    for nothing in (pa.array([], pa.string()), pa.chunked_array([], pa.binary())):
        table = cloudauth.arrow.decode(nothing, images=images)
        assert table.num_rows == 0 and table.schema.equals(schema)
    for nulls in (pa.nulls(3), pa.array([None] * 3, pa.large_string())):
        table = cloudauth.arrow.decode(nulls, images=images)
        assert table.schema.equals(schema)
        assert all(set(row.values()) == {None} for row in _rows(table)) and table.num_rows == 3


def test_pictures_may_be_dropped() -> None:
    whole, bare = cloudauth.arrow.decode(pa.array(BODIES)), cloudauth.arrow.decode(pa.array(BODIES), images="drop")
    assert "bytes" in str(whole.schema) and "bytes" not in str(bare.schema)
    rows, pictures = _rows(whole), 0
    for row in rows:
        document: dict[str, Any] = row["document"] or {"pages": {}}
        for holder in (row["face"], *document["pages"].values()):
            if holder is not None:
                pictures += holder.pop("image") is not None
    assert pictures > 50
    assert rows == _rows(bare)


# Any part of a column, as engines cut it.
def test_slices_and_chunks() -> None:
    chance = random.Random(1)
    bodies: list[bytes | None] = [chance.choice([None, *BODIES]) for _ in range(2000)]
    whole = cloudauth.arrow.decode(pa.array(bodies, pa.binary()))
    for _ in range(20):
        first = chance.randrange(2000)
        length = chance.randrange(2000 - first)
        part = cloudauth.arrow.decode(pa.array(bodies, pa.large_binary()).slice(first, length))
        assert part.equals(whole.slice(first, length))
    chunked = pa.chunked_array([pa.array(bodies[:700], pa.binary()), pa.array([], pa.binary()), pa.array(bodies[700:], pa.binary())])
    assert cloudauth.arrow.decode(chunked).equals(whole)


@pytest.mark.parametrize("threads", [1, 5])
def test_rows_keep_their_order_over_threads(threads: int) -> None:
    bodies = [json.dumps({"Code": "Success", "Result": {"SubCode": str(row)}}) for row in range(50_000)]
    table = cloudauth.arrow.decode(pa.array(bodies), threads=threads)
    assert table.column("sub_code").to_pylist() == [str(row) for row in range(50_000)]
    assert table.column("sub_code").num_chunks > 5


class _Elsewhere:
    """A column of another library."""

    def __init__(self, column: Any, name: str) -> None:
        setattr(self, name, getattr(column, name))


@pytest.mark.parametrize("name", ["__arrow_c_array__", "__arrow_c_stream__"])
def test_a_column_of_any_library(name: str) -> None:
    column = pa.array(BODIES) if "array" in name else pa.chunked_array([BODIES, BODIES])
    assert cloudauth.arrow.decode(cast("Any", _Elsewhere(column, name))).equals(cloudauth.arrow.decode(column))


def test_other_columns_stay() -> None:
    table = pa.table({"id": range(len(BODIES)), "body": BODIES, "day": ["Monday"] * len(BODIES)})
    joined = cloudauth.arrow.decode_column(table, "body")
    assert joined.column_names == ["id", "day", *cloudauth.arrow.schema().names]
    assert joined.select(cloudauth.arrow.schema().names).equals(cloudauth.arrow.decode(table.column("body")))
    assert cloudauth.arrow.decode_column(cast("Any", _Elsewhere(table, "__arrow_c_stream__")), "body").equals(joined)
    stream = cloudauth.arrow.decode_stream(table.to_reader(max_chunksize=100), "body")
    assert stream.schema.equals(joined.schema)
    assert stream.read_all().equals(joined)


def test_what_a_schema_says_besides_stays() -> None:
    table = pa.table({"body": BODIES}).replace_schema_metadata({"kept": "yes"})
    assert cloudauth.arrow.decode_column(table, "body").schema.metadata == {b"kept": b"yes"}
    assert cloudauth.arrow.decode_stream(table.to_reader(), "body").schema.metadata == {b"kept": b"yes"}


@pytest.mark.parametrize("of", [pa.string_view(), pa.binary_view(), pa.large_binary(), pa.json_()])
def test_every_type_of_text_is_read(of: Any) -> None:
    texts = pa.array(["{}", '{"Code":"Success","Result":{"Passed":"Y"}}', None])
    column = texts.cast(of)
    expected = cloudauth.arrow.decode(texts)
    assert cloudauth.arrow.decode(column).equals(expected)
    if not isinstance(column, pa.ExtensionArray):
        encoded = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), column)
        assert cloudauth.arrow.decode(encoded).equals(expected)


@pytest.mark.parametrize("raised", [KeyboardInterrupt, OSError])
def test_what_a_stream_raises_comes_through(raised: type[BaseException]) -> None:
    first = pa.record_batch({"body": pa.array(BODIES)})

    def batches() -> Iterator[pa.RecordBatch]:
        yield first
        raise raised("by its source")

    reader = pa.RecordBatchReader.from_batches(first.schema, batches())
    stream = cloudauth.arrow.decode_stream(reader, "body")
    with pytest.raises(raised, match="by its source"):
        stream.read_all()


def test_wrong_arguments_are_named() -> None:
    table = pa.table({"body": BODIES, "passed": BODIES})
    refused = cloudauth.InvalidArgumentError
    for call, error, said in (
        (lambda: cloudauth.arrow.decode(pa.array([1])), refused, "column: must hold text or binary, not int64"),
        (lambda: cloudauth.arrow.decode_column(cast("Any", {"body": []}), "body"), TypeError, "table: must be a table of Arrow"),
        (lambda: cloudauth.arrow.decode_column(pa.chunked_array([BODIES]), "body"), TypeError, "table: must be a table of Arrow"),
        (lambda: cloudauth.arrow.decode(pa.array(["{}"]), images=cast("Any", "no")), refused, 'images: must be "binary" or "drop"'),
        (lambda: cloudauth.arrow.decode(cast("Any", ["{}"])), TypeError, "column: must be a column of Arrow"),
        (lambda: cloudauth.arrow.decode(pa.array(["{}"]), threads=cast("Any", "x")), TypeError, "threads: must be"),
        (lambda: cloudauth.arrow.decode(pa.array(["{}"]), threads=-1), refused, "threads: must"),
        (lambda: cloudauth.arrow.decode_column(table, "reply"), refused, "column: there must be one column named 'reply'"),
        (lambda: cloudauth.arrow.decode_column(table, "body"), refused, "'passed'; rename that one first"),
        (lambda: cloudauth.arrow.decode_stream(table, "reply"), refused, "column: there must be one column named 'reply'"),
    ):
        with pytest.raises(error) as raised:
            call()
        assert said in str(raised.value)


def test_an_array_is_given_away_once() -> None:
    exported = pa.array(BODIES).__arrow_c_array__()
    cloudauth.arrow.decode(cast("Any", _Given(exported)))
    with pytest.raises(Exception, match=r"given away already|released"):
        cloudauth._cloudauth.arrow_decode(exported, True, 1)  # pyright: ignore[reportPrivateUsage]


class _Given:
    def __init__(self, exported: Any) -> None:
        self._exported = exported

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self._exported


def _large(bytes_of_image: int) -> bytes:
    image = base64.b64encode(b"\xff\xd8\xff" + random.Random(2).randbytes(bytes_of_image)).decode()
    return json.dumps({"Code": "Success", "Result": {"ExtFaceInfo": json.dumps({"faceImg": image})}}).encode()


def test_other_threads_run_meanwhile() -> None:
    column = pa.array([_large(2 << 20)] * 64, pa.large_binary())
    done = threading.Event()
    counted = 0

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    before = sys.getswitchinterval()
    # Only a thread that lets the lock go lets another one in.
    sys.setswitchinterval(1000)
    try:
        counter.start()
        time.sleep(0.01)
        counted = 0
        cloudauth._cloudauth.arrow_decode(column.__arrow_c_array__(), True, 1)  # pyright: ignore[reportPrivateUsage]
        assert counted > 10
    finally:
        done.set()
        sys.setswitchinterval(before)
        counter.join()


MEMORY = """
import resource, sys
import pyarrow as pa
import cloudauth.arrow
body = sys.stdin.buffer.read()
def batches():
    for _ in range(40):
        yield pa.record_batch({"body": pa.array([body] * 16, pa.large_binary())})
first = next(batches())
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
for batch in cloudauth.arrow.decode_stream(pa.Table.from_batches([first]), "body"):
    pass
del batch
before = peak()
bytes_of_images = 0
for batch in cloudauth.arrow.decode_stream(pa.RecordBatchReader.from_batches(first.schema, batches()), "body"):
    bytes_of_images += batch.nbytes
print(peak() - before, bytes_of_images >> 20)
"""


# 640 MiB of pictures come by.
def test_memory_holds_a_batch() -> None:
    command = [sys.executable, "-c", MEMORY]
    output = subprocess.run(command, input=_large(1 << 20), stdout=subprocess.PIPE, check=True).stdout.split()
    grown, images = map(int, output)
    assert images >= 640
    assert grown < 100


def test_a_missing_pyarrow_is_named() -> None:
    for name in ("arrow", "ray", "spark"):
        program = f"import sys; sys.modules['pyarrow'] = None\nimport cloudauth.{name}"
        command = [sys.executable, "-c", program]
        error = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False).stderr.splitlines()[-1]
        assert error == "ImportError: cloudauth.arrow needs pyarrow: pip install 'cloudauth[arrow]'"
