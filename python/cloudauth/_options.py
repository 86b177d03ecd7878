# Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.
"""The options of clients."""

from __future__ import annotations

import os
from typing import Any, Literal

from ._report import Listener
from ._types import CredentialsCallable, LimiterCallable

UNSTORED = frozenset(("access_key_id", "access_key_secret", "security_token"))
"""Those that are not kept with a client's configuration."""


class Options:
    """The options that both clients take."""

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
        timeout: float | None = None,
        attempt_timeout: float | None = None,
        connect_timeout: float | None = None,
        max_attempts: int | None = None,
        retry_base: float | None = None,
        throttle_base: float | None = None,
        retry_cap: float | None = None,
        qps: int | None = None,
        quota: str | None = None,
        idle_timeout: float | None = None,
        keep_warm: float | None = None,
        max_connections: int | None = None,
        max_body_bytes: int | None = None,
        max_body_bytes_without_images: int | None = None,
        max_concurrency: int | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        proxy: str | None = None,
        allow_insecure: bool = False,
        user_agent: str | None = None,
        keep_raw: bool = False,
        credentials: CredentialsCallable | None = None,
        limiter: LimiterCallable | None = None,
        on_event: Listener | None = None,
    ) -> None:
        """``None`` leaves the choice to the library, and so does 0 for sizes and counts; times are in seconds, sizes in bytes.

        :param region: region whose service is called: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong.
            There is no default: give a region or an endpoint. Environment: ``CLOUDAUTH_REGION``.
        :param network: which of the region's hosts is called; internal is reachable from a VPC of the same region only.
            An endpoint takes its place. Default: ``public``.
        :param endpoint: host or URL to call in place of the region's. Plain http is for loopback only, unless
            ``allow_insecure``. The variable counts where neither region nor endpoint is given in code; a loopback address
            also stands in for a region, with a warning in the log. Environment: ``CLOUDAUTH_ENDPOINT``.
        :param signature: how requests are signed: acs3 is ACS3-HMAC-SHA256, rpc1 the older RPC signature 1.0 with
            HMAC-SHA1. Default: ``acs3``.
        :param access_key_id: id of the AccessKey. Given together with ``access_key_secret``, or not at all. Environment:
            ``ALIBABA_CLOUD_ACCESS_KEY_ID``.
        :param access_key_secret: secret of the AccessKey. It signs, and is never sent. Environment:
            ``ALIBABA_CLOUD_ACCESS_KEY_SECRET``.
        :param security_token: security token of temporary credentials from STS. Environment:
            ``ALIBABA_CLOUD_SECURITY_TOKEN``.
        :param profile: profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from. Given in
            code, nothing else is looked at; from the environment, it only chooses among profiles. Environment:
            ``ALIBABA_CLOUD_PROFILE``.
        :param timeout: time for the whole call, from the first byte out to the decoded result. Default: 60. A call may
            have its own.
        :param attempt_timeout: time for one attempt, connecting included. Default: 15.
        :param connect_timeout: time to connect, TLS included. Default: 5.
        :param max_attempts: requests for one call at most, the first included; 1 means no retry. docs/retries.md says
            what is retried, and when. Default: 3.
        :param retry_base: longest pause before the first retry; it doubles with each. Default: 0.05.
        :param throttle_base: longest pause before the first retry where the service throttles; it doubles with each.
            Default: 1.
        :param retry_cap: longest pause before any retry, but for what the service asks for. Default: 20.
        :param qps: requests a second and operation at most. Absent: as many as the service admits; where it throttles,
            the client slows down and regrows by itself.
        :param quota: URL of a Redis on which all machines share one quota: redis://host:6379/0?account=NAME, or rediss://
            for TLS. ``qps`` is then the rate of all of them together; absent, it is the region's documented one.
            docs/scale.md says how it fails. Absent: each client counts for itself. Environment: ``CLOUDAUTH_QUOTA``.
        :param idle_timeout: how long an unused connection is kept, where the server does not close it sooner. Default:
            60.
        :param keep_warm: keeps two connections ready, so that a call after a pause need not connect: a connection that
            was idle for so long carries a keepalive request. The service advises 5 s; at least 100 ms, and shorter than
            ``idle_timeout``. It begins with the first call, ends after 120 such times without one (10 minutes at 5 s), and
            begins again with the next. Absent or 0: off.
        :param max_connections: connections at most, unused ones included. Further calls wait their turn, within their
            time; at least 1. Default: 64.
        :param max_body_bytes: largest reply accepted when images are asked for. Default: 64 MiB.
        :param max_body_bytes_without_images: largest reply accepted when no images are asked for, and of an operation
            called by its name. Raise it where such an operation returns images. Default: 1 MiB.
        :param max_concurrency: how many calls a stream of many calls keeps in flight; at least 1. Default: 16.
        :param ca_file: PEM file of certificates to trust beside the system's: authorities, or a server's own, which is
            trusted for the names in it. A regular file of at most 4 MiB.
        :param proxy: URL of a proxy (http, https, socks5 or socks5h), or none for a direct connection. Absent:
            HTTPS_PROXY, ALL_PROXY and NO_PROXY decide, as for curl; docs/proxies.md has the rules. Loopback never goes
            through a proxy.
        :param allow_insecure: accept plain http to hosts that are not loopback. For tests on a network of your own:
            signatures and faces then travel in the open.
        :param user_agent: appended to the User-Agent header, which has at most 512 characters.
        :param keep_raw: keep the reply's body with each result, byte for byte as it came, for an archive. A result then
            takes as much memory again as its reply.
        :param credentials: called for keys before every request, on a thread of its own, one call at a time; an ``async``
            one is awaited on that thread's own event loop. Gives a dict as :class:`cloudauth.Credentials`. Without it and without
            keys, they are looked for where the official SDKs do: in the environment, in files, and with the machine's own role.
        :param limiter: called before every request, retries included, with the operation's name: gives the seconds that the request
            is to wait yet, or ``None`` for none, in place of ``qps`` and ``quota``. It may block: it runs on the thread of a call that
            blocks, and for others on a thread of its own; an ``async`` one, for :class:`cloudauth.AsyncClient` alone, is awaited on the
            call's event loop. What it raises ends the call in a :class:`cloudauth.ThrottledError`, which it is the cause of.
        :param on_event: called with a :class:`cloudauth.Event` for each attempt and each call, on the thread whose call ends.
            It must not make calls of the same client. What it raises goes to ``sys.unraisablehook``.

        Raises :class:`cloudauth.InvalidArgumentError` and :class:`cloudauth.CredentialsError`; nothing is sent.
        """
        options = {
            "region": region,
            "network": network,
            "endpoint": endpoint,
            "signature": signature,
            "access_key_id": access_key_id,
            "access_key_secret": access_key_secret,
            "security_token": security_token,
            "profile": profile,
            "timeout": timeout,
            "attempt_timeout": attempt_timeout,
            "connect_timeout": connect_timeout,
            "max_attempts": max_attempts,
            "retry_base": retry_base,
            "throttle_base": throttle_base,
            "retry_cap": retry_cap,
            "qps": qps,
            "quota": quota,
            "idle_timeout": idle_timeout,
            "keep_warm": keep_warm,
            "max_connections": max_connections,
            "max_body_bytes": max_body_bytes,
            "max_body_bytes_without_images": max_body_bytes_without_images,
            "max_concurrency": max_concurrency,
            "ca_file": os.fspath(ca_file) if isinstance(ca_file, os.PathLike) else ca_file,
            "proxy": proxy,
            "allow_insecure": allow_insecure,
            "user_agent": user_agent,
            "keep_raw": keep_raw,
        }
        self._configure(options, {"credentials": credentials, "limiter": limiter, "on_event": on_event})

    def _configure(self, options: dict[str, Any], called: dict[str, Any]) -> None:
        raise NotImplementedError
