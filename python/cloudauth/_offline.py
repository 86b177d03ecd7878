"""What needs no server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

from . import _cloudauth
from ._codes import InvalidArgumentError
from ._replies import Started
from ._result import CheckResult
from ._types import ArchiveReport, Decision, Explanation


def decode(body: bytes | bytearray | memoryview | str) -> CheckResult:
    """Decodes a stored reply's body. Only its ``Code`` is judged: the HTTP status is not known.

    Raises :class:`cloudauth.ProtocolError` where it is none, and the error's own kind where it holds one.
    """
    return _cloudauth.decode(_bytes("body", body))


def raw(result: CheckResult) -> bytes | None:
    """The reply's body, byte for byte as it came, where the client was made with ``keep_raw``; else ``None``.

    It goes with no copy of the result, and is neither pickled nor part of any JSON.
    """
    return cast("bytes | None", getattr(result, "_raw", None))


def to_json(result: CheckResult) -> str:
    """The result as one line of JSON for :func:`from_json`. It holds the pictures: protect it as you protect them.

    Raises :class:`cloudauth.InvalidArgumentError` where ``result`` has not the shape of :class:`cloudauth.CheckResult`.
    """
    from ._canonical import to_json

    return to_json(result)


def from_json(json: bytes | bytearray | memoryview | str) -> CheckResult:
    """The result that :func:`to_json` wrote.

    Raises :class:`cloudauth.InvalidArgumentError` for anything else.
    """
    return _cloudauth.from_json(_bytes("json", json))


def started_to_json(started: Started) -> str:
    """What ``initialize`` gave as one line of JSON for :func:`started_from_json`; ``request_id``, ``extra`` and ``problems`` are
    left out. It holds the callback's token and the transaction's URL: protect it as you protect them.

    Raises :class:`cloudauth.InvalidArgumentError` where the service sent no transaction id, and where ``started`` is no dict.
    """
    return _cloudauth.started_to_json(started)


def started_from_json(json: bytes | bytearray | memoryview | str) -> Started:
    """What :func:`started_to_json` wrote, in whichever language.

    Raises :class:`cloudauth.InvalidArgumentError` for anything else.
    """
    return _cloudauth.started_from_json(_bytes("json", json))


def save_images(result: CheckResult, folder: str | os.PathLike[str]) -> list[Path]:
    """Writes each picture into a new file in ``folder``: ``face.jpg``, ``document-01.jpg``, by names that lead nowhere else,
    whatever the service calls a page. Gives their paths. The files have mode 0600; the folder is made where it is missing.

    Raises :class:`cloudauth.IoError`, also where there is a file of that name: none is overwritten, and what was written until
    then is removed.
    """
    return [Path(path) for path in _cloudauth.save_images(to_json(result).encode("utf-8", "surrogatepass"), folder)]


def verify_archive(folder: str | os.PathLike[str]) -> ArchiveReport:
    """Holds each file of an archive against its manifest; links in the folder are not followed.

    Raises :class:`cloudauth.IoError` where the folder cannot be read, and :class:`cloudauth.InvalidArgumentError` where its path is
    empty, or a newer version wrote the manifest.
    """
    return _cloudauth.verify_archive(folder)


def _bytes(name: str, given: bytes | bytearray | memoryview | str) -> bytes:
    if isinstance(given, str):
        return given.encode("utf-8", "surrogatepass")
    if not isinstance(cast("object", given), (bytes, bytearray, memoryview)):
        raise TypeError(f"{name}: must be bytes or str, not {type(given).__name__}")
    return bytes(given)


def canonical_json(result: CheckResult) -> str:
    """The result as one line of JSON, the same in every language; images by length and SHA-256.

    Raises :class:`cloudauth.InvalidArgumentError` where ``result`` has not the shape of :class:`cloudauth.CheckResult`.
    """
    # json, hashlib and the types' descriptions are loaded for those who ask.
    from ._canonical import canonical_json

    return canonical_json(result)


def explain(code: str) -> Explanation | None:
    """What a SubCode (``212``), a response code (``Throttling.Api``) or a kind of error (``timeout``) means; ``None`` where it
    is not known.
    """
    return _cloudauth.explain(code)


def decision(result: CheckResult, *, min_face_score: float | None = None) -> Decision:
    """What to do first with a result; the verdict itself is ``passed``.

    :param min_face_score: the merchant's own threshold, 0 to 100: what passed below it is to be reviewed.

    Raises :class:`cloudauth.InvalidArgumentError` for a threshold outside that scale, or between 0 and 1, and where ``result``
    has not the shape of :class:`cloudauth.CheckResult`.
    """
    try:
        face, passed, sub_code = result["face"], result["passed"], result["sub_code"]
        score = None if face is None else face["comparison_score"]
    except (KeyError, TypeError):
        raise InvalidArgumentError("result: must have the keys of cloudauth.CheckResult") from None
    action, reasons = _cloudauth.decide(passed, sub_code, score, min_face_score)
    return cast("Decision", {"action": action, "reasons": reasons})
