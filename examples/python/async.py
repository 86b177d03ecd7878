"""Twenty calls in flight, one of them cancelled: `async.py TRANSACTION`. The environment says where to call, and the keys."""

from __future__ import annotations

import asyncio
import sys

import cloudauth

CALLS = 20


async def fetch(transaction: str) -> None:
    async with cloudauth.AsyncClient() as client:
        calls = [asyncio.create_task(client.check_result(transaction_id=transaction, merchant_biz_id="example")) for _ in range(CALLS)]
        # One turn of the loop, so that all of them are under way.
        await asyncio.sleep(0)
        calls[0].cancel()
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    cancelled = sum(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
    for outcome in outcomes:
        if isinstance(outcome, cloudauth.Error):
            raise outcome
    print(f"{CALLS - cancelled} done, {cancelled} cancelled")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: async.py TRANSACTION")
    asyncio.run(fetch(sys.argv[1]))
