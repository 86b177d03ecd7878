"""The native half. Everything in it is wrapped, and documented, by the package."""

import os
from collections.abc import Callable
from contextvars import Context
from pathlib import Path
from typing import Any, Literal, final

from typing_extensions import Self

from ._callback import Callback
from ._errors import Error
from ._event import Event
from ._result import CheckResult
from ._stats import Stats
from ._types import Explanation
from .testing import EmulatorCall

__all__ = [
    "Client",
    "Emulator",
    "KeySource",
    "Many",
    "InFlight",
    "Queue",
    "UnverifiedCallback",
    "__version__",
    "decide",
    "decode",
    "explain",
    "from_json",
    "generation",
    "main",
    "save_images",
    "set_log_level",
    "shutdown",
    "start_thread",
    "take_events",
    "take_log",
]

__version__: str

def decode(body: bytes) -> CheckResult: ...
def from_json(json: bytes) -> CheckResult: ...
def save_images(json: bytes, folder: str | os.PathLike[str]) -> list[Path]: ...
def decide(
    passed: bool | None, sub_code: str | None, comparison_score: float | None, min_face_score: float | None
) -> tuple[str, list[str]]: ...
def explain(code: str) -> Explanation | None: ...
def main(arguments: list[str]) -> int: ...
def generation() -> int: ...
def shutdown(timeout: float) -> bool: ...
def set_log_level(level: int) -> None: ...
def take_events() -> list[tuple[int, Context | None, Event]]: ...
def take_log() -> list[tuple[int, str]]: ...
def start_thread(function: Callable[[], None]) -> None: ...
@final
class Client:
    def __new__(cls, *, credentials: KeySource | None, listener: int | None, **options: Any) -> Self: ...
    @property
    def endpoint(self) -> str: ...
    def stats(self) -> Stats: ...
    def close(self) -> None: ...
    def check_result(
        self,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool,
        parameters: dict[str, Any] | None,
        unchecked: bool,
        timeout: float | None,
    ) -> CheckResult: ...
    def wait_for_result(
        self,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool,
        parameters: dict[str, Any] | None,
        unchecked: bool,
        wait: tuple[float | None, float | None, float | None],
    ) -> CheckResult: ...
    def call(
        self, action: str, parameters: dict[str, Any] | None, unchecked: bool, timeout: float | None
    ) -> dict[str, Any]: ...
    def typed(
        self,
        operation: str,
        given: dict[str, Any],
        parameters: dict[str, Any] | None,
        unchecked: bool,
        timeout: float | None,
    ) -> Any: ...
    def check_many(self, concurrency: int | None, ordered: bool, timeout: float | None) -> Many: ...
    def start_check_result(
        self,
        queue: Queue,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool,
        parameters: dict[str, Any] | None,
        unchecked: bool,
        timeout: float | None,
    ) -> InFlight: ...
    def start_wait_for_result(
        self,
        queue: Queue,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool,
        parameters: dict[str, Any] | None,
        unchecked: bool,
        wait: tuple[float | None, float | None, float | None],
    ) -> InFlight: ...
    def start_call(
        self, queue: Queue, action: str, parameters: dict[str, Any] | None, unchecked: bool, timeout: float | None
    ) -> InFlight: ...
    def start_typed(
        self,
        queue: Queue,
        operation: str,
        given: dict[str, Any],
        parameters: dict[str, Any] | None,
        unchecked: bool,
        timeout: float | None,
    ) -> InFlight: ...

@final
class UnverifiedCallback:
    @staticmethod
    def parse(query: str | bytes) -> UnverifiedCallback: ...
    @staticmethod
    def from_pairs(pairs: list[tuple[str, str]]) -> UnverifiedCallback: ...
    @property
    def transaction_id(self) -> str: ...
    def verified(self, token: str | None) -> Callback: ...

@final
class Many:
    def tell(self, queue: Queue) -> int: ...
    def push(self, row: tuple[str, str, bool, dict[str, Any] | None, bool] | TypeError) -> None: ...
    def wants_more(self, wait: bool) -> bool: ...
    def finish(self) -> None: ...
    def next(self) -> tuple[int, CheckResult | None, Error | None] | None: ...
    def take(self) -> tuple[int, CheckResult | None, Error | None] | Literal[False] | None: ...
    def close(self) -> None: ...

@final
class Queue:
    def __new__(cls) -> Self: ...
    def fileno(self) -> int: ...
    def take(self) -> list[tuple[int, Any, Exception | None]]: ...

@final
class InFlight:
    @property
    def number(self) -> int: ...
    def cancel(self) -> None: ...

@final
class KeySource:
    def __new__(cls) -> Self: ...
    def wait(self) -> list[int] | None: ...
    def fileno(self) -> int: ...
    def stop(self) -> None: ...
    def give(self, number: int, access_key_id: str, access_key_secret: str, security_token: str | None) -> None: ...
    def fail(self, number: int, reason: str, cause: BaseException | None) -> None: ...

@final
class Emulator:
    def __new__(
        cls,
        *,
        security_token: str | None,
        tls: bool,
        qps: int | None,
        finish_after: float | None,
        cases: str | None,
    ) -> Self: ...
    @property
    def endpoint(self) -> str: ...
    @property
    def access_key_id(self) -> str: ...
    @property
    def access_key_secret(self) -> str: ...
    @property
    def security_token(self) -> str | None: ...
    @property
    def ca_file(self) -> str | None: ...
    def calls(self) -> list[EmulatorCall]: ...
    def advance(self, seconds: float) -> None: ...
    def finish(self, transaction_id: str, sub_code: str) -> None: ...
    def set_faults(self, faults: list[str], rate: float | None, seed: int) -> None: ...
    def stop(self) -> None: ...
