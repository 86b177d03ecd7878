"""A limiter of the program's own."""

from __future__ import annotations

import weakref

from . import _cloudauth
from ._types import LimiterCallable


class Held:
    """A limiter, as its client holds it; nothing else does for longer than a call, as it may lead back to the client."""

    __slots__ = ("__weakref__", "acquire")

    def __init__(self, acquire: LimiterCallable) -> None:
        self.acquire = acquire

    def native(self, on_loop: bool) -> _cloudauth.LimiterFunction:
        """As the native half asks it. `on_loop`: calls have an event loop to await things on."""
        here = weakref.ref(self)

        def acquire() -> LimiterCallable | None:
            held = here()
            return None if held is None else held.acquire

        return _cloudauth.LimiterFunction(acquire, on_loop)


async def answer(question: _cloudauth.PermitQuestion) -> None:
    """Awaits a limiter's answer on the running event loop."""
    try:
        waits = await question.begin()
    except BaseException as error:
        question.fail(error)
    else:
        question.give(waits)
