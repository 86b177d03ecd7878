"""Clients that nobody here wrote must accept the emulator, over both signature versions.

Needs ``CLOUDAUTH_BIN``, the path of the ``cloudauth`` command, and the packages of ``requirements.txt``.
"""

import base64
import json
from urllib.parse import urlsplit

import pytest
from alibabacloud_cloudauth_intl20220809 import models
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest, RpcRequest
from support import BIZ_ID, current_client, running

VERSION = "2022-08-09"
STS_TOKEN = "emulator-sts-token"


@pytest.fixture(scope="module")
def sts_emulator(tmp_path_factory):
    file = tmp_path_factory.mktemp("sts") / "token"
    file.write_text(STS_TOKEN)
    with running("--security-token-file", str(file)) as ready:
        assert ready["security_token"] == STS_TOKEN
        yield ready


def check_request(transaction_id, images="N"):
    return models.CheckResultRequest(
        merchant_biz_id=BIZ_ID, transaction_id=transaction_id, is_return_image=images
    )


class TestCurrentSdk:
    def test_check_result(self, emulator, algorithm):
        reply = current_client(emulator, algorithm).check_result(check_request("ekycpro200", "Y"))
        assert reply.status_code == 200
        assert (reply.body.code, reply.body.message) == ("Success", "success")
        assert len(reply.body.request_id) == 36
        result = reply.body.result
        assert (result.passed, result.sub_code) == ("Y", "200")
        face = json.loads(result.ext_face_info)
        assert face["facePassed"] == "Y"
        assert face["faceComparisonScore"] == 99.12
        assert base64.b64decode(face["faceImg"], validate=True).startswith(b"\xff\xd8\xff")
        page = json.loads(result.ext_id_info)["ocrIdInfoData"]["01"]
        assert json.loads(page["ocrIdInfo"])["surname"] == "SPECIMEN"
        assert base64.b64decode(page["idImage"], validate=True).startswith(b"\xff\xd8\xff")

    def test_initialize_then_check(self, emulator, algorithm):
        client = current_client(emulator, algorithm)
        begun = client.initialize(
            models.InitializeRequest(
                product_code="eKYC_PRO",
                merchant_biz_id=BIZ_ID,
                meta_info='{"deviceType":"h5","note":"blank, plus + and 中文"}',
                callback_url="https://merchant.example/done?order=1",
                callback_token="token & more",
                # This one goes into the form body, so that both places are signed.
                face_picture_base_64="/+8=" * 400,
            )
        )
        assert begun.body.code == "Success"
        transaction_id = begun.body.result.transaction_id
        assert transaction_id.startswith("hks") and len(transaction_id) == 32
        assert begun.body.result.transaction_url.startswith(emulator["endpoint"])
        assert begun.body.result.protocol
        with pytest.raises(Exception) as refused:
            client.check_result(check_request(transaction_id))
        assert refused.value.code == "ProcessNotCompleted"
        assert refused.value.status_code == 404

    @pytest.mark.parametrize(
        ("transaction_id", "status", "code"),
        [
            ("nothing", 400, "TransactionIdInvalid"),
            ("errorForbiddenRAMUserAccessDenied", 403, "Forbidden.RAMUserAccessDenied"),
            ("errorThrottlingApi", 403, "Throttling.Api"),
            ("errorServiceUnavailable", 503, "ServiceUnavailable"),
        ],
    )
    def test_refusals(self, emulator, algorithm, transaction_id, status, code):
        with pytest.raises(Exception) as refused:
            current_client(emulator, algorithm).check_result(check_request(transaction_id))
        assert (refused.value.code, refused.value.status_code) == (code, status)

    def test_wrong_secret(self, emulator, algorithm):
        client = current_client(emulator, algorithm, secret="not-the-secret")
        with pytest.raises(Exception) as refused:
            client.check_result(check_request("ekycpro200"))
        assert refused.value.code == "SignatureDoesNotMatch"

    def test_sts(self, sts_emulator, algorithm):
        client = current_client(sts_emulator, algorithm, token=STS_TOKEN)
        assert client.check_result(check_request("idocr212")).body.result.sub_code == "212"
        for token in ["another-token", None]:
            client = current_client(sts_emulator, algorithm, token=token)
            with pytest.raises(Exception) as refused:
                client.check_result(check_request("idocr212"))
            assert refused.value.code == "InvalidSecurityToken.MismatchWithAccessKey"


