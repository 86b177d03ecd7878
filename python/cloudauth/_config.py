"""The options that both clients take."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import FunctionType
from typing import Any, ClassVar, NoReturn

from . import _cloudauth
from ._codes import InvalidArgumentError
from ._limiter import Held
from ._log import logged
from ._options import UNSTORED, Options
from ._report import listen
from ._stats import Stats


class Configured(Options):
    """A client's options, and what both clients do with them."""

    _on_loop: ClassVar[bool] = False
    """Whether its calls have an event loop."""

    def _configure(self, options: dict[str, Any], called: dict[str, Any]) -> None:
        self._keys = None
        if called["credentials"] is not None:
            # asyncio is loaded with it, which a program without a callable can do without.
            from ._keys import KeyThread

            self._keys = KeyThread(called["credentials"])
        source = self._keys.source if self._keys else None
        self._limiter = None if called["limiter"] is None else Held(called["limiter"])
        limiter = self._limiter.native(self._on_loop) if self._limiter else None
        with logged:
            listener = listen(self, called["on_event"])
            self._native = _cloudauth.Client(**options, credentials=source, listener=listener, limiter=limiter)
        # What it calls, whatever it was given: the environment may have a word in it.
        self._endpoint = self._native.endpoint
        self._options = {name: value for name, value in options.items() if value is not None and name not in UNSTORED}
        for name in ("proxy", "quota"):
            url: str = options[name] or ""
            if "@" in url:
                # User name and password end at the last @, whatever is in them.
                login, _, place = url.rpartition("@")
                scheme, mark, _ = login.partition("://")
                self._options[name] = scheme + mark + place if mark else place
        self._called = called

    @property
    def endpoint(self) -> str:
        """Where it calls: scheme, host and port."""
        return self._endpoint

    def stats(self) -> Stats:
        """What it has done so far, in numbers; once it is closed, what it had done by then."""
        return self._native.stats()

    def connect_ahead(self) -> None:
        """Says that a call is near, such as when a callback comes: opens a connection in the background, unless one is ready,
        so that the call need not wait for DNS, TCP and TLS. Returns at once, also on an event loop. A connection that cannot be
        made is counted in :meth:`stats`, and has no other effect.
        """
        self._open().connect_ahead()

    def __repr__(self) -> str:
        return f"<cloudauth.{type(self).__name__} {self._endpoint}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Configuration alone: the other process finds keys where it runs.
        options = dict(self._options)
        for name, called in self._called.items():
            # A function is pickled by name; another callable may hold secrets.
            if called is not None and not isinstance(called, FunctionType):
                raise InvalidArgumentError(f"{name}: only a function can be pickled with a client")
            if called is not None:
                options[name] = called
        return (partial(type(self), **options), ())

    def __copy__(self) -> NoReturn:
        raise TypeError("a client is not copied but shared: use the client itself; pickle takes its configuration along, without keys")

    def __deepcopy__(self, memo: object) -> NoReturn:
        self.__copy__()

    def _open(self) -> _cloudauth.Client:
        """The native client, with someone at hand who gives it keys."""
        if self._keys is not None:
            self._keys.start()
        return self._native

    def _close(self) -> None:
        self._native.close()
        if self._keys is not None:
            self._keys.stop()


def ids_by_keyword(method: str, positional: tuple[object, ...]) -> None:
    """Refuses positional arguments: two ids are easily swapped."""
    if positional:
        raise TypeError(f"{method}: takes transaction_id=... and merchant_biz_id=... by keyword")


def parameters_of(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """`given` as the native half takes it."""
    if given is None:
        return None
    try:
        return dict(given)
    except (TypeError, ValueError):
        raise TypeError(f"parameters: must be a mapping, not {type(given).__name__}") from None
