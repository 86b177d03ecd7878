# Generated from core/schema/typed by `cargo xtask generate`; do not edit.
"""The shapes of typed operations' replies: dicts, with every named key present and ``None`` where the service
sent nothing."""

from __future__ import annotations

from typing import Any

from ._compat import TypedDict
from ._result import Problem


class Archive(TypedDict):
    """The reply of ``archive``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    outcome: str | None
    """``archived``: this run made the archive whole. ``unchanged``: it was, and is as it was written."""
    folder: str | None
    """Of the archive."""
    archived_at: str | None
    """When the archive was whole, in UTC."""
    manifest_sha256: str | None
    """Of ``manifest.json``, in 64 hexadecimal digits. Keep it elsewhere: whoever can write to the folder can write another
    manifest, and has another hash.
    """
    missing: Any
    """What is not there, of ``raw``, ``face``, ``document``, ``video`` and ``verdict``, and why: ``not_asked``,
    ``none_sent``, ``none_offered``, ``gone``, ``too_late``, ``pending``.
    """
    result: Any
    """The result as in ``result.json``, with length and hash in the place of pictures."""
    deletion: str | None
    """``deleted``: the service says that it is. ``refused``: it says that it is not. ``unknown``: no reply came, and it is
    not asked for again. ``withheld``: the service was not asked.
    """
    withheld_for: list[str] | None
    """What stands against it; ``even_so`` accepts it."""
    afterwards: str | None
    """What CheckResult answered then: ``absent``, ``without_pictures``, ``still_there`` or ``unknown``. Deletion may take the
    service minutes; a later run asks again.
    """
    receipt: Any
    """What ``receipt.json`` has: each request and each answer, with ids, codes and times."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""


class Deletion(TypedDict):
    """The reply of ``delete_result``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    transaction_id: str | None
    """``Result.TransactionId``: the service's id of the verification."""
    deleted: bool | None
    """``Result.DeleteResult``: it is deleted; this, and not the reply's code, says so."""
    fail_reason: str | None
    """``Result.FailReason``: why it is not, such as ``NEED_QUERY_VERIFY_RESULT``; only a sibling service documents it.
    NOT_DELETE_REPEATEDLY after a lost reply: the first call did it.
    """
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""


class Video(TypedDict):
    """The reply of ``download_video``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    outcome: str | None
    """``fetched``: the video is there, whole. ``none_offered``: the result has no video; the network may have been bad, or
    none was asked for. ``gone``: it was there, and is deleted or its URL too old.
    """
    path: str | None
    """Of the file, where there is one."""
    length: int | None
    """Of the video, in bytes."""
    sha256: str | None
    """Of the video, in 64 hexadecimal digits."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""


class Started(TypedDict):
    """The reply of ``initialize``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    region: str | None
    """The region whose data it is; absent where ``endpoint`` is there."""
    endpoint: str | None
    """The server whose data it is, where that is no region's."""
    transaction_id: str | None
    """``Result.TransactionId``: the service's id of the verification: store it, and trust no other."""
    transaction_url: str | None
    """``Result.TransactionUrl``: where the browser goes: once, and as it is; Web."""
    protocol: str | None
    """``Result.Protocol``: for an iframe's ``startVerify``."""
    client_cfg: str | None
    """``Result.ClientCfg``: for the client; pass it on unread."""
    merchant_biz_id: str | None
    """Your own id of the verification."""
    callback_token: str | None
    """What the callback must carry."""
    product_code: str | None
    """The product."""
    id_spoof: bool | None
    """The document is checked for forgery."""
    doc_video: bool | None
    """A video is kept."""
    authorize: str | None
    """The authoritative source is asked."""
    initialized_at: str | None
    """When, in UTC, such as ``2026-03-01T10:00:00Z``."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""


class KeepAlive(TypedDict):
    """The reply of ``keep_alive``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    answer: str | None
    """``Result.Result``: ``SUCCESS``."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""


class Status(TypedDict):
    """The reply of ``status``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    state: str | None
    """``not_begun``: the log has no beginning yet; it may be late. ``in_progress``: the person has not finished. ``pending``:
    the verdict is still to come. ``finished``: the result is there. ``abandoned``: the person broke off. ``expired``: the
    person never began, and the time is over. ``gone``: the service knows no such transaction, or no longer. ``unknown``: it
    cannot be told.
    """
    page: str | None
    """Of an abandoned one, the page where the person stopped, such as ``OCR_SCAN``, where the log has it."""
    error_code: str | None
    """Of an abandoned one, the client's code, such as ``1006``, where the log has it; ``explain`` knows more."""
    reason: str | None
    """Why this is said of it, in one line."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""


class VerifyLog(TypedDict):
    """The reply of ``verify_log``."""

    request_id: str
    """``RequestId``: the service's id of this call; empty where it sent none."""
    verify_status: int | None
    """``Result.VerifyStatus``: 0 finished, 1 broken off, 2 not begun."""
    passed: bool | None
    """``Result.Passed``: the person passed, as in the result; only ``check_result`` decides."""
    sub_code: str | None
    """``Result.SubCode``: the reason behind the verdict, as in the result; ``explain`` knows more."""
    verify_error_code: str | None
    """``Result.VerifyErrorCode``: why it ended, by the client's codes, such as ``1006``: the person left."""
    interrupt_page: str | None
    """``Result.InterruptPage``: the last page, in Chinese."""
    interrupt_page_en: str | None
    """``Result.InterruptPageEn``: the last page: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE."""
    log: list[str] | None
    """``Result.LogInfo``: what happened, a line each, in Chinese."""
    log_en: list[str] | None
    """``Result.LogInfoEn``: what happened, a line each, such as ``2026-03-01 10:00:00 FACE_ENTER``; no time zone is
    documented.
    """
    statistics: Any
    """``Result.LogStatisticsInfo``: how often and how long, by the service's names."""
    ext_info: Any
    """``Result.ExtInfo``: further data."""
    extra: dict[str, Any]
    """Every other field of ``Result``, JSON text in it decoded."""
    problems: list[Problem]
    """What could not be decoded; the rest of the reply stands."""
