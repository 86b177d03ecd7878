# Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
"""The shapes of a result: dicts, with every named key present and ``None`` where the service sent nothing."""

from __future__ import annotations

from typing import Any

from ._compat import TypedDict
from ._image import Image


class CheckResult(TypedDict):
    """The outcome of one verification."""

    request_id: str
    """The service's id of this call; empty where it sent none."""
    passed: bool | None
    """The person passed."""
    sub_code: str | None
    """The reason behind the verdict, such as ``200`` or ``212``; ``explain`` knows more."""
    face: Face | None
    """The face step."""
    document: Document | None
    """The document step."""
    source: Any
    """The authoritative source's answer: decoded JSON, or the text where it is not JSON."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the result stands."""


class Face(TypedDict):
    """What the face step found. Scores run from 0 to 100."""

    passed: bool | None
    """This step was passed."""
    comparison_score: float | None
    """Likeness to the face on the document, or to the reference; the service's own threshold is 90."""
    image: Image | None
    """The captured face; only where images were asked for."""
    attack: bool | None
    """A presentation attack was seen."""
    quality: float | None
    """Quality of the image."""
    occlusion: bool | None
    """The face is covered."""
    video_url: str | None
    """The evidence video; the URL lives 15 minutes, the video 30 minutes after completion."""
    age: int | None
    """An estimate, in years."""
    gender: str | None
    """An estimate, ``M`` or ``F``."""
    attack_score: float | None
    """Likelihood of an attack."""
    guard_risk_score: float | None
    """Likelihood of a risky device."""
    registered: bool | None
    """The face is in the face library now."""
    registration_id: str | None
    """Its id there."""
    duplicates: list[Duplicate] | None
    """Similar faces that the library already holds."""
    device_token: str | None
    """Token for the device risk service; valid 7 days."""
    extra: dict[str, Any]
    """Every other field of the step, by the service's names."""


class Duplicate(TypedDict):
    """One similar face in the face library."""

    face_group_code: str | None
    """The library."""
    face_id: str | None
    """The face in it."""
    merchant_user_id: str | None
    """The merchant's own id of that person."""
    score: float | None
    """Likeness, 0 to 100."""


class Document(TypedDict):
    """What the document step found."""

    passed: bool | None
    """This step was passed."""
    pages: dict[str, Page]
    """The pages by the service's numbers: ``01`` is the front, ``02`` the back or second page; the fields of a flat document (O) are page ``01``."""
    edited_fields: dict[str, Any] | None
    """The fields as the person corrected them, by the service's names."""
    edited_identity: Identity | None
    """The same in one vocabulary."""
    extra: dict[str, Any]
    """Every other field of the step, by the service's names."""


class Page(TypedDict):
    """One page or side of a document."""

    passed: bool | None
    """This page was read."""
    image: Image | None
    """The picture of the page; only where images were asked for."""
    fields: dict[str, Any] | None
    """What was read, by the service's names, values as they are."""
    identity: Identity | None
    """The same in one vocabulary; absent where no field has a place there."""
    spoof: Spoof | None
    """The check against copies."""
    extra: dict[str, Any]
    """Every other field of the page, by the service's names."""


class Spoof(TypedDict):
    """The check of a document against copies and forgeries."""

    detected: bool | None
    """A risk was found; a no also stands for "not checked" where the verification was begun without ``IdSpoof=Y``."""
    types: list[str] | None
    """``SCREEN_REMARK`` (photo of a screen or photo), ``PHOTO_COPY`` (copy), ``TAMPER`` (changed); others as given."""


class Identity(TypedDict):
    """A person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it was."""

    full_name: str | None
    latin_name: str | None
    """``name`` only beside a ``name_cn``; pinyin on some permits."""
    surname: str | None
    given_names: str | None
    native_surname: str | None
    native_given_names: str | None
    name_code: str | None
    """Chinese name code (Hong Kong)."""
    sex: str | None
    """``M`` (also for ``Male``, ``男``), ``F`` (``Female``, ``女``), else as given."""
    birth_date: str | None
    """A date."""
    document_number: str | None
    nationality: str | None
    country_code: str | None
    issue_date: str | None
    """A date."""
    first_issue_date: str | None
    """A date; often month and year only, then as given."""
    expiry_date: str | None
    """A date."""
    place_of_issue: str | None
    issuing_authority: str | None
    place_of_birth: str | None
    """A code such as ``AS`` on the Macao card."""
    address: str | None
    ethnicity: str | None
    permanent: bool | None
    """The card is a permanent resident's (Hong Kong)."""
    symbols: str | None
    """Remarks such as ``**AZ`` (Hong Kong)."""


class Problem(TypedDict):
    """One value of a reply that is not what it should be. The rest of the result stands."""

    path: str
    """Where, from ``Result`` down, in the service's names: ``ExtFaceInfo.faceImg``, ``ExtIdInfo.ocrIdInfoData.01.idImage``, ``Passed``, ``Result``."""
    reason: str
    """One of a closed list, such as ``not base64``."""
    text: str
    """The value: text as it was, anything else as canonical JSON. Personal data, most often."""
