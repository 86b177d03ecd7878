"""CheckResult for the rows of a table: what Ray and Spark run."""

# The stubs of pyarrow leave types open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any, cast

from ._client import Client
from ._codes import (
    AccessDeniedError,
    AuthenticationError,
    CredentialsError,
    ForkedError,
    InvalidArgumentError,
    IoError,
)
from ._offline import raw
from ._types import Outcome, Row
from .arrow import Images, decode, schema, together, with_images

# Behind the module that says how to get it.
import pyarrow as pa  # isort: skip

# Every row would fail: the command's `bulk` ends for the same.
_ENDS_THE_JOB = (AccessDeniedError, AuthenticationError, CredentialsError, ForkedError, IoError)
# A piece of the output ends once its bodies have so many bytes.
_PIECE_BYTES = 32 << 20
_IDS = ("transaction_id", "merchant_biz_id")
_OF_A_WORKER = ("access_key_id", "access_key_secret", "security_token", "credentials", "keep_raw")


class CheckResult:
    """Fetches the outcome of each row of a table; see :mod:`cloudauth.ray` and :mod:`cloudauth.spark`.

    :param return_image: whether pictures come with the results.
    :param images: ``"drop"`` leaves the columns of pictures out.
    :param options: of :class:`cloudauth.Client`, but for keys: each worker finds its own.

    Raises :class:`cloudauth.InvalidArgumentError` for keys, and for ``qps`` without ``quota``: each worker would count alone.
    """

    def __init__(self, *, return_image: bool = False, images: Images = "binary", **options: Any) -> None:
        check_arguments(return_image, images, options)
        if options.get("qps") and not (options.get("quota") or os.environ.get("CLOUDAUTH_QUOTA")):
            raise InvalidArgumentError("qps: each worker would count alone; give quota as well, and they share it")
        self._return_image = return_image
        self._images: Images = images
        self._schema = schema(images=images)
        self._client = Client(**options, keep_raw=True)

    def __call__(self, table: pa.Table) -> Iterator[pa.Table]:
        """The rows of `table` in their order, in pieces that memory holds: its columns, of which ``transaction_id`` and
        ``merchant_biz_id`` must be there, and behind them those of :func:`cloudauth.arrow.decode`. What a call failed of stands in
        ``error_kind``, ``error_code`` and ``error_message``.

        Raises :class:`cloudauth.Error` where all rows would fail: for keys that are missing or refused, or a missing right; and before
        any call where the columns are not as they must be.
        """
        refuse_other_than_arrow(table)
        joined = together(table.schema, self._schema)
        ids = zip(*(_texts(table, name) for name in _IDS), strict=True)
        rows = [cast("Row", dict(zip(_IDS, pair, strict=True), return_image=self._return_image)) for pair in ids]
        outcomes = cast("Generator[Outcome]", self._client.check_many(rows))
        first, piece, size = 0, list[Outcome](), 0
        with closing(outcomes):
            for outcome in outcomes:
                if isinstance(outcome.error, _ENDS_THE_JOB):
                    raise outcome.error
                piece.append(outcome)
                size += 0 if outcome.result is None else len(raw(outcome.result) or b"")
                if size >= _PIECE_BYTES:
                    yield self._joined(table.slice(first, len(piece)), piece, joined)
                    first, piece, size = first + len(piece), [], 0
        if piece or not rows:
            yield self._joined(table.slice(first), piece, joined)

    def _joined(self, table: pa.Table, outcomes: list[Outcome], joined: pa.Schema) -> pa.Table:
        bodies = [None if outcome.result is None else raw(outcome.result) for outcome in outcomes]
        decoded = decode(pa.array(bodies, pa.large_binary()), images=self._images, threads=1)
        errors = [outcome.error for outcome in outcomes]
        for name, of in (
            ("error_kind", [error and error.kind for error in errors]),
            ("error_code", [error and error.code for error in errors]),
            ("error_message", [error and str(error) for error in errors]),
        ):
            decoded = decoded.set_column(decoded.column_names.index(name), name, pa.array(of, pa.string()))
        return pa.Table.from_arrays([*table.columns, *decoded.columns], schema=joined)


def check_arguments(return_image: bool, images: Images, options: dict[str, Any]) -> None:
    """Raises :class:`cloudauth.InvalidArgumentError` where one breaks a rule, or is the worker's own."""
    if not isinstance(return_image, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidArgumentError(f"return_image: must be a bool, not {type(return_image).__name__}")
    with_images(images)
    for name in _OF_A_WORKER:
        if options.get(name) is not None:
            raise InvalidArgumentError(f"{name}: is not taken along to workers; each finds keys where it runs")


def refuse_other_than_arrow(table: object) -> None:
    """Raises :class:`TypeError` for the batches that Ray gives by default."""
    if not isinstance(table, pa.Table):
        raise TypeError(f'table: must be a pyarrow.Table, not {type(table).__name__}; give map_batches batch_format="pyarrow"')


def _texts(table: pa.Table, name: str) -> list[str | None]:
    if table.column_names.count(name) != 1:
        raise InvalidArgumentError("table: must have the columns transaction_id and merchant_biz_id, once each")
    column, of = table.column(name), pa.types
    # Engines read digits alone as numbers, and words that repeat as a dictionary.
    if of.is_integer(column.type) or of.is_dictionary(column.type):
        column = column.cast(pa.string())
    if not any(is_of(column.type) for is_of in (of.is_string, of.is_large_string, of.is_string_view, of.is_null)):
        raise InvalidArgumentError(f"table: {name} must hold text, not {column.type}")
    return cast("list[str | None]", column.to_pylist())
