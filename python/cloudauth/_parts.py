"""What a result is made of at run time: dicts in all they do, but for what they print."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from ._compat import Self

_T = TypeVar("_T")

# Keys whose yes or no may stand in a log.
_FLAGS = frozenset(("passed", "attack", "registered", "detected"))


class Part(dict[str, Any]):
    """A dict whose ``repr`` says which keys have a value, and shows none that may tell of a person."""

    def __repr__(self) -> str:
        shown = "".join(f" {name}={self._shown(name, value)}" for name, value in self.items() if value not in (None, "", {}, []))
        return f"<cloudauth.{type(self).__name__}{shown}>"

    def _shown(self, name: str, value: object) -> str:
        if name in _FLAGS and isinstance(value, bool):
            return str(value)
        # All SubCodes are short numbers; another text may be anything.
        if name == "sub_code" and isinstance(value, str) and len(value) <= 6 and value.isdecimal():
            return value
        return "…"

    def copy(self) -> Self:
        return type(self)(self)


class CheckResult(Part):
    _raw: bytes | None = None
    """No key: it is neither compared nor copied nor pickled."""

    def __getstate__(self) -> None:
        return None


class Face(Part): ...


class Duplicate(Part): ...


class Document(Part): ...


class Page(Part): ...


class Spoof(Part): ...


class Identity(Part): ...


class Problem(Part): ...


class Image(Part): ...


class Callback(Part): ...


class Reply(Part):
    """A typed operation's reply, whose table says which keys may stand in a log."""

    _shown_keys: frozenset[str]

    def _shown(self, name: str, value: object) -> str:
        return repr(value) if name in self._shown_keys else "…"


class Fields(Part):
    """Values by the service's names, which may tell of a person as well."""

    def __repr__(self) -> str:
        return f"<cloudauth.Fields of {len(self)}>"


def plain(value: _T) -> _T:
    """A result, or a part of one, as bare ``dict`` objects all the way down, which print all that is in them.

    Only few tools tell them from the dicts of a result: ``yaml.safe_dump`` takes no others.
    """
    if isinstance(value, dict):
        return cast("_T", {name: plain(inner) for name, inner in cast("dict[str, Any]", value).items()})
    if isinstance(value, list):
        return cast("_T", [plain(inner) for inner in cast("list[Any]", value)])
    return value
