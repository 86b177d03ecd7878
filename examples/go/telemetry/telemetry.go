// Package telemetry brings a client's events to OpenTelemetry and to a log. Copy what you need.
package telemetry

import (
	"context"
	"log/slog"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
)

// Spans gives a listener for one client, which makes a span of each call and of each of its attempts. The parent of a call's is the
// span in its context.
func Spans(provider trace.TracerProvider) func(context.Context, cloudauth.Event) {
	tracer := provider.Tracer("cloudauth")
	// A client's events come one after the other, and a call's own behind those of its attempts.
	var attempts []cloudauth.Event
	return func(ctx context.Context, event cloudauth.Event) {
		if event.Attempt > 0 {
			attempts = append(attempts, event)
			return
		}
		ctx, call := span(ctx, tracer, event.Operation, event)
		for _, attempt := range attempts {
			_, inner := span(ctx, tracer, "POST", attempt)
			inner.End(trace.WithTimestamp(attempt.Ended))
		}
		attempts = nil
		call.End(trace.WithTimestamp(event.Ended))
	}
}

func span(ctx context.Context, tracer trace.Tracer, name string, event cloudauth.Event) (context.Context, trace.Span) {
	begun := event.Ended.Add(-event.Duration)
	ctx, made := tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(begun))
	for name, value := range event.Attributes() {
		switch value := value.(type) {
		case string:
			made.SetAttributes(attribute.String(name, value))
		case int:
			made.SetAttributes(attribute.Int(name, value))
		}
	}
	if event.Kind != 0 {
		made.SetStatus(codes.Error, "")
	}
	return ctx, made
}

// Durations gives a listener that measures how long calls take.
func Durations(provider metric.MeterProvider) (func(context.Context, cloudauth.Event), error) {
	calls, err := provider.Meter("cloudauth").Float64Histogram("cloudauth.client.call.duration", metric.WithUnit("s"))
	return func(ctx context.Context, event cloudauth.Event) {
		if event.Attempt == 0 {
			attributes := []attribute.KeyValue{attribute.String("cloudauth.action", event.Operation)}
			if event.Kind != 0 {
				attributes = append(attributes, attribute.String("error.type", event.Kind.String()))
			}
			calls.Record(ctx, event.Duration.Seconds(), metric.WithAttributes(attributes...))
		}
	}, err
}

// Log gives a listener that logs each call and each attempt, with the context of the call; failures are warnings.
func Log(logger *slog.Logger) func(context.Context, cloudauth.Event) {
	return func(ctx context.Context, event cloudauth.Event) {
		level, message := slog.LevelDebug, "cloudauth call"
		if event.Kind != 0 {
			level = slog.LevelWarn
		}
		if event.Attempt > 0 {
			message = "cloudauth attempt"
		}
		attributes := []slog.Attr{slog.Int64("ms", int64(event.Duration/time.Millisecond))}
		for name, value := range event.Attributes() {
			attributes = append(attributes, slog.Any(name, value))
		}
		logger.LogAttrs(ctx, level, message, attributes...)
	}
}
