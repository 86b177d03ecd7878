"""Where verifications are kept. Replace this file by your own database: encrypted, and with a time to delete."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Verification:
    id: str
    """The shop's own id, and the service's MerchantBizId."""
    transaction_id: str
    started: str
    """What ``initialize`` gave, as JSON; it holds the callback's token."""
    state: str
    """``waiting``, then ``accept``, ``retry``, ``review``, ``reject``, ``abandoned``, ``expired`` or ``gone``."""
    sub_code: str | None
    fetched: bool
    """The result is stored."""
    deleted: bool
    """The service keeps nothing of it any more."""
    asked_at: float


_TABLE = """
create table if not exists verifications (
    id text primary key,
    transaction_id text not null unique,
    started text not null,
    state text not null default 'waiting',
    sub_code text,
    evidence text,
    deleted integer not null default 0,
    asked_at real not null
)
"""
_COLUMNS = "id, transaction_id, started, state, sub_code, evidence is not null, deleted, asked_at"


class Store:
    """Each change is on the disk when its method returns."""

    def __init__(self, path: str) -> None:
        # For its owner alone; sqlite gives the files beside it the same mode.
        os.close(os.open(path, os.O_CREAT, 0o600))
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute(_TABLE)

    def add(self, id: str, transaction_id: str, started: str) -> None:
        values = (id, transaction_id, started, time.time())
        self._database.execute("insert into verifications (id, transaction_id, started, asked_at) values (?, ?, ?, ?)", values)

    def find(self, id: str | None) -> Verification | None:
        return self._one("id = ?", id)

    def by_transaction(self, transaction_id: str) -> Verification | None:
        return self._one("transaction_id = ?", transaction_id)

    def unsettled(self) -> list[Verification]:
        """Those that wait for their end, or for their deletion at the service."""
        return self._many("state = 'waiting' or (evidence is not null and not deleted)")

    def decide(self, id: str, state: str, sub_code: str | None = None, evidence: str | None = None) -> None:
        """The first result stands; a person who seemed to have left may still give one."""
        change = "update verifications set state = ?, sub_code = ?, evidence = ? where id = ? and evidence is null"
        self._database.execute(change, (state, sub_code, evidence, id))

    def asked(self, id: str) -> None:
        self._database.execute("update verifications set asked_at = ? where id = ?", (time.time(), id))

    def deleted(self, id: str) -> None:
        self._database.execute("update verifications set deleted = 1 where id = ?", (id,))

    def close(self) -> None:
        self._database.close()

    def _one(self, where: str, *values: str | None) -> Verification | None:
        return next(iter(self._many(where, values)), None)

    def _many(self, where: str, values: Sequence[str | None] = ()) -> list[Verification]:
        rows = self._database.execute(f"select {_COLUMNS} from verifications where {where}", values)
        return [
            Verification(id, transaction_id, started, state, sub_code, bool(fetched), bool(deleted), asked_at)
            for id, transaction_id, started, state, sub_code, fetched, deleted, asked_at in rows
        ]