def older_client(ready, secret=None, token=None):
    """The older core SDK on that emulator; it knows HMAC-SHA1 only."""
    key, secret = ready["access_key_id"], secret or ready["access_key_secret"]
    credential = StsTokenCredential(key, secret, token) if token else AccessKeyCredential(key, secret)
    return AcsClient(region_id="cn-hongkong", credential=credential, auto_retry=False)


def common_request(ready, action, parameters):
    """A call as the older SDK's own examples write it."""
    request = CommonRequest(
        domain=urlsplit(ready["endpoint"]).netloc, version=VERSION, action_name=action
    )
    request.set_accept_format("json")
    request.set_protocol_type("http")
    request.set_method("POST")
    for name, value in parameters.items():
        request.add_query_param(name, value)
    return request


def rpc_request(ready, action, parameters, method="POST"):
    """A call as that SDK's generated products write it, parameters in the form body for POST."""
    request = RpcRequest("Cloudauth-intl", VERSION, action)
    request.set_endpoint(urlsplit(ready["endpoint"]).netloc)
    request.set_accept_format("json")
    request.set_protocol_type("http")
    request.set_method(method)
    for name, value in parameters.items():
        if method == "POST":
            request.add_body_params(name, value)
        else:
            request.add_query_param(name, value)
    return request


def get_request(ready, action, parameters):
    return rpc_request(ready, action, parameters, method="GET")


CHECK = {"MerchantBizId": BIZ_ID, "TransactionId": "faceverification204", "IsReturnImage": "N"}


@pytest.fixture(params=[common_request, rpc_request, get_request])
def build(request):
    return request.param


class TestOlderSdk:
    def test_check_result(self, emulator, build):
        reply = json.loads(older_client(emulator).do_action_with_exception(build(emulator, "CheckResult", CHECK)))
        assert reply["Code"] == "Success"
        assert (reply["Result"]["Passed"], reply["Result"]["SubCode"]) == ("N", "204")
        face = json.loads(reply["Result"]["ExtFaceInfo"])
        assert face["facePassed"] == "N" and face["faceQuality"] == 95.45
        assert "faceImg" not in face

    def test_initialize(self, emulator, build):
        parameters = {
            "ProductCode": "ID_OCR",
            "MerchantBizId": BIZ_ID,
            "MetaInfo": "{\"odd\": \"a b+c*d~e'f(g)/é中文\"}",
        }
        reply = json.loads(older_client(emulator).do_action_with_exception(build(emulator, "Initialize", parameters)))
        assert reply["Result"]["TransactionId"].startswith("hks")

    def test_wrong_secret(self, emulator, build):
        client = older_client(emulator, secret="not-the-secret")
        with pytest.raises(ServerException) as refused:
            client.do_action_with_exception(build(emulator, "CheckResult", CHECK))
        # Where its string to sign equals the server's, that SDK concludes by itself that the secret is wrong.
        assert refused.value.get_error_code() in {"SignatureDoesNotMatch", "InvalidAccessKeySecret"}
        assert refused.value.get_http_status() == 403

    def test_sts(self, sts_emulator, build):
        client = older_client(sts_emulator, token=STS_TOKEN)
        reply = json.loads(client.do_action_with_exception(build(sts_emulator, "CheckResult", CHECK)))
        assert reply["Result"]["SubCode"] == "204"
        client = older_client(sts_emulator, token="another-token")
        with pytest.raises(ServerException) as refused:
            client.do_action_with_exception(build(sts_emulator, "CheckResult", CHECK))
        assert refused.value.get_error_code() == "InvalidSecurityToken.MismatchWithAccessKey"
