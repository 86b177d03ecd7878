"""Events for the listeners of clients, on the threads that make calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import copy_context
from itertools import count
from types import SimpleNamespace
from typing import Any, TypeAlias, cast
from weakref import finalize

from . import _cloudauth
from ._event import Event

Listener: TypeAlias = Callable[[Event], object]

listeners: dict[int, Listener] = {}
_numbers = count(1)


def listen(client: object, listener: Listener | None) -> int | None:
    """The number under which the events of `client` are kept, for as long as it lives."""
    if listener is None:
        return None
    number = next(_numbers)
    listeners[number] = listener
    finalize(client, listeners.pop, number).atexit = False
    return number


def deliver() -> None:
    """Hands what waits to the listeners."""
    if not listeners:
        return
    for number, context, event in _cloudauth.take_events():
        listener = listeners.get(number)
        if listener is not None:
            try:
                # A copy: another thread may be in the context with another call's events.
                (context or copy_context()).copy().run(listener, event)
            except Exception as error:
                # No call fails for a listener that does.
                told = {"exc_type": type(error), "exc_value": error, "exc_traceback": error.__traceback__}
                sys.unraisablehook(cast("Any", SimpleNamespace(**told, err_msg=None, object=listener)))
