"""An emulator of the service, for tests of programs that use this package.

It runs inside the test's own process, on a free port of 127.0.0.1, checks signatures as the service does, and has a documented
TransactionId for every outcome: ``ekycpro200`` passes, ``faceliveness233`` fails, ``errorThrottlingApi`` is refused,
``pending3`` is not completed three times. Its people are invented.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import Literal

from . import _cloudauth
from ._compat import Self, TypedDict


class EmulatorCall(TypedDict):
    """A call that the emulator saw. ``time`` is of its own clock; ``connection`` counts from 1."""

    time: str
    action: str
    signature: str
    http_status: int
    code: str
    connection: int


class ClientArgs(TypedDict):
    """Options of a client that calls the emulator."""

    endpoint: str
    access_key_id: str
    access_key_secret: str
    security_token: str | None
    ca_file: str | None


class Emulator:
    """A running emulator; stopped by :meth:`stop`, or at the end of a ``with``.

    :param security_token: an STS token that every call must then carry.
    :param tls: serve HTTPS, with a certificate made for this run; ``client_args`` names its authority.
    :param qps: calls per second and operation before ``Throttling.Api``.
    :param region: the region it plays: products and documents that the region does not have are refused.
    :param documented_quota: keep the region's documented quota, in the place of ``qps``.
    :param callback_names: how callbacks spell their names; ``docs/emulator.md`` says which way is whose.
    :param callback_retry: call a merchant once more, a second later, who did not answer 200.
    :param finish_after: seconds after which a verification that ``Initialize`` began ends by itself, with SubCode 200.
    :param cases: a folder of recorded replies, one sub-folder a case, each with a ``reply.http``.
    """

    def __init__(
        self,
        *,
        security_token: str | None = None,
        tls: bool = False,
        qps: int | None = None,
        region: str | None = None,
        documented_quota: bool = False,
        callback_names: Literal["mixed", "prose", "sample"] = "mixed",
        callback_retry: bool = False,
        finish_after: float | None = None,
        cases: str | os.PathLike[str] | None = None,
    ) -> None:
        folder = None if cases is None else os.fspath(cases)
        self._native = _cloudauth.Emulator(
            security_token=security_token,
            tls=tls,
            qps=qps,
            region=region,
            documented_quota=documented_quota,
            callback_names=callback_names,
            callback_retry=callback_retry,
            finish_after=finish_after,
            cases=folder,
        )

    @property
    def endpoint(self) -> str:
        """Its URL."""
        return self._native.endpoint

    @property
    def client_args(self) -> ClientArgs:
        """Where it is and the keys it knows: ``cloudauth.Client(**emulator.client_args)``."""
        return {
            "endpoint": self._native.endpoint,
            "access_key_id": self._native.access_key_id,
            "access_key_secret": self._native.access_key_secret,
            "security_token": self._native.security_token,
            "ca_file": self._native.ca_file,
        }

    @property
    def calls(self) -> list[EmulatorCall]:
        """The latest hundred calls, the oldest first."""
        return self._native.calls()

    def advance(self, seconds: float) -> None:
        """Moves its clock forward: what is then due ends, what is too old expires."""
        self._native.advance(seconds)

    def finish(self, transaction_id: str, sub_code: str = "200") -> None:
        """Ends a verification that ``Initialize`` began; the callback follows. Raises :class:`ValueError`."""
        self._native.finish(transaction_id, sub_code)

    def enter(self, transaction_id: str, page: str) -> None:
        """Lets the person come to a page: ``LOADING``, ``GUIDE``, ``OCR_SCAN``, ``OCR_RESULT``, ``NFC_INPUT``, ``NFC_READ`` or
        ``FACE``. The verification is then in progress. Raises :class:`ValueError`.
        """
        self._native.enter(transaction_id, page)

    def abandon(self, transaction_id: str, page: str = "FACE", code: str = "1006") -> None:
        """Lets the person leave for good at that page; nobody is called back. ``code`` is the ``VerifyErrorCode`` that the log
        then has, ``1002`` to ``1016`` or ``9999``. Raises :class:`ValueError`.
        """
        self._native.abandon(transaction_id, page, code)

    def pend(self, transaction_id: str) -> None:
        """Lets the person be done before the service decides: the verdict is pending until :meth:`finish`. Raises
        :class:`ValueError`.
        """
        self._native.pend(transaction_id)

    def set_faults(self, *faults: str, rate: float | None = None, seed: int = 0) -> None:
        """Has calls go wrong from now on, by faults such as ``"throttle:retry-after=250ms,next=3"`` in the place of all that
        were set; none ends them. ``docs/emulator.md`` lists them.

        :param rate: the share of calls, 0 to 1, that get one of those faults which say neither ``rate`` nor ``next``.
        :param seed: the same seed strikes the same calls.

        Raises :class:`ValueError`.
        """
        self._native.set_faults(list(faults), rate, seed)

    def stop(self) -> None:
        """Stops it and closes its connections."""
        self._native.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
