"""The shapes of what calls take and give, but for the result itself: plain dicts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from ._codes import Action, Retry, Subject
from ._compat import TypedDict
from ._errors import Error
from ._result import CheckResult


class Decision(TypedDict):
    """What to do first with a result, and why: at least one reason, none with personal data."""

    action: Action
    reasons: list[str]


class Explanation(TypedDict):
    """An entry of the catalogue; a key that means nothing for its ``type`` is ``None``."""

    type: Subject
    code: str
    meaning: str
    cause: str | None
    advice: str
    action: Action | None
    billed: bool | None
    kind: str | None
    retry: Retry | None
    http_status: int | None
    variants: list[str] | None


class FileProblem(TypedDict):
    """A file of an archive that is not as the manifest says."""

    file: str
    problem: Literal["missing", "changed", "unknown", "not_regular", "unreadable"]


class ArchiveReport(TypedDict):
    """What :func:`cloudauth.verify_archive` found."""

    complete: bool
    """Whether the archive is whole and unchanged."""
    manifest_sha256: str | None
    """Of ``manifest.json``; ``None`` where there is none, or none that is as it was written."""
    problems: list[FileProblem]


class _Keys(TypedDict):
    access_key_id: str
    access_key_secret: str


class Credentials(_Keys, total=False):
    """What a ``credentials`` callable gives."""

    security_token: str | None


LimiterCallable: TypeAlias = Callable[[str], float | Awaitable[float | None] | None]

CredentialsCallable: TypeAlias = Callable[[], Credentials | Awaitable[Credentials]]


class _Ids(TypedDict):
    transaction_id: str
    merchant_biz_id: str


class Row(_Ids, total=False):
    """One request of ``check_many``: the arguments of ``check_result``."""

    return_image: bool
    parameters: Mapping[str, Any] | None
    unchecked: bool


class RowLike(Protocol):
    """What reads as a :class:`Row` does: a mapping of any kind, a :class:`sqlite3.Row`."""

    def keys(self) -> Iterable[str]: ...
    def __getitem__(self, key: str, /) -> Any: ...


class Outcome(NamedTuple):
    """What became of one row of ``check_many``: ``result`` or ``error``, the other is ``None``."""

    position: int
    """The row's place among the rows, from 0."""
    row: Row | RowLike
    result: CheckResult | None
    error: Error | None
