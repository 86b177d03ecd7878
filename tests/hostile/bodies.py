"""Bodies that mean harm: each is as large as asked for, and must cost no more than its size allows.

    bodies.py               lists their names
    bodies.py NAME MIB FILE writes one, and prints what decoding it must end in: "ok", or kinds of errors
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable

OK = ("ok",)
TOO_LARGE = ("too_large",)
PROTOCOL = ("protocol",)
EITHER = ("ok", "too_large", "protocol")

Body = tuple[bytes, tuple[str, ...]]
_makers: dict[str, Callable[[int], Body]] = {}


def _body(maker: Callable[[int], Body]) -> Callable[[int], Body]:
    _makers[maker.__name__.replace("_", "-")] = maker
    return maker


def _reply(members: bytes) -> bytes:
    return b'{"RequestId":"r","Code":"Success","Result":{"Passed":"Y","SubCode":"200",' + members + b"}}"


def _fill(unit: bytes, size: int) -> bytes:
    return unit * max(1, size // len(unit))


def _texts(inner: bytes, depth: int) -> bytes:
    """`inner`, JSON, as text inside so many texts."""
    for _ in range(depth):
        inner = b'"' + inner.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return inner


def _image(characters: int, alphabet: bytes = b"+/") -> bytes:
    return base64.b64encode(bytes(range(256)) * (characters // 341 + 1), alphabet)[: characters // 4 * 4]


# Findings A1 and A2.


@_body
def long_key_and_many_numbers_out_of_range(size: int) -> Body:
    key = b"k" * 200_000
    return _reply(b'"' + key + b'":[' + b",".join([b"1e999"] * 8000) + b"]"), OK


@_body
def longer_key_and_many_numbers_out_of_range(size: int) -> Body:
    key = b"k" * 900_000
    return _reply(b'"' + key + b'":[' + b",".join([b"1e999"] * 12000) + b"]"), OK


@_body
def numbers_out_of_range_everywhere(size: int) -> Body:
    return _reply(b'"a":[' + _fill(b"1e999,", size) + b"1]"), TOO_LARGE


@_body
def small_objects(size: int) -> Body:
    return _reply(b'"a":[' + _fill(b'{"":0},', size) + b"0]"), TOO_LARGE


@_body
def small_objects_in_spoof_info(size: int) -> Body:
    return _reply(b'"ExtIdInfo":{"spoofInfo":{"x":[' + _fill(b'{"":0},', size) + b"0]}}"), TOO_LARGE


@_body
def as_many_small_objects_as_are_allowed_in_spoof_info(size: int) -> Body:
    return _reply(b'"ExtIdInfo":{"spoofInfo":{"x":[' + b'{"":0},' * 6_000 + b"0]}}"), OK


@_body
def small_objects_in_a_text(size: int) -> Body:
    return _reply(b'"ExtIdInfo":' + _texts(b'{"x":[' + _fill(b'{"":0},', size // 2) + b"0]}", 1)), EITHER


@_body
def small_objects_in_texts_of_four(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":' + _texts(b'{"x":[' + _fill(b"[],", size // 4) + b"0]}", 4)), EITHER


@_body
def empty_lists(size: int) -> Body:
    return _reply(b'"a":[' + _fill(b"[],", size) + b"0]"), TOO_LARGE


@_body
def many_keys(size: int) -> Body:
    keys = b",".join(b'"k%07d":0' % number for number in range(size // 13))
    return _reply(b'"a":{' + keys + b"}"), TOO_LARGE


@_body
def duplicate_keys(size: int) -> Body:
    return _reply(b'"a":{' + _fill(b'"k":0,', size) + b'"k":1}'), TOO_LARGE


@_body
def many_pages(size: int) -> Body:
    pages = b",".join(b'"%07d":{"ocrIdPassed":"x"}' % number for number in range(size // 29))
    return _reply(b'"ExtIdInfo":{"ocrIdInfoData":{' + pages + b"}}"), TOO_LARGE


@_body
def as_many_pages_as_are_allowed(size: int) -> Body:
    pages = b",".join(b'"%05d":{"name":"x"}' % number for number in range(6_000))
    return _reply(b'"ExtIdInfo":{"ocrIdInfoData":{' + pages + b"}}"), OK


@_body
def many_duplicates(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":{"duplicateFace":[' + _fill(b'{"score":"x"},', size) + b"{}]}"), TOO_LARGE


@_body
def as_many_broken_duplicates_as_are_allowed(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":{"duplicateFace":[' + b'{"score":"x"},' * 6_000 + b"{}]}"), OK


@_body
def many_spoof_types_under_a_long_key(size: int) -> Body:
    page = b"p" * 1_000_000
    types = b",".join([b"1"] * 5 + [b"{}"] * 12_000)
    return _reply(b'"ExtIdInfo":{"ocrIdInfoData":{"' + page + b'":{"spoofInfo":{"spoofType":[' + types + b"]}}}}"), OK


@_body
def many_medium_texts(size: int) -> Body:
    return _reply(b'"a":[' + _fill(b'"' + b"x" * 100_000 + b'",', size) + b"0]"), TOO_LARGE


# One long text.


@_body
def one_long_unknown_text(size: int) -> Body:
    return _reply(b'"ExtInfo":"' + b"x" * size + b'"'), OK


@_body
def one_long_unknown_text_of_line_breaks(size: int) -> Body:
    return _reply(b'"ExtInfo":"' + _fill(b"\\n", size) + b'"'), OK


@_body
def one_long_unknown_text_of_quotes(size: int) -> Body:
    return _reply(b'"ExtInfo":"' + _fill(b'\\"', size) + b'"'), OK


@_body
def one_long_unknown_text_of_nul(size: int) -> Body:
    return _reply(b'"ExtInfo":"' + _fill(b"\\u0000", size) + b'"'), OK


@_body
def one_long_unknown_text_of_half_characters(size: int) -> Body:
    return _reply(b'"ExtInfo":"' + _fill(b"\\ud83d", size) + b'"'), OK


@_body
def one_long_text_in_the_document(size: int) -> Body:
    inner = b'{"ocrIdPassed":"Y","ocrIdInfo":{"name":"SPECIMEN"},"x":"' + b"x" * size + b'"}'
    return _reply(b'"ExtIdInfo":' + _texts(inner, 1)), OK


@_body
def one_long_text_among_the_fields_four_texts_deep(size: int) -> Body:
    info = _texts(b'{"name":"' + b"x" * size + b'","sex":"F"}', 1)
    page = _texts(b'{"ocrIdInfo":' + info + b"}", 1)
    return _reply(b'"ExtIdInfo":' + _texts(b'{"ocrIdInfoData":{"01":' + page + b"}}", 1)), OK


@_body
def one_long_source(size: int) -> Body:
    return _reply(b'"ExtSourceInfo":"' + b"x" * size + b'"'), OK


@_body
def one_long_key(size: int) -> Body:
    return _reply(b'"' + b"k" * size + b'":0'), TOO_LARGE if size > 4 << 20 else OK


@_body
def one_long_number(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":{"faceAge":' + b"9" * size + b"}"), TOO_LARGE if size > 4 << 20 else OK


@_body
def one_long_text_for_each_known_field(size: int) -> Body:
    names = ("docVideoUrl", "faceGender", "faceRegistrationID", "deviceToken", "faceAge", "faceAttack", "duplicateFace")
    value = b"x" * (size // len(names))
    return _reply(b'"ExtFaceInfo":{' + b",".join(b'"%s":"%s"' % (name.encode(), value) for name in names) + b"}"), EITHER


@_body
def a_long_message(size: int) -> Body:
    return b'{"Message":"' + b"m" * size + b'","Code":"Success","Result":{"Passed":"Y"}}', OK


@_body
def a_long_code(size: int) -> Body:
    return b'{"Code":"' + b"C" * size + b'"}', ("service", "protocol")


@_body
def an_error_with_a_long_message(size: int) -> Body:
    return b'{"Code":"InvalidParameter","Message":"' + b"word " * (size // 5) + b'"}', ("invalid_request",)


# Depth.


@_body
def deep_lists(size: int) -> Body:
    return _reply(b'"a":' + b"[" * (size // 2) + b"]" * (size // 2)), PROTOCOL


@_body
def deep_objects(size: int) -> Body:
    return _reply(b'"a":' + b'{"":' * (size // 5) + b"0" + b"}" * (size // 5)), PROTOCOL


@_body
def open_brackets(size: int) -> Body:
    return b"[" * size, PROTOCOL


@_body
def deep_lists_in_a_text(size: int) -> Body:
    return _reply(b'"ExtInfo":"' + b"[" * size + b'"'), OK


@_body
def texts_in_texts_each_deep(size: int) -> Body:
    inner = b"1"
    for _ in range(4):
        inner = b"[" * 120 + _texts(inner, 1) + b"]" * 120
    return _reply(b'"a":' + inner), OK


@_body
def texts_in_texts_each_deep_in_objects(size: int) -> Body:
    inner = b"1"
    for _ in range(4):
        inner = b'{"a":' * 30 + _texts(inner, 1) + b"}" * 30
    return _reply(b'"a":' + inner), OK


# Images.


@_body
def one_image(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":' + _texts(b'{"faceImg":"' + _image(size) + b'"}', 1)), OK


@_body
def one_url_safe_image(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":' + _texts(b'{"faceImg":"' + _image(size, b"-_") + b'"}', 1)), OK


@_body
def one_image_with_a_bad_character(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":' + _texts(b'{"faceImg":"' + _image(size) + b'."}', 1)), OK


@_body
def one_image_of_escaped_slashes(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":' + _texts(b'{"faceImg":"' + _fill(b"\\/", size // 2) + b'"}', 1)), EITHER


@_body
def one_image_in_another_field(size: int) -> Body:
    inner = b'{"x":{"faceImg":"' + _image(size) + b'"},"faceGender":"F"}'
    return _reply(b'"ExtFaceInfo":' + _texts(inner, 1)), OK


@_body
def thousands_of_images(size: int) -> Body:
    image = _image(5000)
    pages = b",".join(b'"%05d":{"idImage":"%s"}' % (number, image) for number in range(size // 5030))
    return _reply(b'"ExtIdInfo":{"ocrIdInfoData":{' + pages + b"}}"), EITHER


@_body
def thousands_of_images_under_one_key(size: int) -> Body:
    return _reply(b'"ExtFaceInfo":{' + _fill(b'"faceImg":"' + _image(5000) + b'",', size) + b'"faceAge":1}'), EITHER


@_body
def beginnings_of_images(size: int) -> Body:
    return _reply(b'"x":"' + _fill(b'\\"faceImg\\":\\"', size) + b'"'), OK


# Odds and ends.


@_body
def blanks(size: int) -> Body:
    return b" " * size + b'{"Code":"Success"}', OK


@_body
def backslashes(size: int) -> Body:
    return _reply(b'"x":"' + b"\\" * (size // 2 * 2) + b'"'), OK


@_body
def cut_in_a_long_text(size: int) -> Body:
    return b'{"Code":"Success","Result":{"x":"' + b"x" * size, PROTOCOL


@_body
def not_utf8(size: int) -> Body:
    return _reply(b'"x":"' + b"x" * size + b'\xff"'), PROTOCOL


@_body
def a_page_of_html(size: int) -> Body:
    return b"<html>" + _fill(b"<p>code</p>", size), PROTOCOL


@_body
def an_error_in_xml(size: int) -> Body:
    return b"<Error><Code>InvalidParameter</Code><Message>" + _fill(b"&lt;", size) + b"</Message></Error>", ("invalid_request",)


@_body
def stored_with_a_long_header(size: int) -> Body:
    body = json.dumps({"code": "Success", "result": {"passed": "Y"}}).encode()
    return b'{"headers":{"x":"' + b"x" * size + b'"},"statusCode":200,"body":' + body + b"}", OK


if __name__ == "__main__":
    if len(sys.argv) < 4:
        print("\n".join(_makers))
    else:
        _content, _outcomes = _makers[sys.argv[1]](int(sys.argv[2]) << 20)
        with open(sys.argv[3], "wb") as _file:
            _file.write(_content)
        print(*_outcomes)
