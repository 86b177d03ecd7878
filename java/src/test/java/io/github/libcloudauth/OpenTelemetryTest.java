package io.github.libcloudauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.OpenTelemetryEvents;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The adapter that the guide shows. */
@SuppressWarnings("try")
class OpenTelemetryTest {
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build()).build();
    private final Tracer shop = sdk.getTracer("shop");

    private CloudAuthClient client() {
        return Shared.emulator().clientBuilder().maxAttempts(2).throttleBase(Duration.ofMillis(1))
            .onEvent(Context::current, new OpenTelemetryEvents(sdk)).build();
    }

    private List<SpanData> named(String name) {
        return exporter.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).collect(Collectors.toList());
    }

    private static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> all = new HashMap<>();
        span.getAttributes().forEach((key, value) -> all.put(key.getKey(), value));
        all.remove("cloudauth.permit_wait_ms");
        all.remove("cloudauth.pause_ms");
        return all;
    }

    @Test
    void callsAndAttemptsAreSpans() {
        Span outer = shop.spanBuilder("shop").startSpan();
        Instant begun = Instant.now().minusMillis(1);
        try (CloudAuthClient client = client(); Scope scope = outer.makeCurrent()) {
            assertThrows(CloudAuthException.class, () -> client.checkResult(Shared.request("errorThrottlingApi")));
        }
        SpanData call = named("CheckResult").get(0);
        List<SpanData> attempts = named("POST");
        assertEquals(2, attempts.size());
        assertEquals(outer.getSpanContext().getSpanId(), call.getParentSpanId());
        attempts.forEach(attempt -> assertEquals(call.getSpanId(), attempt.getParentSpanId()));
        assertEquals(SpanKind.CLIENT, call.getKind());
        assertEquals(StatusCode.ERROR, call.getStatus().getStatusCode());
        URI endpoint = URI.create(Shared.emulator().endpoint());
        Map<String, Object> expected = new HashMap<>(Map.of("server.address", endpoint.getHost(), "server.port", (long) endpoint.getPort(),
            "error.type", "throttled", "http.response.status_code", 403L, "cloudauth.code", "Throttling.Api",
            "cloudauth.action", "CheckResult", "cloudauth.attempts", 2L));
        assertEquals(expected, attributes(call));
        expected.remove("cloudauth.action");
        expected.remove("cloudauth.attempts");
        expected.put("http.request.method", "POST");
        expected.put("http.request.resend_count", 1L);
        assertEquals(expected, attributes(attempts.get(1)));
        assertTrue(call.getStartEpochNanos() >= begun.getEpochSecond() * 1_000_000_000 + begun.getNano(), call.toString());
        assertTrue(call.getEndEpochNanos() <= System.currentTimeMillis() * 1_000_000, call.toString());
        assertTrue(attempts.get(1).getStartEpochNanos() >= attempts.get(0).getEndEpochNanos() - 1_000_000, attempts.toString());
        HistogramPointData durations = reader.collectAllMetrics().iterator().next().getHistogramData().getPoints().iterator().next();
        assertEquals("throttled", durations.getAttributes().get(AttributeKey.stringKey("error.type")));
        assertTrue(durations.getCount() == 1 && durations.getSum() >= 0 && durations.getSum() < 60, durations.toString());
    }

    /** Whichever thread delivers the events. */
    @Test
    void parentsAreThoseOfTheCalls() throws Exception {
        List<String> parents = Collections.synchronizedList(new ArrayList<>());
        try (CloudAuthClient client = client()) {
            List<Thread> threads = IntStream.range(0, 4).mapToObj(number -> new Thread(() -> {
                for (int turn = 0; turn < 20; turn++) {
                    within(parents, () -> client.checkResult(Shared.request("ekycpro200")));
                }
            })).collect(Collectors.toList());
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            List<CompletableFuture<?>> futures = new ArrayList<>();
            for (int turn = 0; turn < 20; turn++) {
                within(parents, () -> futures.add(client.checkResultAsync(Shared.request("ekycpro200"))));
            }
            futures.forEach(CompletableFuture::join);
            within(parents, () -> {
                List<CheckRequest> rows = Collections.nCopies(2, Shared.request("ekycpro200"));
                assertEquals(2, client.checkMany(rows, ManyOptions.defaults()).count());
            });
            parents.add(parents.get(parents.size() - 1));
        }
        List<String> found = named("CheckResult").stream().map(SpanData::getParentSpanId).sorted().collect(Collectors.toList());
        assertEquals(parents.stream().sorted().collect(Collectors.toList()), found);
    }

    private void within(List<String> parents, Runnable call) {
        Span span = shop.spanBuilder("shop").startSpan();
        parents.add(span.getSpanContext().getSpanId());
        try (Scope scope = span.makeCurrent()) {
            call.run();
        }
    }

    @Test
    void aCancelledFutureKeepsItsContext() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (SilentServer silent = new SilentServer(); CloudAuthClient client = Shared.at(silent.endpoint())
            .onEvent(() -> "captured", (captured, event) -> heard.add(captured + " " + event.kind().orElseThrow())).build()) {
            CompletableFuture<CheckResult> future = client.checkResultAsync(Shared.request("t"));
            assertTrue(future.cancel(true));
            assertThrows(CancellationException.class, future::join);
            for (int turn = 0; turn < 500 && heard.isEmpty(); turn++) {
                Thread.sleep(10);
            }
        }
        assertEquals(List.of("captured cancelled"), heard);
    }

    @Test
    void whatCapturingThrowsFailsTheCall() {
        try (CloudAuthClient client = Shared.emulator().clientBuilder().onEvent(() -> {
            throw new IllegalStateException("on purpose");
        }, (captured, event) -> { }).build()) {
            assertThrows(IllegalStateException.class, () -> client.checkResult(Shared.request("ekycpro200")));
            assertTrue(client.checkResultAsync(Shared.request("ekycpro200")).isCompletedExceptionally());
            assertFalse(client.stats().calls() > 0);
        }
    }
}
