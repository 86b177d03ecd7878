"""What `initialize` gives, stored and read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

STORED = (
    '{"version":1,"region":"cn-hongkong","endpoint":null,"transaction_id":"hks1","transaction_url":"https://h5.example/?t=1",'
    '"protocol":null,"client_cfg":null,"merchant_biz_id":"order1","callback_token":"s3cr3t","product_code":"eKYC_PRO",'
    '"id_spoof":true,"doc_video":null,"authorize":null,"initialized_at":"2026-03-01T10:00:00Z"}'
)


def test_a_start_is_read_as_it_was_written() -> None:
    started = cloudauth.started_from_json(STORED)
    assert cloudauth.started_to_json(started) == STORED
    assert cloudauth.started_from_json(STORED.encode()) == started
    assert list(started) == list(cloudauth.Started.__annotations__)
    assert started["transaction_url"] == "https://h5.example/?t=1"
    assert (started["id_spoof"], started["doc_video"]) == (True, None)
    shown = repr(started)
    assert "product_code='eKYC_PRO'" in shown and "region='cn-hongkong'" in shown
    assert not any(secret in shown for secret in ("s3cr3t", "h5.example", "hks1", "order1"))


def test_the_emulator_starts_one_and_it_is_stored(client: cloudauth.Client, emulator: Emulator) -> None:
    started = client.initialize(
        product_code="eKYC_PRO",
        meta_info="{}",
        merchant_user_id="u",
        doc_type="GLB03002",
        id_spoof=True,
        callback_url="https://merchant.example/verified",
    )
    assert started["transaction_id"] and started["merchant_biz_id"] and started["initialized_at"]
    assert (started["endpoint"], started["region"]) == (emulator.endpoint, None)
    assert len(started["merchant_biz_id"]) == 32
    assert started["callback_token"] and len(started["callback_token"]) == 32
    again = cloudauth.started_from_json(cloudauth.started_to_json(started))
    assert again == {**started, "request_id": "", "extra": {}, "problems": []}
    query = f"transactionId={started['transaction_id']}&callbackToken={started['callback_token']}"
    assert cloudauth.parse_callback(query, again["callback_token"] or "")["transaction_id"] == started["transaction_id"]
    emulator.finish(started["transaction_id"])
    result = client.check_result(transaction_id=started["transaction_id"], merchant_biz_id=started["merchant_biz_id"])
    assert result["passed"] is True


def _without(name: str) -> str:
    fields: dict[str, Any] = json.loads(STORED)
    del fields[name]
    return json.dumps(fields)


WRONG: list[tuple[str, str]] = [
    ("{", "json: is not JSON"),
    ("\ud800", "json: is not JSON"),
    ("[]", "json: must be an object"),
    (_without("version"), "json: must be what started_to_json gives; it has no version"),
    (STORED.replace("1", "2", 1), "json: has a version that is not known here; a newer libcloudauth may read it"),
    (STORED.replace('"order1"', "1"), "json: merchant_biz_id: must be text"),
    (_without("transaction_id"), "json: transaction_id: must not be empty"),
    (_without("region"), "json: must have one of region and endpoint"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_another_text_is_refused(text: str, message: str) -> None:
    with pytest.raises(cloudauth.InvalidArgumentError) as refused:
        cloudauth.started_from_json(text)
    assert str(refused.value) == message


def test_another_value_is_refused() -> None:
    started = cloudauth.started_from_json(STORED)
    wrong: list[tuple[Callable[[], object], type[Exception], str]] = [
        (lambda: cloudauth.started_from_json(started), TypeError, "json: must be bytes or str"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        (lambda: cloudauth.started_to_json({**started, "transaction_id": None}), ValueError, "started: transaction_id: must not be empty"),
        (lambda: cloudauth.started_to_json({**started, "transaction_id": "\ud800"}), ValueError, "started: transaction_id: must be Unicode text"),
        (lambda: cloudauth.started_to_json(None), ValueError, "started: must be a dict, not NoneType"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ]
    for call, kind, message in wrong:
        with pytest.raises(kind, match=f"^{message}"):
            call()
