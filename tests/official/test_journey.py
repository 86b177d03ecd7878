"""The current SDK, unmodified, goes the whole way on the emulator by its own typed methods.

Needs ``CLOUDAUTH_BIN``, the path of the ``cloudauth`` command, and the packages of ``requirements.txt``.
"""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest
from alibabacloud_cloudauth_intl20220809 import models
from support import BIZ_ID, command, current_client

PICTURE = "/+8=" * 400


class Merchant:
    """A merchant's server for one callback: keeps what its query held."""

    def __init__(self):
        merchant = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                merchant.query = dict(parse_qsl(urlsplit(self.path).query))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.query = None
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.server.timeout = 10
        self.url = f"http://127.0.0.1:{self.server.server_port}/done?order=7"
        self.thread = threading.Thread(target=self.server.handle_request)
        self.thread.start()

    def called(self):
        """What the callback held, once it came."""
        self.thread.join()
        self.server.server_close()
        return self.query


class Flow:
    """One client, and the calls that follow ``InitializeV2``."""

    def __init__(self, ready, algorithm):
        self.endpoint = ready["endpoint"]
        self.client = current_client(ready, algorithm)

    def begin(self, **more):
        given = {"product_code": "eKYC_PRO", "merchant_biz_id": BIZ_ID, "meta_info": '{"deviceType":"h5"}'} | more
        return self.client.initialize_v2(models.InitializeV2Request(**given)).body

    def begun(self, **more):
        return self.begin(**more).result.transaction_id

    def check(self, transaction_id, images="N"):
        request = models.CheckResultRequest(
            merchant_biz_id=BIZ_ID, transaction_id=transaction_id, is_return_image=images
        )
        return self.client.check_result(request).body

    def log(self, transaction_id):
        request = models.CheckVerifyLogRequest(merchant_biz_id=BIZ_ID, transaction_id=transaction_id)
        reply = self.client.check_verify_log(request).body
        assert (reply.code, reply.message) == ("Success", "success")
        return reply.result

    def delete(self, transaction_id, after_query="Y", what="All"):
        request = models.DeleteVerifyResultRequest(
            transaction_id=transaction_id, delete_after_query=after_query, delete_type=what
        )
        return self.client.delete_verify_result(request).body

    def steer(self, *arguments):
        line = [command(), "emulator", *arguments, "--endpoint", self.endpoint]
        return json.loads(subprocess.run(line, check=True, capture_output=True, text=True, timeout=30).stdout)


@pytest.fixture
def flow(emulator, algorithm):
    return Flow(emulator, algorithm)


def refused(call, *arguments, **named):
    """The status and code of a call that must fail."""
    with pytest.raises(Exception) as error:
        call(*arguments, **named)
    return error.value.status_code, error.value.code


def test_the_whole_way(flow):
    merchant = Merchant()
    begun = flow.begin(
        callback_url=merchant.url,
        callback_token="token & more",
        doc_type="GLB03002",
        id_spoof="Y",
        doc_page_config=["OCR_ID_BACK"],
        # These two go into the form body.
        face_picture_base_64=PICTURE,
        target_face_picture=PICTURE,
    )
    assert begun.code == "Success" and len(begun.request_id) == 36
    transaction_id = begun.result.transaction_id
    assert begun.result.transaction_url.endswith(transaction_id)
    assert begun.result.protocol and begun.result.client_cfg

    assert refused(flow.check, transaction_id) == (404, "ProcessNotCompleted")
    assert flow.log(transaction_id).verify_status == "2"
    assert refused(flow.delete, transaction_id) == (404, "ProcessNotCompleted")

    flow.steer("finish", transaction_id, "200")
    assert merchant.called() == {
        "order": "7",
        "transactionId": transaction_id,
        "passed": "Y",
        "subcode": "200",
        "callbackToken": "token & more",
    }
    unread = flow.delete(transaction_id)
    assert (unread.code, unread.result.delete_result) == ("200", "N")

    result = flow.check(transaction_id, "Y").result
    assert (result.passed, result.sub_code) == ("Y", "200")
    assert json.loads(result.ext_face_info)["faceImg"]
    log = flow.log(transaction_id)
    assert (log.verify_status, log.passed, log.sub_code, log.verify_error_code) == ("0", "Y", "200", "1000")
    assert log.interrupt_page_en == "FACE"
    (lines,) = log.log_info_en
    assert json.loads(lines)[-1].endswith(" FACE_LEAVE")
    assert json.loads(log.log_statistics_info)["ocrEditTimes"] == 0

    pictures = flow.delete(transaction_id, what="Img")
    assert (pictures.code, pictures.result.delete_result) == ("200", "Y")
    assert pictures.result.transaction_id == transaction_id
    assert "faceImg" not in json.loads(flow.check(transaction_id, "Y").result.ext_face_info)
    assert flow.delete(transaction_id).result.delete_result == "Y"
    assert refused(flow.check, transaction_id) == (400, "TransactionIdInvalid")
    assert flow.delete(transaction_id).result.delete_result == "N"


def test_a_person_who_leaves(flow):
    transaction_id = flow.begun()
    flow.steer("abandon", transaction_id, "--page", "OCR_SCAN", "--code", "1004")
    assert refused(flow.check, transaction_id) == (404, "ProcessNotCompleted")
    log = flow.log(transaction_id)
    assert (log.verify_status, log.verify_error_code, log.interrupt_page_en) == ("1", "1004", "OCR_SCAN")
    assert (log.passed, log.sub_code) == (None, None)
    states = {one["transaction_id"]: one["state"] for one in flow.steer("list")["transactions"]}
    assert states[transaction_id] == "abandoned"


def test_keeping_a_connection(flow):
    reply = flow.client.keepalive_intl().body
    assert (reply.code, reply.result.result) == ("Success", "SUCCESS")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"product_code": None}, "MissingParameter"),
        ({"product_code": "KYC"}, "InvalidParameter"),
        ({"merchant_biz_id": None}, "MissingParameter"),
        ({"merchant_biz_id": "a-b"}, "InvalidParameter"),
        ({"meta_info": None}, "MissingParameter"),
        ({"doc_type": "nonsense"}, "InvalidParameter"),
        ({"callback_url": "http://merchant.example/"}, "InvalidParameter"),
        ({"security_level": "3"}, "InvalidParameter"),
        ({"model": "TEMPLATE"}, "MissingParameter"),
    ],
)
def test_wrong_parameters_of_the_beginning(flow, change, code):
    assert refused(flow.begin, **change) == (400, code)


def test_wrong_parameters_afterwards(flow):
    finished = flow.begun()
    flow.steer("finish", finished)
    assert refused(flow.delete, None) == (400, "MissingParameter")
    assert refused(flow.delete, finished, what=None) == (400, "MissingParameter")
    assert refused(flow.delete, finished, what="Everything") == (400, "InvalidParameter")
    assert refused(flow.delete, finished, after_query="maybe") == (400, "InvalidParameter")
    assert refused(flow.delete, "hks0") == (400, "TransactionIdInvalid")
    assert refused(flow.log, None) == (400, "MissingParameter")
    assert refused(flow.log, "hks0") == (400, "TransactionIdInvalid")
    assert refused(flow.check, None) == (400, "MissingParameter")
    assert refused(flow.check, finished, "yes") == (400, "InvalidParameter")
    assert flow.check(finished).result.passed == "Y", "it is all there still"
