"""OpenTelemetry: calls and attempts as spans and measurements, and a client's counters. Needs ``opentelemetry-api``.

>>> import cloudauth.otel
>>> client = cloudauth.Client(on_event=cloudauth.otel.listener())
>>> cloudauth.otel.observe(client)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import cast
from urllib.parse import urlsplit
from weakref import ref

from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind, StatusCode

from . import _cloudauth
from ._config import Configured
from ._event import METRIC_ATTRIBUTES, Event, attributes
from ._report import Listener
from ._stats import COUNTERS

__all__ = ["attributes", "listener", "observe"]

_NAME, _VERSION = "cloudauth", _cloudauth.__version__


def listener(
    tracer_provider: trace.TracerProvider | None = None, meter_provider: metrics.MeterProvider | None = None
) -> Listener:
    """What a client takes as ``on_event``: a span and a measurement for each call and each attempt.

    Both spans are of kind client. That of a call is named after the operation, and its parent is the span that is current
    where the call is made; it is the parent of its attempts', which are named ``POST``. The measurements are the histograms
    ``cloudauth.client.call.duration`` and ``http.client.request.duration``, in seconds.

    :param tracer_provider: the global one, unless given.
    :param meter_provider: the global one, unless given.
    """
    tracer = trace.get_tracer(_NAME, _VERSION, tracer_provider)
    meter = metrics.get_meter(_NAME, _VERSION, meter_provider)
    calls = meter.create_histogram("cloudauth.client.call.duration", "s", "Duration of calls, retries included.")
    requests = meter.create_histogram("http.client.request.duration", "s", "Duration of HTTP client requests.")
    # A call's events come one right behind the other on one thread, its own last.
    thread = threading.local()

    def span(event: Event) -> trace.Span:
        name = event["operation"] if event["attempt"] is None else "POST"
        begun = _nanoseconds(event["ended"] - event["duration"])
        made = tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes(event), start_time=begun)
        if event["kind"] is not None:
            made.set_status(StatusCode.ERROR)
        return made

    def heard(event: Event) -> None:
        if event["attempt"] is not None:
            thread.attempts = [*getattr(thread, "attempts", ()), event]
            requests.record(event["duration"], _of_metrics(event))
            return
        attempts: list[Event] = getattr(thread, "attempts", [])
        thread.attempts = []
        call = span(event)
        calls.record(event["duration"], _of_metrics(event))
        with trace.use_span(call, end_on_exit=False):
            for attempt in attempts:
                span(attempt).end(_nanoseconds(attempt["ended"]))
        call.end(_nanoseconds(event["ended"]))

    return heard


def observe(
    client: Configured, meter_provider: metrics.MeterProvider | None = None, attributes: Mapping[str, str] | None = None
) -> None:
    """Has a meter read :meth:`Client.stats` as ``cloudauth.client.calls`` and so on, for as long as the client lives.

    :param meter_provider: the global one, unless given.
    :param attributes: of each counter, beside the server's address and port; they must distinguish clients of the same server.
    """
    meter = metrics.get_meter(_NAME, _VERSION, meter_provider)
    server = urlsplit(client.endpoint)
    port = server.port or (443 if server.scheme == "https" else 80)
    everything: dict[str, str | int] = {"server.address": server.hostname or "", "server.port": port, **(attributes or {})}
    living = ref(client)

    def reading(name: str) -> Callable[[metrics.CallbackOptions], Iterable[metrics.Observation]]:
        def read(options: metrics.CallbackOptions) -> Iterable[metrics.Observation]:
            client = living()
            if client is None:
                return []
            figures = cast("Mapping[str, int]", client.stats())
            return [metrics.Observation(figures[name], everything)]

        return read

    for name, (unit, meaning) in COUNTERS.items():
        meter.create_observable_counter(f"cloudauth.client.{name}", [reading(name)], unit, meaning)


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1e9)


def _of_metrics(event: Event) -> dict[str, str | int]:
    return {name: value for name, value in attributes(event).items() if name in METRIC_ATTRIBUTES}
