"""The options that both clients take."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from types import FunctionType
from typing import Any, Literal, NoReturn

from . import _cloudauth
from ._codes import InvalidArgumentError
from ._log import logged
from ._stats import Stats
from ._types import CredentialsCallable

_SECRET = ("access_key_id", "access_key_secret", "security_token")


class Configured:
    """A client's options, and what both clients do with them."""

    def __init__(
        self,
        *,
        region: str | None = None,
        network: Literal["public", "internal"] | None = None,
        endpoint: str | None = None,
        signature: Literal["acs3", "rpc1"] | None = None,
        access_key_id: str | None = None,
        access_key_secret: str | None = None,
        security_token: str | None = None,
        profile: str | None = None,
        credentials: CredentialsCallable | None = None,
        timeout: float | None = None,
        attempt_timeout: float | None = None,
        connect_timeout: float | None = None,
        idle_timeout: float | None = None,
        max_connections: int | None = None,
        max_attempts: int | None = None,
        retry_base: float | None = None,
        throttle_base: float | None = None,
        retry_cap: float | None = None,
        qps: int | None = None,
        max_body_bytes: int | None = None,
        max_body_bytes_without_images: int | None = None,
        max_concurrency: int | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        proxy: str | None = None,
        allow_insecure: bool = False,
        user_agent: str | None = None,
    ) -> None:
        """``None`` leaves the choice to the library, and so does 0 for sizes and counts; times are in seconds, sizes in bytes.

        :param region: ``ap-southeast-1``, ``ap-southeast-3``, ``ap-southeast-5`` or ``cn-hongkong``. There is no default:
            give a region or an endpoint, here or in ``CLOUDAUTH_REGION`` or ``CLOUDAUTH_ENDPOINT``. A loopback address in the
            latter stands in for a region given here, with a warning in the log.
        :param network: ``public``, the default, or ``internal``: the region's host inside its VPC.
        :param endpoint: host or URL to call in place of the region's. Plain http is for loopback only.
        :param signature: ``acs3``, the default, or ``rpc1``.
        :param access_key_id: given together with ``access_key_secret``, and ``security_token`` where they are temporary.
            Without keys and ``credentials``, they are looked for where the official SDKs do: in the environment, in files,
            and with the machine's own role.
        :param profile: which profile of ``~/.aliyun/config.json`` or ``~/.alibabacloud/credentials`` to take them from.
        :param credentials: called for keys before every request, on a thread of its own, one call at a time; an ``async``
            one is awaited on that thread's own event loop. Gives a dict as :class:`cloudauth.Credentials`.
        :param timeout: time for a whole call, 60 by default.
        :param attempt_timeout: time for one request and its reply, 15 by default.
        :param connect_timeout: time to connect, TLS included, 5 by default.
        :param idle_timeout: how long an unused connection is kept, 60 by default.
        :param max_connections: connections at most, unused ones included, 64 by default. Further calls wait their turn,
            within their time.
        :param max_attempts: requests for one call at most, the first included, 3 by default; 1 repeats nothing.
        :param retry_base: longest pause before the first repetition, 0.05 by default; it doubles with each.
        :param throttle_base: the same, where the service throttles, 1 by default.
        :param retry_cap: longest pause before any repetition, 20 by default, but for what the service asks for.
        :param qps: requests a second and operation at most. Absent: as many as the service admits; where it throttles, the
            client slows down and regrows by itself.
        :param max_body_bytes: largest reply taken where images are asked for, 64 MiB by default.
        :param max_body_bytes_without_images: largest reply taken otherwise, that of ``call`` too, 1 MiB by default.
        :param max_concurrency: how many calls ``check_many`` keeps in flight, 16 by default.
        :param ca_file: PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted
            for the names in it.
        :param proxy: URL of a proxy (http, https, socks5 or socks5h), or ``none``. Absent: ``HTTPS_PROXY``, ``ALL_PROXY`` and
            ``NO_PROXY`` decide, as for curl.
        :param allow_insecure: take plain http for hosts that are not loopback.
        :param user_agent: appended to the User-Agent header.

        Raises :class:`cloudauth.InvalidArgumentError` and :class:`cloudauth.CredentialsError`; nothing is sent.
        """
        if isinstance(ca_file, os.PathLike):
            ca_file = os.fspath(ca_file)
        options: dict[str, Any] = {name: value for name, value in locals().items() if name not in ("self", "credentials")}
        self._keys = None
        if credentials is not None:
            # asyncio is loaded with it, which a program without a callable can do without.
            from ._keys import KeyThread

            self._keys = KeyThread(credentials)
        source = self._keys.source if self._keys else None
        with logged:
            self._native = _cloudauth.Client(**options, credentials=source)
        # What it calls, whatever it was given: the environment may have a word in it.
        self._endpoint = self._native.endpoint
        self._options = {name: value for name, value in options.items() if value is not None and name not in _SECRET}
        if "@" in (proxy or ""):
            # User name and password end at the last @, whatever is in them.
            login, _, place = str(proxy).rpartition("@")
            scheme, mark, _ = login.partition("://")
            self._options["proxy"] = scheme + mark + place if mark else place
        self._credentials = credentials

    @property
    def endpoint(self) -> str:
        """Where it calls: scheme, host and port."""
        return self._endpoint

    def stats(self) -> Stats:
        """What it has done so far, in numbers; once it is closed, what it had done by then."""
        return self._native.stats()

    def __repr__(self) -> str:
        return f"<cloudauth.{type(self).__name__} {self._endpoint}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Configuration alone: the other process finds keys where it runs.
        options = dict(self._options)
        if self._credentials is not None:
            # A function is pickled by name; another callable may hold secrets.
            if not isinstance(self._credentials, FunctionType):
                raise InvalidArgumentError("credentials: only a function can be pickled with a client")
            options["credentials"] = self._credentials
        return (partial(type(self), **options), ())

    def __copy__(self) -> NoReturn:
        raise TypeError("a client is not copied but shared: use the client itself; pickle takes its configuration along, without keys")

    def __deepcopy__(self, memo: object) -> NoReturn:
        self.__copy__()

    def _open(self) -> _cloudauth.Client:
        """The native client, with someone at hand who gives it keys."""
        if self._keys is not None:
            self._keys.start()
        return self._native

    def _close(self) -> None:
        self._native.close()
        if self._keys is not None:
            self._keys.stop()


def ids_by_keyword(method: str, positional: tuple[object, ...]) -> None:
    """Refuses positional arguments: two ids are easily swapped."""
    if positional:
        raise TypeError(f"{method}: takes transaction_id=... and merchant_biz_id=... by keyword")


def parameters_of(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """`given` as the native half takes it."""
    if given is None:
        return None
    try:
        return dict(given)
    except (TypeError, ValueError):
        raise TypeError(f"parameters: must be a mapping, not {type(given).__name__}") from None
