"""The shop on a port of its own, as it serves its customers."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

import cloudauth
import uvicorn

from shop.app import create_app
from shop.settings import Settings


class RunningShop:
    def __init__(self, database: str, client: dict[str, Any], **settings: Any) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.settings = replace(Settings(f"http://127.0.0.1:{self.port}", database, client), **settings)

    def __enter__(self) -> RunningShop:
        self._server = uvicorn.Server(uvicorn.Config(create_app(self.settings), port=self.port, log_level="warning", access_log=False))
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            assert self._thread.is_alive() and time.monotonic() < deadline, "the shop does not start"
            time.sleep(0.01)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive(), "the shop does not end"

    def row(self, column: str) -> Any:
        """That column of the latest verification, as it is on the disk."""
        with closing(sqlite3.connect(self.settings.database)) as database:
            return database.execute(f"select {column} from verifications order by rowid desc").fetchone()[0]

    def let_pass(self, minutes: int) -> None:
        """The verification began that much earlier."""
        started = cloudauth.started_from_json(self.row("started"))
        begun = datetime.fromisoformat((started["initialized_at"] or "").replace("Z", "+00:00")) - timedelta(minutes=minutes)
        started["initialized_at"] = begun.strftime("%Y-%m-%dT%H:%M:%SZ")
        with closing(sqlite3.connect(self.settings.database)) as database, database:
            change = "update verifications set started = ?, asked_at = asked_at - ?"
            database.execute(change, (cloudauth.started_to_json(started), minutes * 60))
