"""cloudauth."""

import cloudauth

ARGUMENTS = {"access_key_id": "id", "access_key_secret": "secret"}


def parts(result):
    page = result["document"]["pages"]["01"]
    pictures = [holder["image"]["bytes"] for holder in (result["face"], page) if holder["image"]]
    return result["passed"], result["face"]["comparison_score"], page["identity"]["surname"], pictures


def blocking(endpoint, ca_file):
    client = cloudauth.Client(endpoint=endpoint, ca_file=ca_file, **ARGUMENTS)
    return lambda transaction: parts(client.check_result(transaction_id=transaction, merchant_biz_id="bench", return_image=transaction != "small"))


async def asynchronous(endpoint, ca_file):
    client = cloudauth.AsyncClient(endpoint=endpoint, ca_file=ca_file, **ARGUMENTS)

    async def check(transaction):
        return parts(await client.check_result(transaction_id=transaction, merchant_biz_id="bench", return_image=transaction != "small"))

    return check
