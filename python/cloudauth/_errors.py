"""One exception class per kind of error, all under :class:`Error`."""

from __future__ import annotations

import builtins
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


class InvalidArgumentError(Error, ValueError):
    """An argument or option breaks its rule, or the client is closed; nothing was sent."""

    kind = "invalid_argument"


class CredentialsError(Error):
    """No keys, or none that could be used."""

    kind = "credentials"


class AuthenticationError(Error):
    """The service does not accept the signature or the keys."""

    kind = "authentication"


class AccessDeniedError(Error, PermissionError):
    """The keys are good, but may not do this."""

    kind = "access_denied"


class InvalidRequestError(Error):
    """The service does not accept the request's parameters."""

    kind = "invalid_request"


class NotCompletedError(Error):
    """The end user has not finished yet: ask again later."""

    kind = "not_completed"


class ThrottledError(Error):
    """Too many calls."""

    kind = "throttled"


class UnavailableError(Error):
    """The service failed for the moment."""

    kind = "unavailable"


class ServiceError(Error):
    """The service answered with a code that is not known here."""

    kind = "service"


class NetworkError(Error, ConnectionError):
    """The service could not be reached, or the connection broke."""

    kind = "network"


class TlsError(Error, ConnectionError):
    """No secure connection could be made."""

    kind = "tls"


class TimeoutError(Error, builtins.TimeoutError):
    """The time for the call, or for one attempt of it, was over."""

    kind = "timeout"


class CancelledError(Error):
    """The call was cancelled, or the library shut down."""

    kind = "cancelled"


class ProtocolError(Error):
    """The reply is none that the service gives."""

    kind = "protocol"


class TooLargeError(Error):
    """The reply is larger than ``max_body_bytes`` allows."""

    kind = "too_large"


class BlockedError(Error):
    """An address that must not be called was not called."""

    kind = "blocked"


class IoError(Error, OSError):
    """The system refused a file, a thread or a descriptor."""

    kind = "io"


class InternalError(Error, RuntimeError):
    """A fault of this library."""

    kind = "internal"


class ForkedError(Error):
    """What was under way when the process forked is the parent's."""

    kind = "forked"


_CLASSES: dict[str, type[Error]] = {kind.kind: kind for kind in Error.__subclasses__()}


def from_kind(kind: str, message: str, **known: Any) -> Error:
    """The exception of that kind; a kind that is new to this package is an :class:`Error`."""
    error = _CLASSES.get(kind, Error)(message, **known)
    error.kind = kind
    return error
