"""The service's call of ``CallbackUrl``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast, overload

from . import _cloudauth
from ._compat import TypedDict

Query: TypeAlias = str | bytes | Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]


class Callback(TypedDict):
    """The service's call of ``CallbackUrl``: it says that a verification has ended, and never how.

    Ask ``check_result`` with the transaction id that you stored.
    """

    transaction_id: str
    """The transaction that ended."""
    parameters: dict[str, str]
    """Every parameter as text but for the token: the service's own as ``transactionId``, ``passed`` and ``subcode``, whatever
    spelling came, the others as they came. ``passed`` and ``subcode`` are no verdict: whoever called may have written them."""


@overload
def parse_callback(query: Query, token: str | Callable[[str], str | None]) -> Callback: ...
@overload
def parse_callback(query: Query, token: Callable[[str], Awaitable[str | None]]) -> Coroutine[Any, Any, Callback]: ...
def parse_callback(
    query: Query, token: str | Callable[[str], str | None | Awaitable[str | None]]
) -> Callback | Coroutine[Any, Any, Callback]:
    """Reads the service's call of ``CallbackUrl``, if its token is the one that Initialize was given.

    >>> cloudauth.parse_callback("callbackToken=s3cr3t&transactionId=hks1&passed=Y&subCode=200", "s3cr3t")["transaction_id"]
    'hks1'

    :param query: the query as it came, a ``str`` or ``bytes``, or the whole URL; or what a framework decoded: a mapping, whose
        values may be lists, or pairs.
    :param token: the expected token, or a function that looks it up by the transaction id and returns ``None`` for a
        transaction that is not known. With an ``async`` function, await the callback: ``await parse_callback(query, find_token)``.

    Raises :class:`cloudauth.AuthenticationError` where the token is wrong or missing, or the transaction not known, and
    :class:`cloudauth.InvalidArgumentError` where ``query`` is no callback. What the function raises is raised as it is.
    """
    unverified = _read(query)
    expected = token(unverified.transaction_id) if callable(token) else token
    if isinstance(expected, Awaitable):
        return _verified(unverified, expected)
    return unverified.verified(expected)


async def _verified(unverified: _cloudauth.UnverifiedCallback, expected: Awaitable[str | None]) -> Callback:
    return unverified.verified(await expected)


def _read(query: Query) -> _cloudauth.UnverifiedCallback:
    if isinstance(query, (str, bytes)):
        return _cloudauth.UnverifiedCallback.parse(query)
    try:
        pairs = [(name, value) for name, value in _pairs(query)]
    except (TypeError, ValueError):
        raise TypeError(f"query: must be a str, bytes, a mapping or pairs, not {type(query).__name__}") from None
    return _cloudauth.UnverifiedCallback.from_pairs(pairs)


def _pairs(query: Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Every value of every name. A mapping that keeps several has a method of its own for that; its ``items`` hides all but one."""
    for method in ("multi_items", "lists", "items"):  # Starlette's; Django's and Werkzeug's; any mapping's
        if hasattr(query, method):
            return _flat(getattr(query, method)())
    return cast("Iterable[tuple[str, str]]", query)


def _flat(items: Iterable[tuple[str, str | Sequence[str]]]) -> Iterable[tuple[str, str]]:
    for name, values in items:
        if isinstance(values, (list, tuple)):
            for value in values:
                yield name, value
        else:
            yield name, cast("str", values)
