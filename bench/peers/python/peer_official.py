"""alibabacloud-cloudauth-intl20220809, the current official package, as it is configured by default."""

from urllib.parse import urlsplit

from alibabacloud_cloudauth_intl20220809.client import Client
from alibabacloud_cloudauth_intl20220809.models import CheckResultRequest
from alibabacloud_tea_openapi.models import Config
from reply import decoded


def made(endpoint, ca_file):
    url = urlsplit(endpoint)
    config = Config(
        access_key_id="id", access_key_secret="secret", endpoint=url.netloc, protocol=url.scheme, ca=ca_file
    )
    return Client(config)


def request(transaction):
    images = "N" if transaction == "0" else "Y"
    return CheckResultRequest(merchant_biz_id="bench", transaction_id=transaction, is_return_image=images)


def checking(client):
    return lambda transaction: decoded(client.check_result(request(transaction)).body.to_map())


async def asynchronous(endpoint, ca_file):
    client = made(endpoint, ca_file)

    async def check(transaction):
        return decoded((await client.check_result_async(request(transaction))).body.to_map())

    return check
