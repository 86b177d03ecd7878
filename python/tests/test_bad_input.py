"""What must be refused, and how: the right exception, which names the argument, before anything is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS

Call = Callable[[Any], object]
# Typed as anything: what is tried here is wrong on purpose.
cloudauth_any = cast("Any", cloudauth)


REFUSED: list[tuple[Call, type[Exception], str]] = [
    (lambda c: c.check_result(transaction_id=1, merchant_biz_id="demo"), TypeError, "transaction_id: must be a str, not int"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id=None), TypeError, "merchant_biz_id: must be a str, not NoneType"),
    (lambda c: c.check_result(transaction_id=b"t", merchant_biz_id="demo"), TypeError, "transaction_id: must be a str, not bytes"),
    (lambda c: c.check_result(transaction_id="\ud800", merchant_biz_id="demo"), ValueError, "^transaction_id: must be Unicode text, without lone surrogates$"),
    (lambda c: c.check_result(transaction_id="t\0t", merchant_biz_id="demo"), ValueError, "transaction_id: must be printable ASCII"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="b\0"), ValueError, "merchant_biz_id: must hold letters and digits"),
    (lambda c: c.check_result(transaction_id="", merchant_biz_id="demo"), ValueError, "transaction_id: must not be empty"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="b" * 33), ValueError, "merchant_biz_id: must have at most 32 characters"),
    (lambda c: c.check_result("t", "demo"), TypeError, "missing 2 required keyword-only arguments: 'transaction_id' and 'merchant_biz_id'"),
    (lambda c: c.check_result("t", transaction_id="t", merchant_biz_id="demo"), TypeError, "takes transaction_id=... and merchant_biz_id=... by keyword"),
    (lambda c: c.wait_for_result("t", transaction_id="t", merchant_biz_id="demo"), TypeError, "takes transaction_id=... and merchant_biz_id=... by keyword"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", image=True), TypeError, "image"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", return_image="Y"), TypeError, "return_image: must be a bool, not str"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", timeout="5"), TypeError, "timeout: must be a number of seconds, not str"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", timeout=True), TypeError, "timeout: must be a number of seconds, not bool"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", timeout=float("nan")), ValueError, "timeout: must be a number of seconds, not NaN"),
    (lambda c: c.wait_for_result(transaction_id="t", merchant_biz_id="demo", timeout=float("nan")), ValueError, "timeout: must be a number of seconds, not NaN"),
    (lambda c: c.wait_for_result(transaction_id="t", merchant_biz_id="demo", first_pause=float("nan")), ValueError, "first_pause: must be a number of seconds"),
    (lambda c: c.check_many([], timeout=float("nan")), ValueError, "timeout: must be a number of seconds, not NaN"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", parameters=3), TypeError, "parameters: must be a mapping"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", parameters={"A": b"1"}), TypeError, "parameters: A: must be a str, int, float, bool, list, dict or None, not bytes"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", parameters={"A": "\0"}, unchecked=True), ValueError, "A: must not hold a NUL"),
    (lambda c: c.check_result(transaction_id="t", merchant_biz_id="demo", parameters={"TransactionId": "u"}), ValueError, "TransactionId: is given twice"),
    (lambda c: c.call("Check Result"), ValueError, "action: must be an operation's name"),
    (lambda c: c.call(7), TypeError, "action: must be a str, not int"),
    (lambda c: c.call("\ud800"), ValueError, "^action: must be Unicode text"),
    (lambda c: c.call("KeepaliveIntl", {"\ud800": "1"}), ValueError, "^parameters: a name: must be Unicode text"),
    (lambda c: c.initialize(product_code="eKYC_PRO", meta_info="\ud800"), ValueError, "^meta_info: must be Unicode text"),
    (lambda c: c.initialize(product_code="eKYC_PRO", meta_info="{}", doc_page_config=["\ud800"]), ValueError, "^doc_page_config: must be Unicode text"),
    (lambda c: c.check_many([], concurrency="2"), TypeError, "concurrency: must be an int, not str"),
    (lambda c: c.check_many([], concurrency=-2), ValueError, "concurrency: must be a whole number"),
]


@pytest.mark.parametrize(("call", "kind", "message"), REFUSED)
def test_a_call_is_refused(emulator: Emulator, client: cloudauth.Client, call: Call, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message) as refused:
        call(client)
    assert isinstance(refused.value, cloudauth.InvalidArgumentError) == (kind is ValueError)


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"region": "mars"}, ValueError, "region: must be one of"),
        ({"endpoint": "http://example.com"}, ValueError, "endpoint: plain http is for loopback"),
        ({"region": "\ud800"}, ValueError, "^region: must be Unicode text"),
        ({"ca_file": "\udcff"}, ValueError, "^ca_file: must be Unicode text"),
        ({"endpoint": 80}, TypeError, "endpoint: must be a str, not int"),
        ({"network": "moon"}, ValueError, "network"),
        ({"signature": "md5"}, ValueError, "signature: must be acs3 or rpc1"),
        ({"timeout": "1"}, TypeError, "timeout: must be a number"),
        ({"timeout": float("nan")}, ValueError, "timeout: must be a number of seconds, not NaN"),
        ({"connect_timeout": 0}, ValueError, "connect_timeout: must be longer than nothing"),
        ({"max_body_bytes": 1.5}, TypeError, "max_body_bytes: must be an int, not float"),
        ({"ca_file": "/nowhere"}, ValueError, "ca_file: /nowhere cannot be read"),
        # Finding G5.
        ({"ca_file": "/dev/zero"}, ValueError, "ca_file: /dev/zero is not a regular file"),
        ({"allow_insecure": 1}, TypeError, "allow_insecure: must be a bool"),
        ({"user_agent": "a\nb"}, ValueError, "user_agent: must be printable"),
        ({"access_key_secret": None}, ValueError, "access_key_secret: must not be empty"),
        ({"credentials": dict}, ValueError, "credentials: cannot be given together"),
        ({"colour": "red"}, TypeError, "colour"),
    ],
)
def test_an_option_is_refused(options: dict[str, Any], kind: type[Exception], message: str) -> None:
    given: dict[str, Any] = {"endpoint": "http://127.0.0.1:1", **KEYS, **options}
    for client in (cloudauth_any.Client, cloudauth_any.AsyncClient):
        with pytest.raises(kind, match=message):
            client(**given)


def test_without_a_place_or_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLOUDAUTH_ENDPOINT", "CLOUDAUTH_REGION", "ALIBABA_CLOUD_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    # Else a machine's own role is asked when a call is made.
    monkeypatch.setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", "/nonexistent")
    with pytest.raises(cloudauth.InvalidArgumentError, match="region: no default exists"):
        cloudauth.Client(**KEYS)
    with pytest.raises(cloudauth.CredentialsError, match="ALIBABA_CLOUD_ACCESS_KEY_ID is not set"):
        cloudauth.Client(region="ap-southeast-1")
    with pytest.raises(TypeError, match="credentials: must be callable, not dict"):
        cloudauth_any.Client(region="ap-southeast-1", credentials={})


def test_a_closed_client(emulator: Emulator) -> None:
    client = cloudauth.Client(**emulator.client_args)
    client.close()
    client.close()
    for call in (lambda: client.check_result(transaction_id="t", merchant_biz_id="demo"), lambda: client.call("KeepaliveIntl"), lambda: client.check_many([])):
        with pytest.raises(cloudauth.InvalidArgumentError, match="client: is closed"):
            call()

    async def closed() -> None:
        client = cloudauth.AsyncClient(**emulator.client_args)
        await client.aclose()
        with pytest.raises(cloudauth.InvalidArgumentError, match="client: is closed"):
            await client.check_result(transaction_id="t", merchant_biz_id="demo")

    asyncio.run(closed())


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"<html>", b"\0" * 64, b"[" * 100_000, b"\xff\xfe", "\ud800", "[1]", bytearray(b"{}"), memoryview(b"null")],
    ids=str,
)
def test_bytes_that_are_no_body(body: Any) -> None:
    with pytest.raises(cloudauth.ProtocolError) as refused:
        cloudauth.decode(body)
    assert "\n" not in str(refused.value)


def test_what_is_no_body_at_all() -> None:
    with pytest.raises(TypeError, match="body: must be bytes or str, not int"):
        cloudauth_any.decode(3)
    with pytest.raises(cloudauth.UnavailableError) as refused:
        cloudauth.decode('{"Code": "InternalError"}')
    assert refused.value.code == "InternalError"


def test_a_broken_value_costs_nothing_else() -> None:
    body = {"Code": "Success", "RequestId": "R", "Result": {"Passed": "Y", "SubCode": "200", "ExtFaceInfo": "{broken"}}
    result = cloudauth.decode(json.dumps(body))
    assert result["passed"] is True
    assert result["face"] is None
    assert [(problem["path"], problem["reason"]) for problem in result["problems"]] == [("ExtFaceInfo", "not JSON")]


def test_canonical_json_of_what_is_no_result() -> None:
    result: Any = cloudauth.decode('{"Code": "Success"}')
    changes: list[tuple[dict[str, Any], str]] = [
        ({"passed": "Y"}, "result.passed: must be a bool"),
        ({"face": {}}, "result.face: must have the keys of cloudauth.Face"),
        ({"extra": {"a": object()}}, "result.extra.a: must be None, bool"),
        ({"extra": {"a": float("inf")}}, "result.extra.a: must be finite"),
        ({"extra": {1: 2}}, "result.extra: must be a dict whose keys are str"),
        ({"extra": {"a": "\ud800"}}, "result.extra.a: must be Unicode text, without lone surrogates"),
        ({"problems": ()}, "result.problems: must be a list"),
        ({"more": 1}, "result: must have the keys"),
    ]
    for change, message in changes:
        with pytest.raises(cloudauth.InvalidArgumentError, match=message):
            cloudauth_any.canonical_json({**result, **change})


def test_what_needs_no_server_is_refused() -> None:
    result: Any = cloudauth.decode('{"Code": "Success"}')
    refused: list[tuple[Callable[[], object], type[Exception], str]] = [
        (lambda: cloudauth_any.decision(None), ValueError, "result: must have the keys of cloudauth.CheckResult"),
        (lambda: cloudauth_any.decision({}), ValueError, "result: must have the keys of cloudauth.CheckResult"),
        (lambda: cloudauth_any.decision({**result, "face": {}}), ValueError, "result: must have the keys of cloudauth.CheckResult"),
        (lambda: cloudauth_any.decision({**result, "passed": "Y"}), TypeError, "result.passed: must be a bool, not str"),
        (lambda: cloudauth_any.decision({**result, "sub_code": "\ud800"}), ValueError, "result.sub_code: must be Unicode text, without lone surrogates"),
        (lambda: cloudauth_any.save_images(result, "\ud800"), ValueError, "folder: must be Unicode text, without lone surrogates"),
        (lambda: cloudauth_any.explain("\ud800"), ValueError, "code: must be Unicode text, without lone surrogates"),
        (lambda: cloudauth_any.explain(212), TypeError, "code: must be a str, not int"),
    ]
    for call, kind, message in refused:
        with pytest.raises(kind) as raised:
            call()
        assert str(raised.value) == message
        assert isinstance(raised.value, cloudauth.InvalidArgumentError) == (kind is ValueError)


def test_texts_that_the_emulator_is_given(emulator: Emulator) -> None:
    for call in (
        lambda: Emulator(region=cast("Any", "\ud800")),
        lambda: Emulator(cases="\ud800"),
        lambda: emulator.finish("\ud800"),
        lambda: emulator.abandon("t", code="\ud800"),
        lambda: emulator.set_faults("\ud800"),
    ):
        with pytest.raises(cloudauth.InvalidArgumentError, match="must be Unicode text"):
            call()
