"""A verification from its beginning to its deletion, on the emulator, by the package alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

BIZ = "order1"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Merchant)
        self.server.called.put(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Merchant(HTTPServer):
    """Waits for callbacks."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.called: Queue[str] = Queue()
        self.callback_url = f"http://127.0.0.1:{self.server_port}/verified?order=7"


@pytest.fixture
def merchant() -> Iterator[Merchant]:
    with Merchant() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _begin(client: cloudauth.Client, **more: str) -> str:
    parameters = {"ProductCode": "eKYC_PRO", "MerchantBizId": BIZ, "MerchantUserId": "u", "DocType": "GLB03002", "MetaInfo": "{}"}
    return str(client.call("InitializeV2", {**parameters, **more})["Result"]["TransactionId"])


@pytest.mark.parametrize("names", ["mixed", "prose", "sample"])
def test_a_callback_of_each_spelling_leads_to_the_result_and_its_deletion(merchant: Merchant, names: Any) -> None:
    with Emulator(callback_names=names) as emulator, cloudauth.Client(**emulator.client_args) as client:
        transaction_id = _begin(client, CallbackUrl=merchant.callback_url, CallbackToken="s3cr3t")
        emulator.finish(transaction_id)
        callback = cloudauth.parse_callback(merchant.called.get(timeout=10), {transaction_id: "s3cr3t"}.get)
        assert callback["transaction_id"] == transaction_id
        assert callback["parameters"] == {"order": "7", "transactionId": transaction_id, "passed": "Y", "subcode": "200"}

        def delete() -> cloudauth.Deletion:
            return client.delete_result(transaction_id=transaction_id, delete_type="All")

        unread = delete()
        assert (unread["deleted"], unread["fail_reason"]) == (False, "NEED_QUERY_VERIFY_RESULT")
        assert client.check_result(transaction_id=transaction_id, merchant_biz_id=BIZ)["passed"] is True
        assert delete()["deleted"] is True
        with pytest.raises(cloudauth.Error):
            client.check_result(transaction_id=transaction_id, merchant_biz_id=BIZ)


def test_the_log_says_where_a_person_left() -> None:
    with Emulator() as emulator, cloudauth.Client(**emulator.client_args) as client:
        left, waits = _begin(client), _begin(client)
        emulator.enter(left, "GUIDE")
        emulator.abandon(left, "OCR_SCAN")
        emulator.pend(waits)
        emulator.advance(31 * 60)
        log = client.verify_log(transaction_id=left, merchant_biz_id=BIZ)
        assert (log["verify_status"], log["interrupt_page_en"], log["verify_error_code"]) == (1, "OCR_SCAN", "1006")
        assert log["log_en"]
        pending = client.check_result(transaction_id=waits, merchant_biz_id=BIZ)
        assert (pending["passed"], pending["extra"]["Passed"]) == (None, "P")


def test_a_status_is_asked_for_what_was_started() -> None:
    with Emulator() as emulator, cloudauth.Client(**emulator.client_args) as client:
        started = client.initialize(product_code="FACE_LIVENESS", meta_info="{}")
        transaction_id = started["transaction_id"] or ""
        assert client.status(started=started)["state"] == "not_begun"
        emulator.pend(transaction_id)
        assert client.status(started=cloudauth.started_to_json(started))["state"] == "pending"
        emulator.finish(transaction_id)
        status = client.status(started=started)
        assert status["state"] == "finished"
        assert repr(status).startswith("<cloudauth.Status request_id='")
        started["endpoint"] = "http://127.0.0.1:1"
        with pytest.raises(cloudauth.InvalidArgumentError, match="^started: belongs to another endpoint"):
            client.status(started=started)


def test_options_and_names_that_the_emulator_does_not_have() -> None:
    with pytest.raises(ValueError, match="^region: must be ap-southeast-1, "):
        Emulator(region="eu-1")
    with pytest.raises(ValueError, match="^callback_names: must be mixed, prose or sample"):
        Emulator(callback_names="loud")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with Emulator(region="ap-southeast-3", documented_quota=True) as emulator, cloudauth.Client(**emulator.client_args) as client:
        with pytest.raises(cloudauth.InvalidRequestError):
            _begin(client, DocType="IDN01001")
        transaction_id = _begin(client)
        for move in (emulator.enter, emulator.abandon):
            with pytest.raises(ValueError):
                move(transaction_id, "nowhere")
        with pytest.raises(ValueError):
            emulator.pend("unknown")
