"""The shapes of what calls give: plain dicts, with every named key present and ``None`` where the service sent nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from ._compat import TypedDict
from ._errors import Error

# Written as a call: in a class body, the key would hide the type of its own name.
Image = TypedDict("Image", {"bytes": bytes, "format": str})
"""A picture's file; ``format`` is jpeg, png, webp, gif, bmp or unknown, by its first bytes."""


class Problem(TypedDict):
    """A value of a reply that is not what it should be. ``text`` most often holds personal data."""

    path: str
    reason: str
    text: str


class Duplicate(TypedDict):
    """A similar face in the library; ``score`` runs from 0 to 100."""

    face_group_code: str | None
    face_id: str | None
    merchant_user_id: str | None
    score: float | None


class Face(TypedDict):
    """What the face step found. Scores run from 0 to 100, ``age`` is in years."""

    passed: bool | None
    comparison_score: float | None
    image: Image | None
    attack: bool | None
    quality: float | None
    occlusion: bool | None
    video_url: str | None
    age: int | None
    gender: str | None
    attack_score: float | None
    guard_risk_score: float | None
    registered: bool | None
    registration_id: str | None
    duplicates: list[Duplicate] | None
    device_token: str | None
    extra: dict[str, Any]


class Identity(TypedDict):
    """A person in one vocabulary. Dates are ISO 8601 where the service's text is a full date, else as it was."""

    full_name: str | None
    latin_name: str | None
    surname: str | None
    given_names: str | None
    native_surname: str | None
    native_given_names: str | None
    name_code: str | None
    sex: str | None
    birth_date: str | None
    document_number: str | None
    nationality: str | None
    country_code: str | None
    issue_date: str | None
    first_issue_date: str | None
    expiry_date: str | None
    place_of_issue: str | None
    issuing_authority: str | None
    place_of_birth: str | None
    address: str | None
    ethnicity: str | None
    permanent: bool | None
    symbols: str | None


class Spoof(TypedDict):
    """Whether the document looks like a copy or a forgery."""

    detected: bool | None
    types: list[str] | None


class Page(TypedDict):
    """One page or side of a document; ``fields`` have the service's own names."""

    passed: bool | None
    image: Image | None
    fields: dict[str, Any] | None
    identity: Identity | None
    spoof: Spoof | None
    extra: dict[str, Any]


class Document(TypedDict):
    """What the document step found; ``pages`` are named as the service names them, ``01`` and ``02``."""

    passed: bool | None
    pages: dict[str, Page]
    edited_fields: dict[str, Any] | None
    edited_identity: Identity | None
    extra: dict[str, Any]


class CheckResult(TypedDict):
    """The outcome of one verification; the page *The result* of the documentation has every field."""

    request_id: str
    passed: bool | None
    sub_code: str | None
    face: Face | None
    document: Document | None
    source: Any
    extra: dict[str, Any]
    problems: list[Problem]


class Decision(TypedDict):
    """What to do first with a result, and why: at least one reason, none with personal data."""

    action: Literal["accept", "retry", "review", "reject"]
    reasons: list[str]


class Stats(TypedDict):
    """What a client has done since it was made; a forked child's numbers go on from its parent's."""

    calls: int
    succeeded: int
    failed: int
    requests: int
    retries: int
    throttled: int
    connections: int
    bytes_received: int


class Explanation(TypedDict):
    """An entry of the catalogue; a key that means nothing for its ``type`` is ``None``."""

    type: Literal["sub_code", "response_code", "kind"]
    code: str
    meaning: str
    cause: str | None
    advice: str
    action: Literal["accept", "retry", "review", "reject"] | None
    billed: bool | None
    kind: str | None
    retry: Literal["never", "after_pause", "once_new_nonce", "once_new_time", "once_new_token"] | None
    http_status: int | None
    variants: list[str] | None


class _Keys(TypedDict):
    access_key_id: str
    access_key_secret: str


class Credentials(_Keys, total=False):
    """What a ``credentials`` callable gives."""

    security_token: str | None


class _Ids(TypedDict):
    transaction_id: str
    merchant_biz_id: str


class Row(_Ids, total=False):
    """One request of ``check_many``: the arguments of ``check_result``."""

    return_image: bool
    parameters: Mapping[str, Any] | None
    unchecked: bool


class Outcome(NamedTuple):
    """What became of one row of ``check_many``: ``result`` or ``error``, the other is ``None``."""

    position: int
    """The row's place among the rows, from 0."""
    row: Row
    result: CheckResult | None
    error: Error | None
