"""A result as JSON, canonical or with its pictures, written from its dicts by the types that describe them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from types import UnionType
from typing import Any, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from ._codes import InvalidArgumentError
from ._image import Image
from ._result import CheckResult


class _Text(list[str]):
    """Pieces of the text."""

    has_images = False
    """Pictures are written whole."""


_Writer: TypeAlias = Callable[[Any, _Text, str], None]


def canonical_json(result: CheckResult) -> str:
    """The result as one line of JSON, the same in every language; images by length and SHA-256.

    Raises :class:`cloudauth.InvalidArgumentError` where ``result`` has not the shape of :class:`cloudauth.CheckResult`.
    """
    return _text_of(result, _Text())


def to_json(result: CheckResult) -> str:
    """See :func:`cloudauth.to_json`."""
    out = _Text()
    out.has_images = True
    return '{"version":1,' + _text_of(result, out)[1:]


def _text_of(result: CheckResult, out: _Text) -> str:
    _writer(CheckResult)(result, out, "result")
    return "".join(out)


def _refuse(path: str, rule: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{path}: {rule}")


_writers: dict[Any, _Writer] = {}


def _writer(annotation: Any) -> _Writer:
    """The writer of values that `annotation` describes; each is made once."""
    writer = _writers.get(annotation)
    if writer is None:
        writer = _writers[annotation] = _make_writer(annotation)
    return writer


def _make_writer(annotation: Any) -> _Writer:
    if annotation is Image:
        return _image
    # Of `typing` or of `typing_extensions`.
    if type(annotation) is type(CheckResult):
        return _object(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        (present,) = (argument for argument in arguments if argument is not type(None))
        return _optional(_writer(present))
    if origin is list:
        return _list(_writer(arguments[0]))
    if origin is dict:
        return _map(_writer(arguments[1]))
    return {str: _text, bool: _flag, int: _whole, float: _double, Any: _any}[annotation]


def _object(shape: type) -> _Writer:
    fields = [(name, f'"{name}":', _writer(annotation)) for name, annotation in get_type_hints(shape).items()]
    names = {name for name, _, _ in fields}

    def write(value: Any, out: _Text, path: str) -> None:
        given: dict[str, Any] = _dict(value, path)
        if given.keys() != names:
            raise _refuse(path, f"must have the keys of cloudauth.{shape.__name__}, no more and no fewer")
        separator = "{"
        for name, written, writer in fields:
            out.append(separator + written)
            writer(given[name], out, f"{path}.{name}")
            separator = ","
        out.append("}")

    return write


def _optional(writer: _Writer) -> _Writer:
    def write(value: Any, out: _Text, path: str) -> None:
        if value is None:
            out.append("null")
        else:
            writer(value, out, path)

    return write


def _list(writer: _Writer) -> _Writer:
    def write(value: Any, out: _Text, path: str) -> None:
        if not _is(value, list):
            raise _refuse(path, "must be a list")
        out.append("[")
        for index, item in enumerate(value):
            if index:
                out.append(",")
            writer(item, out, f"{path}[{index}]")
        out.append("]")

    return write


def _map(writer: _Writer) -> _Writer:
    def write(value: Any, out: _Text, path: str) -> None:
        entries = _dict(value, path)
        separator = "{"
        for name in sorted(entries, key=lambda name: name.encode("utf-16-be", "surrogatepass")):
            out.append(separator)
            _text(name, out, path)
            out.append(":")
            writer(entries[name], out, f"{path}.{name}")
            separator = ","
        out.append("}" if entries else "{}")

    return write


def _dict(value: Any, path: str) -> dict[str, Any]:
    if not _is(value, dict) or not all(_is(name, str) for name in value):
        raise _refuse(path, "must be a dict whose keys are str")
    return cast("dict[str, Any]", value)


def _is(value: object, kind: type) -> bool:
    """Plain `isinstance`; type checkers take it for no statement about what is inside."""
    return isinstance(value, kind)


def _image(value: Any, out: _Text, path: str) -> None:
    image = _dict(value, path)
    data, form = image.get("bytes"), image.get("format")
    if not isinstance(data, bytes) or not isinstance(form, str) or len(image) != 2:
        raise _refuse(path, "must have the keys bytes (bytes) and format (str), no more and no fewer")
    if out.has_images:
        out.append(f'{{"base64":"{base64.b64encode(data).decode()}","format":')
    else:
        out.append(f'{{"length":{len(data)},"sha256":"{hashlib.sha256(data).hexdigest()}","format":')
    _text(form, out, path)
    out.append("}")


def _text(value: Any, out: _Text, path: str) -> None:
    if not isinstance(value, str):
        raise _refuse(path, "must be a str")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _refuse(path, "must be Unicode text, without lone surrogates") from None
    out.append(json.dumps(value, ensure_ascii=False))


def _flag(value: Any, out: _Text, path: str) -> None:
    if not isinstance(value, bool):
        raise _refuse(path, "must be a bool")
    out.append("true" if value else "false")


def _whole(value: Any, out: _Text, path: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refuse(path, "must be an int")
    out.append(str(value))


def _double(value: Any, out: _Text, path: str) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refuse(path, "must be a float")
    double = float(value)
    if double - double != 0:
        raise _refuse(path, "must be finite")
    out.append(_ecmascript(double))


def _any(value: Any, out: _Text, path: str) -> None:
    if value is None:
        out.append("null")
    elif _is(value, dict):
        _map(_any)(value, out, path)
    elif _is(value, list):
        _list(_any)(value, out, path)
    else:
        # bool before int, which it is a kind of.
        for kind, writer in ((str, _text), (bool, _flag), (int, _whole), (float, _double)):
            if isinstance(value, kind):
                return writer(value, out, path)
        raise _refuse(path, "must be None, bool, int, float, str, list or dict")


def _ecmascript(double: float) -> str:
    """The number as ECMAScript prints it: the same shortest digits as Python's, exponents from 1e21 and below 1e-6."""
    if double == 0:
        return "0"
    mantissa, _, exponent = f"{abs(double)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    padded = whole + ("" if fraction == "0" else fraction)
    digits = padded.lstrip("0")
    # Where the point stands, counted from the first digit that is not 0.
    point = len(whole) - (len(padded) - len(digits)) + int(exponent or "0")
    digits = digits.rstrip("0")
    sign = "-" if double < 0 else ""
    if len(digits) <= point <= 21:
        return f"{sign}{digits}{'0' * (point - len(digits))}"
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"
