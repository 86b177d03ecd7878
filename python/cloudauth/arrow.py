"""Columns of stored bodies as Arrow tables, decoded on every core. Needs ``pip install 'cloudauth[arrow]'``.

>>> import cloudauth.arrow
>>> from pyarrow import parquet
>>> table = cloudauth.arrow.decode(parquet.read_table("replies.parquet")["body"])
>>> table.column("passed")
"""

# The stubs of pyarrow leave types open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, Protocol, TypeAlias, cast

from . import _cloudauth
from ._codes import InvalidArgumentError

try:
    import pyarrow as pa
except ImportError:
    raise ImportError("cloudauth.arrow needs pyarrow: pip install 'cloudauth[arrow]'") from None

__all__ = ["Column", "Images", "Stream", "decode", "decode_column", "decode_stream", "schema"]

Images: TypeAlias = Literal["binary", "drop"]
"""What becomes of pictures: a struct of their bytes and format, or nothing."""


class Stream(Protocol):
    """What gives batches over the Arrow C stream interface: a reader of pyarrow, a table or data frame of any library."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class _Array(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


Column: TypeAlias = "pa.Array[Any] | pa.ChunkedArray[Any] | Stream | _Array"
"""A column of any library that speaks Arrow: of pyarrow, pandas or Polars."""


def schema(*, images: Images = "binary") -> pa.Schema:
    """The columns of :func:`decode`: the fields of :class:`cloudauth.CheckResult`, then ``error_kind``, ``error_code`` and
    ``error_message``.

    Objects are structs. Values by the service's names, such as ``extra``, are maps of texts: a text as it came, anything else as
    canonical JSON.
    """
    return pa.schema(cast("Any", _Exported(_cloudauth.arrow_schema(with_images(images)))))


def decode(column: Column, *, images: Images = "binary", threads: int | None = None) -> pa.Table:
    """Decodes a column of stored bodies, text or binary, into a table with a row for each.

    A null gives nulls. A body that cannot be decoded gives the columns ``error_kind``, ``error_code`` and ``error_message``, and
    nulls beside them. Other Python threads run meanwhile.

    :param images: ``"drop"`` leaves the columns of pictures out.
    :param threads: at most; as many as there are processors, unless given.

    Raises :class:`cloudauth.InvalidArgumentError` where the column holds neither text nor binary.
    """
    has_images = with_images(images)
    batches = [
        pa.record_batch(_Exported(_cloudauth.arrow_schema(has_images), piece))
        for chunk in _chunks(column)
        for piece in _cloudauth.arrow_decode(chunk.__arrow_c_array__(), has_images, threads)
    ]
    return pa.Table.from_batches(batches, schema(images=images))


def decode_column(
    table: Stream, column: str, *, images: Images = "binary", threads: int | None = None
) -> pa.Table:
    """The other columns of `table`, which may be of any library that speaks Arrow, and behind them what :func:`decode` makes of
    `column`.

    Raises :class:`cloudauth.InvalidArgumentError` where there is no such column, or another one has the name of a decoded one.
    """
    given = _table(table)
    rest = given.drop_columns([_only(given.schema, column)])
    # A clash is found before the work.
    joined = together(rest.schema, schema(images=images))
    decoded = decode(given.column(column), images=images, threads=threads)
    return pa.Table.from_arrays([*rest.columns, *decoded.columns], schema=joined)


def decode_stream(
    stream: Stream, column: str, *, images: Images = "binary", threads: int | None = None
) -> pa.RecordBatchReader:
    """:func:`decode_column` of one batch after the other, for more than fits into memory. Memory holds a batch of `stream`, and
    what it becomes.
    """
    # Its own reader lets its errors through.
    reader = stream if isinstance(stream, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(stream)

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in reader:
            table = pa.Table.from_batches([batch])
            yield from decode_column(table, column, images=images, threads=threads).to_batches()

    rest = reader.schema.remove(reader.schema.get_field_index(_only(reader.schema, column)))
    return pa.RecordBatchReader.from_batches(together(rest, schema(images=images)), batches())


class _Exported:
    """What the native half made, as pyarrow takes it."""

    def __init__(self, schema: object, array: object = None) -> None:
        self._schema, self._array = schema, array

    def __arrow_c_schema__(self) -> Any:
        return self._schema

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self._schema, self._array


def with_images(images: Images) -> bool:
    if images not in ("binary", "drop"):
        raise InvalidArgumentError('images: must be "binary" or "drop"')
    return images == "binary"


def _only(given: pa.Schema, column: str) -> str:
    if given.names.count(column) != 1:
        raise InvalidArgumentError(f"column: there must be one column named {column!r}")
    return column


def together(rest: pa.Schema, decoded: pa.Schema) -> pa.Schema:
    twice = sorted(set(rest.names) & set(decoded.names))
    if twice:
        raise InvalidArgumentError(f"column: a decoded one has the name of another, {twice[0]!r}; rename that one first")
    return pa.schema([*rest, *decoded], metadata=cast("Any", rest.metadata))


def _table(given: Stream) -> pa.Table:
    if isinstance(given, pa.Table):
        return given
    if isinstance(given, pa.RecordBatch):
        return pa.Table.from_batches([given])
    if isinstance(given, pa.ChunkedArray) or not hasattr(given, "__arrow_c_stream__"):
        raise TypeError(f"table: must be a table of Arrow, such as a pyarrow.Table, not {type(given).__name__}")
    return pa.table(cast("Any", given))


def _chunks(column: Column) -> list[pa.Array[Any]]:
    """The column's parts, in the layouts that the native half reads."""
    if isinstance(column, pa.Array):
        chunks = [column]
    elif hasattr(column, "__arrow_c_stream__"):
        chunks = pa.chunked_array(cast("Any", column)).chunks
    elif hasattr(column, "__arrow_c_array__"):
        chunks = [pa.array(cast("Any", column))]
    else:
        raise TypeError(f"column: must be a column of Arrow, such as pyarrow.array(...), not {type(column).__name__}")
    return [_plain(chunk) for chunk in chunks]


def _plain(chunk: pa.Array[Any]) -> pa.Array[Any]:
    if isinstance(chunk, pa.ExtensionArray):
        chunk = chunk.storage
    if isinstance(chunk, pa.DictionaryArray):
        chunk = pa.DictionaryArray.from_arrays(chunk.indices, _plain(chunk.dictionary)).dictionary_decode()
    of = pa.types
    if of.is_string_view(chunk.type) or of.is_binary_view(chunk.type) or of.is_null(chunk.type):
        return chunk.cast(pa.large_binary())
    if not any(is_of(chunk.type) for is_of in (of.is_string, of.is_binary, of.is_large_string, of.is_large_binary)):
        raise InvalidArgumentError(f"column: must hold text or binary, not {chunk.type}")
    return chunk
