# Generated from core/schema/counters.toml by `cargo xtask generate`; do not edit.
"""What a client counts."""

from __future__ import annotations

from ._compat import TypedDict


class Stats(TypedDict):
    """What a client has done since it was made; a forked child's numbers go on from its parent's."""

    calls: int
    """Calls that were begun."""
    succeeded: int
    """Calls that gave a result."""
    failed: int
    """Calls that gave an error. Those begun and neither are under way, or were given up by their caller."""
    requests: int
    """Requests that were sent."""
    retries: int
    """Requests that were sent because an earlier one of the same call failed."""
    throttled: int
    """Replies that throttled."""
    connections: int
    """Connections that were made."""
    bytes_received: int
    """Bytes of replies' bodies."""
    events_dropped: int
    """Events that were dropped, because too many waited for the listener."""
    keepalives: int
    """Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests."""
    background_failures: int
    """Connections and requests of `keep_warm` and connections of `connect_ahead` that failed."""
    shared_permits: int
    """Permits that the shared `quota` gave."""
    own_permits: int
    """Permits of this client's share, while the shared `quota` did not answer."""
    quota_losses: int
    """Times that the shared `quota` stopped to answer, or did not answer from the beginning."""


COUNTERS = {
    "calls": ("{call}", "Calls that were begun."),
    "succeeded": ("{call}", "Calls that gave a result."),
    "failed": ("{call}", "Calls that gave an error. Those begun and neither are under way, or were given up by their caller."),
    "requests": ("{request}", "Requests that were sent."),
    "retries": ("{request}", "Requests that were sent because an earlier one of the same call failed."),
    "throttled": ("{request}", "Replies that throttled."),
    "connections": ("{connection}", "Connections that were made."),
    "bytes_received": ("By", "Bytes of replies' bodies."),
    "events_dropped": ("{event}", "Events that were dropped, because too many waited for the listener."),
    "keepalives": ("{request}", "Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests."),
    "background_failures": ("{failure}", "Connections and requests of `keep_warm` and connections of `connect_ahead` that failed."),
    "shared_permits": ("{permit}", "Permits that the shared `quota` gave."),
    "own_permits": ("{permit}", "Permits of this client's share, while the shared `quota` did not answer."),
    "quota_losses": ("{loss}", "Times that the shared `quota` stopped to answer, or did not answer from the beginning."),
}
"""Units and meanings."""
