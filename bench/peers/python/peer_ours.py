"""cloudauth."""

import cloudauth

ARGUMENTS = {"access_key_id": "id", "access_key_secret": "secret"}


def parts(result):
    page = result["document"]["pages"]["01"]
    pictures = [holder["image"]["bytes"] for holder in (result["face"], page) if holder["image"]]
    return result["passed"], result["face"]["comparison_score"], page["identity"]["surname"], pictures


def made(endpoint, ca_file, **more):
    return cloudauth.Client(endpoint=endpoint, ca_file=ca_file, **ARGUMENTS, **more)


def checking(client):
    return lambda transaction: parts(client.check_result(transaction_id=transaction, merchant_biz_id="bench", return_image=transaction != "0"))


async def asynchronous(endpoint, ca_file, **more):
    client = cloudauth.AsyncClient(endpoint=endpoint, ca_file=ca_file, **ARGUMENTS, **more)

    async def check(transaction):
        return parts(await client.check_result(transaction_id=transaction, merchant_biz_id="bench", return_image=transaction != "0"))

    return check
