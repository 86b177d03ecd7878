"""Results and stored bodies in Spark, by ``DataFrame.mapInArrow``. Needs ``pip install 'cloudauth[spark]'``.

>>> import cloudauth.spark
>>> fetch = cloudauth.spark.check_result(region="ap-southeast-1", quota="redis://cache.internal:6379/0?account=shop")
>>> ids.mapInArrow(fetch, fetch.schema(ids.schema)).write.parquet("results")
"""

# The stubs of pyarrow leave types open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from uuid import uuid4

from ._check import CheckResult, check_arguments
from ._client import Client
from ._codes import InvalidArgumentError
from .arrow import Images, decode_column, with_images
from .arrow import schema as decoded_schema

import pyarrow as pa  # isort: skip

__all__ = ["MapInArrow", "check_result", "decode"]

# A worker's files, which this machine need not have.
_FILES = ("ca_file", "profile")


class _Type(Protocol):
    def simpleString(self) -> str: ...  # noqa: N802


class _Field(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def dataType(self) -> _Type: ...  # noqa: N802


class MapInArrow(ABC):
    """A function for ``DataFrame.mapInArrow``, and the schema of what it gives."""

    _images: Images
    _replaced: str | None = None

    @abstractmethod
    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]: ...

    def schema(self, given: Iterable[_Field]) -> str:
        """What ``mapInArrow`` takes as the schema, for a data frame whose ``schema`` is `given`: Spark matches columns by their
        places, so it must be that of the very frame.

        Raises :class:`cloudauth.InvalidArgumentError` where a decoded column would have the name of another.
        """
        fields = [(field.name, field.dataType.simpleString()) for field in given]
        if self._replaced is not None and [name for name, _ in fields].count(self._replaced) != 1:
            raise InvalidArgumentError(f"given: there must be one column named {self._replaced!r}")
        fields = [(name, of) for name, of in fields if name != self._replaced]
        decoded = [(field.name, _ddl(field.type)) for field in decoded_schema(images=self._images)]
        # Spark ignores case.
        taken = {name.lower() for name, _ in decoded}
        twice = sorted(name for name, _ in fields if name.lower() in taken)
        if twice:
            raise InvalidArgumentError(f"given: a decoded column has the name of another, {twice[0]!r}; rename that one first")
        return ", ".join(f"`{name.replace('`', '``')}` {of}" for name, of in [*fields, *decoded])


def check_result(*, return_image: bool = False, images: Images = "binary", **options: Any) -> MapInArrow:
    """Fetches the outcome of each row, whose columns ``transaction_id`` and ``merchant_biz_id`` must be there; see
    :class:`cloudauth.ray.CheckResult` for the arguments, and for what ends the job. All tasks of a Python worker share a client.

    Raises :class:`cloudauth.InvalidArgumentError` for an option that breaks a rule, and for keys.
    """
    check_arguments(return_image, images, options)
    # Errors come from here, and not from a worker. Only a worker needs a region and keys.
    given: dict[str, Any] = {"region": "ap-southeast-1", "access_key_id": "none", "access_key_secret": "none"}
    given |= {name: value for name, value in options.items() if value is not None and name not in _FILES}
    Client(**given).close()
    return _Check(images, {"images": images, "return_image": return_image, **options})


def decode(column: str = "body", *, images: Images = "binary") -> MapInArrow:
    """:func:`cloudauth.arrow.decode_column`, on one thread, since Spark has a task for each core. What it gives has no `column`."""
    with_images(images)
    return _Decode(images, column)


_checks: dict[str, CheckResult] = {}


class _Check(MapInArrow):
    def __init__(self, images: Images, options: dict[str, Any]) -> None:
        self._images, self._options, self._id = images, options, uuid4().hex

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # A worker runs many tasks.
        check = _checks.get(self._id) or _checks.setdefault(self._id, CheckResult(**self._options))
        for batch in batches:
            for piece in check(pa.Table.from_batches([batch])):
                yield from piece.to_batches()


class _Decode(MapInArrow):
    def __init__(self, images: Images, column: str) -> None:
        self._images, self._replaced = images, column

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        assert self._replaced is not None
        for batch in batches:
            table = pa.Table.from_batches([batch])
            yield from decode_column(table, self._replaced, images=self._images, threads=1).to_batches()


def _ddl(of: pa.DataType) -> str:
    """The type in Spark's words."""
    if isinstance(of, pa.StructType):
        return "struct<" + ", ".join(f"{field.name}: {_ddl(field.type)}" for field in of) + ">"
    if isinstance(of, pa.MapType):
        return f"map<{_ddl(of.key_type)}, {_ddl(of.item_type)}>"
    if isinstance(of, pa.ListType):
        return f"array<{_ddl(of.value_type)}>"
    return {"bool": "boolean", "int64": "bigint", "double": "double", "string": "string", "large_binary": "binary"}[str(of)]
