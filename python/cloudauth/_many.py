"""Many calls: what both clients do with rows, outcomes and progress."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, TypeAlias, cast

from ._config import parameters_of
from ._errors import ForkedError
from ._types import Outcome, Row

Progress: TypeAlias = bool | Callable[[int, int | None], object]
Arguments: TypeAlias = tuple[str, str, bool, dict[str, Any] | None, bool]

_ROW = frozenset(("transaction_id", "merchant_biz_id", "return_image", "parameters", "unchecked"))


def arguments(rows: Iterable[Row], waiting: dict[int, Row]) -> Iterator[Arguments]:
    """The arguments of ``check_result`` that each row holds; the row itself is left in `waiting` under its position."""
    for position, row in enumerate(rows):
        if not isinstance(cast("object", row), Mapping):
            raise TypeError(f"rows: item {position} must be a mapping, not {type(row).__name__}")
        missing = {"transaction_id", "merchant_biz_id"} - row.keys()
        unknown = row.keys() - _ROW
        if missing or unknown:
            what, names = ("lacks", missing) if missing else ("has the unknown key", unknown)
            raise TypeError(f"rows: item {position} {what} {', '.join(sorted(map(str, names)))}")
        waiting[position] = row
        image, unchecked = row.get("return_image", False), row.get("unchecked", False)
        yield row["transaction_id"], row["merchant_biz_id"], image, parameters_of(row.get("parameters")), unchecked


def outcomes(many: Any, waiting: dict[int, Row], report: Callable[[], object]) -> Iterator[Outcome]:
    """The native iterator's outcomes, each with its row."""
    with closing(many):
        for position, result, error in many:
            row = waiting.pop(position, None)
            if row is None or isinstance(error, ForkedError):
                # No row's: the calls as a whole came to an end.
                raise error
            report()
            yield Outcome(position, row, result, error)


def reporter(progress: Progress, rows: Iterable[Row]) -> Callable[[], object]:
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
