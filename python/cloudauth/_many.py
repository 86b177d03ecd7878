"""Many calls: what both clients do with rows, outcomes and progress."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from contextvars import copy_context
from typing import Any, TypeAlias, cast

from . import _cloudauth
from ._codes import ForkedError
from ._config import parameters_of
from ._errors import Error
from ._limiter import Held
from ._log import deliver
from ._result import CheckResult
from ._threads import start
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
        yield arguments_of(row)


def arguments_of(row: Row | RowLike) -> Arguments | TypeError:
    if not hasattr(row, "keys"):
        return TypeError(f"must be a mapping, not {type(row).__name__}")
    columns = cast("RowLike", row)
    given = {name: columns[name] for name in _ROW.intersection(columns.keys())}
    missing = {"transaction_id", "merchant_biz_id"} - given.keys()
    if missing:
        return TypeError(f"lacks {', '.join(sorted(missing))}")
    try:
        parameters = parameters_of(given.get("parameters"))
    except TypeError as error:
        return error
    image, unchecked = given.get("return_image", False), given.get("unchecked", False)
    return given["transaction_id"], given["merchant_biz_id"], image, parameters, unchecked


def outcomes(
    many: _cloudauth.Many, rows: Iterable[Row | RowLike], report: Callable[[], object], limiter: Held | None
) -> Iterator[Outcome]:
    """The outcomes of `rows`, each with its row; `limiter` lives until the last."""
    waiting: dict[int, Row | RowLike] = {}
    raised: list[BaseException] = []
    given = arguments(rows, waiting)
    with closing(many):
        in_place = _is_read_in_place(rows)
        if not in_place:
            context = copy_context()
            start("cloudauth-rows", lambda: context.run(_feed, many, given, raised, True))
        while True:
            if in_place:
                _feed(many, given, raised, False)
            step = many.next()
            deliver()
            if step is None:
                break
            outcome = outcome_of(step, waiting)
            report()
            yield outcome
    if raised:
        raise raised[0]


def outcome_of(step: tuple[int, CheckResult | None, Error | None], waiting: dict[int, Row | RowLike]) -> Outcome:
    position, result, error = step
    row = waiting.pop(position, None)
    if row is None or isinstance(error, ForkedError):
        # No row's: the calls as a whole came to an end.
        raise cast("Error", error)
    return Outcome(position, row, result, error)


def _feed(many: _cloudauth.Many, given: Iterator[Arguments | TypeError], raised: list[BaseException], wait: bool) -> None:
    """Pushes rows while there is room for them, and waits for it if it may."""
    try:
        while many.wants_more(wait):
            row = next(given, None)
            if row is None:
                many.finish()
            else:
                many.push(row)
    except BaseException as exception:
        # What is under way comes first, unless it is an interrupt.
        raised.append(exception)
        if isinstance(exception, Exception):
            many.finish()
        else:
            many.close()


def _is_read_in_place(rows: object) -> bool:
    """Whether rows are read on the thread that takes the outcomes: they are there already, or can be read nowhere else. Others
    have a thread of their own, so that a row that is long in coming holds no outcome up.
    """
    return hasattr(rows, "__len__") or type(rows).__module__ == "sqlite3"


def reporter(progress: Progress, rows: object) -> Callable[[], object]:
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
