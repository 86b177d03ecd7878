"""From a kind of error to its exception."""

from __future__ import annotations

from typing import Any

from ._codes import CLASSES
from ._errors import Error


def from_kind(kind: str, message: str, **known: Any) -> Error:
    """The exception of that kind; a kind that is new to this package is an :class:`Error`."""
    error = CLASSES.get(kind, Error)(message, **known)
    error.kind = kind
    return error
