"""Many calls: what both clients do with rows, outcomes and progress."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any, TypeAlias, cast

from ._codes import ForkedError, InvalidArgumentError
from ._config import parameters_of
from ._errors import Error
from ._log import deliver
from ._types import Outcome, Row, RowLike

Progress: TypeAlias = bool | Callable[[int, int | None], object]
Arguments: TypeAlias = tuple[str, str, bool, dict[str, Any] | None, bool]

_ROW = frozenset(("transaction_id", "merchant_biz_id", "return_image", "parameters", "unchecked"))


def arguments(rows: Iterable[Row | RowLike], waiting: dict[int, Row | RowLike]) -> Iterator[Arguments | TypeError]:
    """The arguments of ``check_result`` that each row holds, or why it holds none; the row itself is left in `waiting` under
    its position.
    """
    for position, row in enumerate(rows):
        waiting[position] = row
        yield _arguments_of(cast("RowLike", row))


def _arguments_of(row: RowLike) -> Arguments | TypeError:
    if not hasattr(row, "keys"):
        return TypeError(f"must be a mapping, not {type(row).__name__}")
    given = {name: row[name] for name in _ROW.intersection(row.keys())}
    missing = {"transaction_id", "merchant_biz_id"} - given.keys()
    if missing:
        return TypeError(f"lacks {', '.join(sorted(missing))}")
    try:
        parameters = parameters_of(given.get("parameters"))
    except TypeError as error:
        return error
    image, unchecked = given.get("return_image", False), given.get("unchecked", False)
    return given["transaction_id"], given["merchant_biz_id"], image, parameters, unchecked


def refused(position: int, error: Exception) -> Error:
    """`error`, with the row that it is about in its message."""
    return InvalidArgumentError(f"rows: item {position}: {error}")


def outcomes(many: Any, waiting: dict[int, Row | RowLike], report: Callable[[], object]) -> Iterator[Outcome]:
    """The native iterator's outcomes, each with its row."""
    with closing(many):
        for position, result, error in many:
            deliver()
            row = waiting.pop(position, None)
            if row is None or isinstance(error, ForkedError):
                # No row's: the calls as a whole came to an end.
                raise error
            report()
            yield Outcome(position, row, result, refused(position, error) if isinstance(error, TypeError) else error)


def reporter(progress: Progress, rows: Iterable[Row | RowLike]) -> Callable[[], object]:
    """What is called for each outcome."""
    length = getattr(rows, "__len__", None)
    total = length() if length else None
    if callable(progress):
        done = 0

        def count() -> None:
            nonlocal done
            done += 1
            progress(done, total)

        return count
    if progress:
        try:
            from tqdm import tqdm  # pyright: ignore[reportMissingModuleSource]
        except ImportError:
            warnings.warn("progress=True shows nothing where tqdm is not installed", stacklevel=3)
        else:
            return cast("Callable[[], object]", tqdm(total=total, unit="call").update)
    return lambda: None
