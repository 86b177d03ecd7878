"""The base of all exceptions. Those of each kind are in ``_codes``."""

from __future__ import annotations

from typing import Any


class Error(Exception):
    """Why a call gave no result.

    The message is one line made for people, and holds neither secrets nor personal data.
    """

    kind: str
    """The kind's name, the same in every language, such as ``throttled``."""
    code: str | None
    """The service's own code, such as ``Throttling.Api``; ``None`` where it sent none."""
    http_status: int | None
    """The HTTP status of the last reply; ``None`` where there was none."""
    request_id: str | None
    """The service's id of the request."""
    retryable: bool
    """Whether the same call, made again later, can succeed."""
    retry_after: float | None
    """How long the service asked to wait before the next call, in seconds."""
    attempts: int
    """How many requests were sent for this call; 0 where nothing was."""
    advice: str
    """What to do about it, for people."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        http_status: int | None = None,
        request_id: str | None = None,
        retryable: bool = False,
        retry_after: float | None = None,
        attempts: int = 0,
        advice: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.http_status = http_status
        self.request_id = request_id
        self.retryable = retryable
        self.retry_after = retry_after
        self.attempts = attempts
        self.advice = advice

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would lose what was given by keyword.
        return (type(self), (str(self),), self.__dict__.copy())
