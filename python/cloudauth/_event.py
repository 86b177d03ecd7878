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
