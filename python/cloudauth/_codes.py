# Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.
"""An exception class for each kind of error, and the words for what to do next."""

from __future__ import annotations

import builtins
from typing import Literal, TypeAlias

from ._errors import Error

Action: TypeAlias = Literal["accept", "retry", "review", "reject"]
Retry: TypeAlias = Literal["never", "after_pause", "once_new_nonce", "once_new_time", "once_new_token"]
Subject: TypeAlias = Literal["sub_code", "response_code", "kind", "client_code"]


class InvalidArgumentError(Error, ValueError):
    """An argument, option or handle breaks a rule; nothing was sent."""

    kind = "invalid_argument"


class CredentialsError(Error):
    """No usable access key was found, or a source of credentials failed."""

    kind = "credentials"


class AuthenticationError(Error):
    """The service did not accept the signature, the access key, the token or the time of the request."""

    kind = "authentication"


class AccessDeniedError(Error, PermissionError):
    """The access key is valid, but may not use this service."""

    kind = "access_denied"


class InvalidRequestError(Error):
    """The service refused a parameter, or does not know the transaction."""

    kind = "invalid_request"


class NotCompletedError(Error):
    """The person has not finished the verification; this is a state, not a fault."""

    kind = "not_completed"


class ThrottledError(Error):
    """More requests were sent than the quota of the account allows."""

    kind = "throttled"


class UnavailableError(Error):
    """The service is there, but could not answer this request."""

    kind = "unavailable"


class ServiceError(Error):
    """The service refused with a code that the catalogue does not know."""

    kind = "service"


class NetworkError(Error, ConnectionError):
    """The endpoint's name was not found, or the connection was refused or broken."""

    kind = "network"


class TlsError(Error, ConnectionError):
    """The server's certificate, or the TLS handshake, could not be trusted."""

    kind = "tls"


class TimeoutError(Error, builtins.TimeoutError):
    """The time given for the call ran out."""

    kind = "timeout"


class CancelledError(Error):
    """The caller cancelled the call before it ended."""

    kind = "cancelled"


class ProtocolError(Error):
    """A reply came that is not one of this service: not JSON, cut short, or a redirect."""

    kind = "protocol"


class TooLargeError(Error):
    """The reply is larger than the limit, and was not read to its end."""

    kind = "too_large"


class BlockedError(Error):
    """An address in the reply is not one that may be fetched, so it was left alone."""

    kind = "blocked"


class IoError(Error, OSError):
    """A local file could not be read or written, or the operating system refused a descriptor or a thread."""

    kind = "io"


class InternalError(Error, RuntimeError):
    """A fault in this library."""

    kind = "internal"


class ForkedError(Error):
    """The process forked while the call was in flight, and the child cannot finish it."""

    kind = "forked"


CLASSES: dict[str, type[Error]] = {kind.kind: kind for kind in Error.__subclasses__()}
