"""aliyun-python-sdk-core, the older official package, by its generic request."""

import json
from urllib.parse import urlsplit

from aliyunsdkcore.auth.credentials import AccessKeyCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.http import protocol_type
from aliyunsdkcore.request import CommonRequest
from reply import decoded


def made(endpoint, ca_file):
    url = urlsplit(endpoint)
    client = AcsClient(
        region_id="ap-southeast-1", credential=AccessKeyCredential("id", "secret"), port=url.port, verify=ca_file
    )
    return client, url


def checking(made):
    client, url = made

    def check(transaction):
        request = CommonRequest(domain=url.hostname, version="2022-08-09", action_name="CheckResult")
        request.set_accept_format("json")
        # The package compares these by identity.
        request.set_protocol_type(protocol_type.HTTPS if url.scheme == "https" else protocol_type.HTTP)
        request.set_method("POST")
        request.add_query_param("MerchantBizId", "bench")
        request.add_query_param("TransactionId", transaction)
        request.add_query_param("IsReturnImage", "N" if transaction == "0" else "Y")
        return decoded(json.loads(client.do_action_with_exception(request)))

    return check
