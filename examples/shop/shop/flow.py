"""A verification from its start to its deletion."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time

import cloudauth

from .settings import Settings
from .store import Store, Verification

_log = logging.getLogger(__name__)

# Your own risk decides, not the service.
MIN_FACE_SCORE = 90


class Flow:
    def __init__(self, client: cloudauth.AsyncClient, store: Store, settings: Settings) -> None:
        self._client = client
        self._store = store
        self._settings = settings
        self._settling: set[str] = set()

    async def start(self, meta_info: str) -> tuple[str, str]:
        """The id of a new verification, and where the person goes."""
        id = secrets.token_hex(16)
        started = await self._client.initialize(
            product_code="eKYC_PRO",
            doc_type="GLB03002",
            merchant_biz_id=id,
            meta_info=meta_info,
            callback_url=f"{self._settings.url}/verified",
            return_url=self._settings.url,
        )
        transaction_id, url = started["transaction_id"], started["transaction_url"]
        if not transaction_id or not url:
            raise RuntimeError(f"the service gave no transaction or no URL; request {started['request_id']}")
        # Before the person is sent on: the callback may come at any time after that.
        self._store.add(id, transaction_id, cloudauth.started_to_json(started))
        return id, url

    def token(self, transaction_id: str) -> str | None:
        """What a callback about it must carry."""
        verification = self._store.by_transaction(transaction_id)
        return cloudauth.started_from_json(verification.started)["callback_token"] if verification else None

    async def settle(self, transaction_id: str) -> None:
        """Does what is left to do once the person has finished: fetch, decide, store, delete. A second call changes nothing."""
        verification = self._store.by_transaction(transaction_id)
        if verification is None or transaction_id in self._settling:
            return
        self._settling.add(transaction_id)
        try:
            if not verification.fetched:
                await self._fetch(verification)
            if not verification.deleted:
                await self._delete(verification)
        except cloudauth.Error as error:
            _report(verification, error)
        finally:
            self._settling.discard(transaction_id)

    async def _fetch(self, verification: Verification) -> None:
        # Waits where the verdict is still pending.
        result = await self._client.wait_for_result(
            transaction_id=verification.transaction_id, merchant_biz_id=verification.id, return_image=True, timeout=20
        )
        decision = cloudauth.decision(result, min_face_score=MIN_FACE_SCORE)
        self._store.decide(verification.id, decision["action"], result["sub_code"], cloudauth.to_json(result))

    async def _delete(self, verification: Verification) -> None:
        deletion = await self._client.delete_result(transaction_id=verification.transaction_id, delete_type="All")
        if deletion["deleted"]:
            self._store.deleted(verification.id)

    async def look(self, id: str | None) -> Verification | None:
        """The verification, and where it stands; the service is asked now and then."""
        verification = self._store.find(id)
        if verification and verification.state == "waiting" and time.time() - verification.asked_at >= self._settings.ask_every:
            await self._ask(verification)
            verification = self._store.find(id)
        return verification

    async def sweep(self) -> None:
        """Asks about all that have not ended: a person who walks away causes no callback, and a callback can be lost."""
        while True:
            for verification in self._store.unsettled():
                await self._ask(verification)
            await asyncio.sleep(self._settings.sweep_every)

    async def _ask(self, verification: Verification) -> None:
        self._store.asked(verification.id)
        try:
            state = (await self._client.status(started=verification.started, timeout=5))["state"]
        except cloudauth.Error as error:
            _report(verification, error)
            return
        if verification.fetched and state == "gone":
            self._store.deleted(verification.id)
        elif state == "finished":
            await self.settle(verification.transaction_id)
        elif state in ("abandoned", "expired", "gone"):
            self._store.decide(verification.id, state)


def _report(verification: Verification, error: cloudauth.Error) -> None:
    # The client has retried already; the sweep tries again.
    _log.warning("verification %s: %s: %s", verification.id, error.kind, error)
