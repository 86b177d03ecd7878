package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/examples/go/telemetry"
	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
	"go.opentelemetry.io/otel/codes"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

type listener = func(context.Context, cloudauth.Event)

// listen makes a client with a listener, and a function that waits until that many events have been heard.
func listen(t *testing.T, emulator *cloudauthtest.Emulator, heard listener) (*cloudauth.Client, func(int)) {
	done := make(chan struct{}, 1000)
	client := emulator.NewClient(cloudauth.WithMaxAttempts(2), cloudauth.WithThrottleBase(time.Millisecond),
		cloudauth.WithEvents(func(ctx context.Context, event cloudauth.Event) {
			heard(ctx, event)
			done <- struct{}{}
		}))
	return client, func(events int) {
		t.Helper()
		for range events {
			select {
			case <-done:
			case <-time.After(10 * time.Second):
				t.Fatal("events are missing")
			}
		}
	}
}

func request(transaction string) cloudauth.Request {
	return cloudauth.Request{MerchantBizID: "demo", TransactionID: transaction}
}

func attributes(span tracetest.SpanStub) map[string]any {
	all := map[string]any{}
	for _, one := range span.Attributes {
		all[string(one.Key)] = one.Value.AsInterface()
	}
	delete(all, "cloudauth.permit_wait_ms")
	delete(all, "cloudauth.pause_ms")
	return all
}

func TestSpans(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	exporter := tracetest.NewInMemoryExporter()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(exporter))
	client, wait := listen(t, emulator, telemetry.Spans(provider))

	begun := time.Now().Truncate(time.Millisecond)
	ctx, shop := provider.Tracer("shop").Start(context.Background(), "shop")
	if _, err := client.CheckResult(ctx, request("errorThrottlingApi")); err == nil {
		t.Error("not throttled")
	}
	shop.End()
	wait(3)
	spans := slices.DeleteFunc(exporter.GetSpans(), func(span tracetest.SpanStub) bool { return span.Name == "shop" })
	if len(spans) != 3 {
		t.Fatalf("%+v", spans)
	}
	first, second, call := spans[0], spans[1], spans[2]
	if call.Name != "CheckResult" || first.Name != "POST" || call.SpanKind != trace.SpanKindClient || call.Status.Code != codes.Error {
		t.Errorf("%+v", spans)
	}
	if call.Parent.SpanID() != shop.SpanContext().SpanID() || first.Parent.SpanID() != call.SpanContext.SpanID() ||
		second.Parent.SpanID() != call.SpanContext.SpanID() {
		t.Errorf("%+v", spans)
	}
	server, err := url.Parse(emulator.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	var port int64
	if err := json.Unmarshal([]byte(server.Port()), &port); err != nil {
		t.Fatal(err)
	}
	expected := map[string]any{
		"server.address": server.Hostname(), "server.port": port, "error.type": "throttled", "http.response.status_code": int64(403),
		"cloudauth.code": "Throttling.Api", "cloudauth.action": "CheckResult", "cloudauth.attempts": int64(2),
	}
	if !maps.Equal(attributes(call), expected) {
		t.Errorf("%v", attributes(call))
	}
	delete(expected, "cloudauth.action")
	delete(expected, "cloudauth.attempts")
	expected["http.request.method"], expected["http.request.resend_count"] = "POST", int64(1)
	if !maps.Equal(attributes(second), expected) {
		t.Errorf("%v", attributes(second))
	}
	if call.StartTime.Before(begun) || call.EndTime.After(time.Now()) || second.StartTime.Before(first.EndTime.Add(-time.Millisecond)) {
		t.Errorf("%v: %v to %v", begun, call.StartTime, call.EndTime)
	}
}

func TestParentsAreThoseOfTheCalls(t *testing.T) {
	exporter := tracetest.NewInMemoryExporter()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(exporter))
	client, wait := listen(t, cloudauthtest.NewEmulator(t), telemetry.Spans(provider))
	parents := make([]trace.SpanID, 20)
	var group sync.WaitGroup
	for number := range parents {
		group.Add(1)
		go func() {
			defer group.Done()
			ctx, shop := provider.Tracer("shop").Start(context.Background(), "shop")
			parents[number] = shop.SpanContext().SpanID()
			if _, err := client.CheckResult(ctx, request("ekycpro200")); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	ctx, shop := provider.Tracer("shop").Start(context.Background(), "batch")
	batch := []cloudauth.Request{request("ekycpro200"), request("ekycpro200")}
	for _, err := range client.CheckMany(ctx, func(yield func(cloudauth.Request) bool) { _ = yield(batch[0]) && yield(batch[1]) }) {
		if err != nil {
			t.Error(err)
		}
	}
	parents = append(parents, shop.SpanContext().SpanID(), shop.SpanContext().SpanID())
	wait(2 * len(parents))
	count := map[trace.SpanID]int{}
	for _, span := range exporter.GetSpans() {
		if span.Name == "CheckResult" {
			count[span.Parent.SpanID()]++
		}
	}
	for _, parent := range parents {
		count[parent]--
	}
	for parent, left := range count {
		if left != 0 {
			t.Errorf("%v: %d", parent, left)
		}
	}
}

func TestDurations(t *testing.T) {
	reader := sdkmetric.NewManualReader()
	heard, err := telemetry.Durations(sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)))
	if err != nil {
		t.Fatal(err)
	}
	client, wait := listen(t, cloudauthtest.NewEmulator(t), heard)
	for range 2 {
		_, _ = client.CheckResult(context.Background(), request("errorThrottlingApi"))
	}
	wait(6)
	var data metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &data); err != nil {
		t.Fatal(err)
	}
	points := data.ScopeMetrics[0].Metrics[0].Data.(metricdata.Histogram[float64]).DataPoints
	kind, _ := points[0].Attributes.Value("error.type")
	if len(points) != 1 || points[0].Count != 2 || points[0].Sum <= 0 || points[0].Sum > 60 || kind.AsString() != "throttled" {
		t.Errorf("%+v", points)
	}
}

func TestLog(t *testing.T) {
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, wait := listen(t, cloudauthtest.NewEmulator(t), telemetry.Log(logger))
	_, _ = client.CheckResult(context.Background(), request("ekycpro200"))
	_, _ = client.CheckResult(context.Background(), request("errorThrottlingApi"))
	wait(5)
	lines := strings.Split(out.String(), "\n")
	for index, parts := range [][]string{
		{"level=DEBUG", `msg="cloudauth attempt"`, "http.response.status_code=200"},
		{"level=DEBUG", `msg="cloudauth call"`, "cloudauth.action=CheckResult"},
		{"level=WARN", `msg="cloudauth attempt"`, "error.type=throttled"},
		{"level=WARN", `msg="cloudauth attempt"`, "http.request.resend_count=1"},
		{"level=WARN", `msg="cloudauth call"`, "cloudauth.attempts=2"},
	} {
		for _, part := range parts {
			if !strings.Contains(lines[index], part) {
				t.Errorf("%q lacks %s", lines[index], part)
			}
		}
	}
}
