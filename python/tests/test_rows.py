"""Rows of check_many that are no dicts, and those that are none."""

from __future__ import annotations

import asyncio
import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

Many = Callable[..., Iterator[cloudauth.Outcome]]
GOOD = {"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}


@pytest.fixture(params=["blocking", "on an event loop"])
def check_many(request: pytest.FixtureRequest, emulator: Emulator) -> Iterator[Many]:
    """Outcomes of both clients, taken one by one."""
    if request.param == "blocking":
        with cloudauth.Client(**emulator.client_args) as client:
            yield client.check_many
        return
    loop, asynchronous = asyncio.new_event_loop(), cloudauth.AsyncClient(**emulator.client_args)

    def step_by_step(rows: Iterable[Any], **options: Any) -> Iterator[cloudauth.Outcome]:
        async def begin() -> Any:
            return asynchronous.check_many(rows, **options)

        outcomes = loop.run_until_complete(begin())
        while (outcome := loop.run_until_complete(anext(outcomes, None))) is not None:
            yield outcome

    yield step_by_step
    loop.run_until_complete(asynchronous.aclose())
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


# Finding E3: the run ended, fetched outcomes were lost, and the row was not named.
@pytest.mark.parametrize("ordered", [True, False])
def test_a_row_that_is_none_is_its_own_outcome(check_many: Many, ordered: bool) -> None:
    rows: list[Any] = [dict(GOOD) for _ in range(200)]
    rows[100]["transaction_id"] = None
    outcomes = {outcome.position: outcome for outcome in check_many(rows, concurrency=4, ordered=ordered)}
    assert list(outcomes) == list(range(200)) if ordered else len(outcomes) == 200
    assert [position for position, outcome in outcomes.items() if outcome.error] == [100]
    bad = outcomes[100]
    assert isinstance(bad.error, cloudauth.InvalidArgumentError)
    assert str(bad.error) == "rows: item 100: transaction_id: must be a str, not NoneType"
    assert bad.row is rows[100]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (1, "must be a mapping, not int"),
        ({"transaction_id": "t"}, "lacks merchant_biz_id"),
        ({**GOOD, "return_image": 1}, "return_image: must be a bool, not int"),
        ({**GOOD, "parameters": 3}, "parameters: must be a mapping, not int"),
    ],
)
def test_a_row_is_refused(check_many: Many, row: Any, message: str) -> None:
    first, second, third = check_many([row, GOOD, row])
    assert (str(first.error), str(third.error)) == (f"rows: item 0: {message}", f"rows: item 2: {message}")
    assert second.result


def test_a_parameter_of_a_row_is_refused(check_many: Many) -> None:
    (outcome,) = check_many([{**GOOD, "parameters": {"A": math.nan}}])
    assert isinstance(outcome.error, cloudauth.InvalidArgumentError)
    assert "A: must be a finite number" in str(outcome.error)


# Finding E3: what a generator raised cost the outcomes of the rows before.
@pytest.mark.parametrize("ordered", [True, False])
def test_what_was_fetched_comes_before_what_the_rows_raise(check_many: Many, ordered: bool) -> None:
    def rows() -> Iterator[Any]:
        yield from [GOOD] * 10
        raise LookupError("row 10")

    outcomes = check_many(rows(), concurrency=8, ordered=ordered)
    taken: list[int] = []
    with pytest.raises(LookupError, match="row 10"):
        taken.extend(outcome.position for outcome in outcomes if outcome.result)
    taken.extend(outcome.position for outcome in outcomes)
    assert sorted(taken) == list(range(10))


def test_an_interrupt_in_the_rows_ends_the_run(check_many: Many) -> None:
    def rows() -> Iterator[Any]:
        yield GOOD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(check_many(rows(), concurrency=2))


# Finding E9: neither a row of sqlite3 nor one of more columns was taken.
def test_rows_of_a_database(check_many: Many) -> None:
    with sqlite3.connect(":memory:") as database:
        database.row_factory = sqlite3.Row
        query = "SELECT 7 AS id, 'ekycpro200' AS transaction_id, 'demo' AS merchant_biz_id, 'new' AS state"
        (outcome,) = check_many(database.execute(query))
    database.close()
    assert outcome.result
    assert isinstance(outcome.row, sqlite3.Row)
    assert outcome.row["id"] == 7


def test_what_is_wrong_for_all_rows_is_raised(check_many: Many) -> None:
    with pytest.raises(TypeError, match="timeout: must be a number of seconds, not str"):
        next(check_many([GOOD], timeout="5"))
