package example;

import io.github.libcloudauth.CallEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A span of each call, below the span in which it is made, and below it one of each attempt; and how long calls take.
 * {@code builder.onEvent(Context::current, new OpenTelemetryEvents(openTelemetry))}
 */
public final class OpenTelemetryEvents implements BiConsumer<Context, CallEvent> {
    private final Tracer tracer;
    private final DoubleHistogram durations;
    /** A call's events come right behind one another on one thread, the call's own last. */
    private final ThreadLocal<List<CallEvent>> attempts = ThreadLocal.withInitial(ArrayList::new);

    public OpenTelemetryEvents(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer("cloudauth");
        durations = openTelemetry.getMeter("cloudauth").histogramBuilder("cloudauth.client.call.duration").setUnit("s").build();
    }

    @Override
    public void accept(Context parent, CallEvent event) {
        if (event.attempt().isPresent()) {
            attempts.get().add(event);
            return;
        }
        Span call = span(parent, event.operation(), event);
        attempts.get().forEach(attempt -> span(parent.with(call), "POST", attempt).end(attempt.ended()));
        attempts.remove();
        call.end(event.ended());
        AttributesBuilder attributes = Attributes.builder().put("cloudauth.action", event.operation());
        event.kind().ifPresent(kind -> attributes.put("error.type", kind.toString()));
        durations.record(event.duration().toNanos() / 1e9, attributes.build(), parent);
    }

    private Span span(Context parent, String name, CallEvent event) {
        SpanBuilder span = tracer.spanBuilder(name).setParent(parent).setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(event.ended().minus(event.duration()));
        event.attributes().forEach((key, value) -> {
            if (value instanceof Long) {
                span.setAttribute(key, (Long) value);
            } else {
                span.setAttribute(key, (String) value);
            }
        });
        Span begun = span.startSpan();
        return event.kind().isPresent() ? begun.setStatus(StatusCode.ERROR) : begun;
    }
}
