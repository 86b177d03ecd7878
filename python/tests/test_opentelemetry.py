"""Spans, measurements and counters, as OpenTelemetry's SDK gets them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Sequence
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

import cloudauth
import cloudauth.otel
from cloudauth.testing import Emulator

THROTTLED: dict[str, Any] = {"transaction_id": "errorThrottlingApi", "merchant_biz_id": "demo"}
PASSED: dict[str, Any] = {"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}


class Traced:
    """Clients whose spans are kept."""

    def __init__(self, emulator: Emulator) -> None:
        self.exporter = InMemorySpanExporter()
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.tracer = provider.get_tracer("test")
        self.options: dict[str, Any] = {
            **emulator.client_args,
            "max_attempts": 2,
            "throttle_base": 0.001,
            "on_event": cloudauth.otel.listener(provider),
        }

    def spans(self) -> Sequence[ReadableSpan]:
        return self.exporter.get_finished_spans()


def identity(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.span_id)


def parent(span: ReadableSpan) -> int | None:
    return None if span.parent is None else span.parent.span_id


def test_calls_and_attempts_are_spans(emulator: Emulator) -> None:
    traced = Traced(emulator)
    before = time.time_ns()
    with cloudauth.Client(**traced.options) as client, traced.tracer.start_as_current_span("shop") as shop:
        client.check_result(**PASSED)
        with contextlib.suppress(cloudauth.ThrottledError):
            client.check_result(**THROTTLED)
    first, passed, once, twice, failed, _ = traced.spans()
    assert [span.name for span in (first, passed, once, twice, failed)] == ["POST", "CheckResult", "POST", "POST", "CheckResult"]
    assert {parent(passed), parent(failed)} == {shop.get_span_context().span_id}
    assert parent(first) == identity(passed) and {parent(once), parent(twice)} == {identity(failed)}
    host, port = emulator.endpoint.removeprefix("http://").split(":")
    server = {"server.address": host, "server.port": int(port)}
    error = {"error.type": "throttled", "http.response.status_code": 403, "cloudauth.code": "Throttling.Api"}
    assert passed.attributes == {
        **server, "http.response.status_code": 200, "cloudauth.action": "CheckResult", "cloudauth.attempts": 1
    }  # fmt: skip
    assert failed.attributes == {**server, **error, "cloudauth.action": "CheckResult", "cloudauth.attempts": 2}
    attempt = dict(twice.attributes or {})
    attempt.pop("cloudauth.permit_wait_ms", None)
    assert attempt == {**server, **error, "http.request.method": "POST", "http.request.resend_count": 1}
    assert passed.status.status_code is StatusCode.UNSET and failed.status.status_code is once.status.status_code is StatusCode.ERROR
    assert all(span.kind is SpanKind.CLIENT and span.instrumentation_scope for span in (first, passed))
    times = [time or 0 for span in (failed, once, twice) for time in (span.start_time, span.end_time)]
    begun, ended, *attempts = times
    # A float of so many seconds is good for a quarter of a microsecond.
    assert attempts == sorted(attempts) and begun - 1000 <= attempts[0] and attempts[-1] <= ended + 1000, times
    assert before - 1000 <= begun and ended <= time.time_ns() + 1000


def test_parents_are_those_of_the_calls(emulator: Emulator) -> None:
    """Whichever thread or task delivers the events."""
    traced = Traced(emulator)
    expected: dict[int, str] = {}

    def blocking(client: cloudauth.Client, name: str) -> None:
        for _ in range(20):
            with traced.tracer.start_as_current_span(name) as span:
                expected[span.get_span_context().span_id] = name
                client.check_result(**PASSED)

    with cloudauth.Client(**traced.options) as client:
        threads = [threading.Thread(target=blocking, args=(client, f"thread {number}")) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    async def awaited(client: cloudauth.AsyncClient, name: str) -> None:
        with traced.tracer.start_as_current_span(name) as span:
            expected[span.get_span_context().span_id] = name
            await client.check_result(**PASSED)

    async def calls() -> None:
        async with cloudauth.AsyncClient(**traced.options) as client:
            await asyncio.gather(*(awaited(client, f"task {number}") for number in range(20)))

    asyncio.run(calls())
    made = [span for span in traced.spans() if span.name == "CheckResult"]
    assert len(made) == 100 and sorted(str(parent(span)) for span in made) == sorted(map(str, expected))
    inside = {identity(span): (span.start_time or 0, span.end_time or 0) for span in made}
    for attempt in (span for span in traced.spans() if span.name == "POST"):
        begun, ended = inside.pop(parent(attempt) or 0)
        assert begun - 1000 <= (attempt.start_time or 0) and (attempt.end_time or 0) <= ended + 1000
    assert not inside


def test_many_calls_have_the_parent_of_all(emulator: Emulator) -> None:
    traced = Traced(emulator)
    with cloudauth.Client(**traced.options) as client, traced.tracer.start_as_current_span("batch") as batch:
        rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 5
        outcomes = client.check_many(rows)
        with traced.tracer.start_as_current_span("elsewhere"):
            assert len(list(outcomes)) == 5
    calls = [span for span in traced.spans() if span.name == "CheckResult"]
    assert [parent(span) for span in calls] == [batch.get_span_context().span_id] * 5


def test_measurements_and_counters(emulator: Emulator) -> None:
    reader = InMemoryMetricReader()
    provider = MeterProvider([reader])
    options: dict[str, Any] = {**emulator.client_args, "max_attempts": 2, "throttle_base": 0.001}
    with cloudauth.Client(**options, on_event=cloudauth.otel.listener(meter_provider=provider)) as client:
        cloudauth.otel.observe(client, provider, {"shop": "one"})
        with contextlib.suppress(cloudauth.ThrottledError):
            client.check_result(**THROTTLED)
        data = reader.get_metrics_data()
        figures = client.stats()
    assert data is not None
    metrics = {metric.name: metric for scope in data.resource_metrics[0].scope_metrics for metric in scope.metrics}
    host, port = emulator.endpoint.removeprefix("http://").split(":")
    server = {"server.address": host, "server.port": int(port)}
    failed = {**server, "error.type": "throttled", "http.response.status_code": 403}
    for name, count, own in (
        ("http.client.request.duration", 2, {"http.request.method": "POST"}),
        ("cloudauth.client.call.duration", 1, {"cloudauth.action": "CheckResult"}),
    ):
        (point,) = metrics.pop(name).data.data_points
        assert getattr(point, "count") == count and point.attributes == {**failed, **own}  # noqa: B009
    assert {name: [getattr(point, "value") for point in metric.data.data_points] for name, metric in metrics.items()} == {  # noqa: B009
        f"cloudauth.client.{name}": [value] for name, value in figures.items()
    }
    assert all(point.attributes == {**server, "shop": "one"} for metric in metrics.values() for point in metric.data.data_points)
    assert metrics["cloudauth.client.bytes_received"].unit == "By"
    client = cloudauth.Client(**options)
    cloudauth.otel.observe(client, provider)
    del client
    reader.get_metrics_data()
