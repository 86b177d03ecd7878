# Generated from core/schema/typed by `cargo xtask generate`; do not edit.
"""The clients' methods for typed operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ._replies import Deletion, KeepAlive, VerifyLog
from ._typed import AsyncTyped, Typed


class Operations(Typed):
    """Those of the client that blocks."""

    def delete_result(
        self,
        *,
        transaction_id: str,
        delete_type: str,
        after_query: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Deletion:
        """Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where
        no reply came, nobody knows whether it was done.

        :param transaction_id: ``TransactionId``: the service's id of the verification, as the start gave it to the
            server.
        :param delete_type: ``DeleteType``: what to delete: ``Img`` all pictures, ``Text`` all the rest, ``All`` both.
        :param after_query: ``DeleteAfterQuery``: delete only if the result was fetched before; yes unless told otherwise.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "transaction_id": transaction_id,
            "delete_type": delete_type,
            "after_query": after_query,
        }
        return cast("Deletion", self._typed("delete_result", given, parameters, unchecked, timeout))

    def keep_alive(
        self,
        *,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> KeepAlive:
        """Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.

        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {}
        return cast("KeepAlive", self._typed("keep_alive", given, parameters, unchecked, timeout))

    def verify_log(
        self,
        *,
        merchant_biz_id: str,
        transaction_id: str,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> VerifyLog:
        """Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
        products with a client.

        :param merchant_biz_id: ``MerchantBizId``: the merchant's own id of the verification, as it was given at the
            start.
        :param transaction_id: ``TransactionId``: the service's id of the verification, as the start gave it to the
            server.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through what the rules of this version refuse: values, combinations and parameters.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        given: dict[str, Any] = {
            "merchant_biz_id": merchant_biz_id,
            "transaction_id": transaction_id,
        }
        return cast("VerifyLog", self._typed("verify_log", given, parameters, unchecked, timeout))


class AsyncOperations(AsyncTyped):
    """Those of the client for event loops."""

    async def delete_result(
        self,
        *,
        transaction_id: str,
        delete_type: str,
        after_query: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> Deletion:
        """Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where
        no reply came, nobody knows whether it was done. See :meth:`cloudauth.Client.delete_result`.
        """
        given: dict[str, Any] = {
            "transaction_id": transaction_id,
            "delete_type": delete_type,
            "after_query": after_query,
        }
        return cast("Deletion", await self._typed("delete_result", given, parameters, unchecked, timeout))

    async def keep_alive(
        self,
        *,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> KeepAlive:
        """Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.
        See :meth:`cloudauth.Client.keep_alive`.
        """
        given: dict[str, Any] = {}
        return cast("KeepAlive", await self._typed("keep_alive", given, parameters, unchecked, timeout))

    async def verify_log(
        self,
        *,
        merchant_biz_id: str,
        transaction_id: str,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> VerifyLog:
        """Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for
        products with a client. See :meth:`cloudauth.Client.verify_log`.
        """
        given: dict[str, Any] = {
            "merchant_biz_id": merchant_biz_id,
            "transaction_id": transaction_id,
        }
        return cast("VerifyLog", await self._typed("verify_log", given, parameters, unchecked, timeout))
