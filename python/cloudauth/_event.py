# Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.
"""What clients report of calls and attempts."""

from __future__ import annotations

from ._compat import TypedDict


class Event(TypedDict):
    """What became of a call, or of one of its attempts; what is absent is ``None``. It holds no id, no key and
    nobody's data.
    """

    operation: str
    """The operation's name."""
    region: str | None
    """The region whose server is called; absent for any other server."""
    attempt: int | None
    """Which attempt of the call it is, from 1; absent for the call as a whole."""
    attempts: int
    """Requests that the call has sent so far."""
    kind: str | None
    """Why it failed; absent where it succeeded."""
    code: str | None
    """The service's code, where it failed with one."""
    http_status: int | None
    """The reply's status; absent where there was no reply."""
    duration: float
    """How long it took, waits included. In seconds."""
    permit_wait: float
    """How long of that the quota kept requests back. In seconds."""
    pause: float
    """The pause after the attempt, which is no part of its duration; of a call, all of its pauses. In seconds."""
    bytes_received: int
    """Bytes of replies' bodies."""
    ended: float
    """When it ended. In seconds since the beginning of 1970."""
    server_address: str
    """The server's name or address."""
    server_port: int
    """The server's port."""


def attributes(event: Event) -> dict[str, str | int]:
    """The event by the names that OpenTelemetry has for it; times are in milliseconds. What is absent is left out."""
    attempt = event["attempt"]
    everything: dict[str, str | int | None] = {
        "server.address": event["server_address"],
        "server.port": event["server_port"],
        "error.type": event["kind"],
        "http.response.status_code": event["http_status"],
        "http.request.method": None if attempt is None else "POST",
        "http.request.resend_count": None if attempt is None else (event["attempt"] or 0) - 1 or None,
        "cloudauth.action": event["operation"] if attempt is None else None,
        "cloudauth.attempts": event["attempts"] if attempt is None else None,
        "cloudauth.code": event["code"],
        "cloudauth.permit_wait_ms": None if attempt is None else round(event["permit_wait"] * 1000) or None,
        "cloudauth.pause_ms": None if attempt is None else round(event["pause"] * 1000) or None,
    }
    return {name: value for name, value in everything.items() if value is not None}


METRIC_ATTRIBUTES = frozenset(
    {
        "server.address",
        "server.port",
        "error.type",
        "http.response.status_code",
        "http.request.method",
        "cloudauth.action",
    }
)
"""Those with few values, which a measurement has as well."""
