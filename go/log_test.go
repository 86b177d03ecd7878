package cloudauth_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

type shared struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (s *shared) Write(text []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.buffer.Write(text)
}

func (s *shared) String() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.buffer.String()
}

// traced puts what the context holds into each record.
type traced struct{ slog.Handler }

type traceKey struct{}

func (h traced) Handle(ctx context.Context, record slog.Record) error {
	if id, ok := ctx.Value(traceKey{}).(string); ok {
		record.AddAttrs(slog.String("trace", id))
	}
	return h.Handler.Handle(ctx, record)
}

func logger(level slog.Level) (*slog.Logger, *shared) {
	out := &shared{}
	return slog.New(traced{slog.NewTextHandler(out, &slog.HandlerOptions{Level: level})}), out
}

func TestALoggerHearsOfCallsAndOfNobody(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	told, out := logger(slog.LevelDebug)
	client := emulator.NewClient(cloudauth.WithLogger(told))
	ctx := context.WithValue(background, traceKey{}, "trace-7")
	_, _ = client.CheckResult(ctx, cloudauth.Request{MerchantBizID: "canarybiz", TransactionID: "ekycpro200"})
	_, _ = client.CheckResult(ctx, cloudauth.Request{MerchantBizID: "canarybiz", TransactionID: "errorThrottlingApi"})
	_, _ = client.Call(ctx, "Initialize", map[string]string{"MerchantBizId": "canarybiz"})
	for range client.CheckMany(ctx, func(yield func(cloudauth.Request) bool) { yield(request("ekycpro200")) }) {
	}
	text := out.String()
	for _, expected := range []string{
		`level=DEBUG msg="cloudauth call succeeded" action=CheckResult duration=`,
		"kind=throttled attempts=3 code=Throttling.Api http_status=403 trace=trace-7",
		`msg="cloudauth call failed" action=Initialize`,
	} {
		if !strings.Contains(text, expected) {
			t.Errorf("%q is not in\n%s", expected, text)
		}
	}
	if lines := strings.Count(text, "\n"); lines != 4 {
		t.Errorf("%d lines\n%s", lines, text)
	}
	private(t, text)
	quiet, out := logger(slog.LevelInfo)
	_, _ = emulator.NewClient(cloudauth.WithLogger(quiet)).CheckResult(ctx, request("ekycpro200"))
	if out.String() != "" {
		t.Error(out.String())
	}
}

func TestALoggerHearsTheLibrary(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	told, out := logger(slog.LevelDebug)
	if err := cloudauth.SetLogger(told); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CLOUDAUTH_ENDPOINT", emulator.Endpoint)
	client, err := cloudauth.NewClient(cloudauth.WithRegion("ap-southeast-1"),
		cloudauth.WithAccessKeyID(emulator.AccessKeyID), cloudauth.WithAccessKeySecret(emulator.AccessKeySecret))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	_, _ = client.CheckResult(background, cloudauth.Request{MerchantBizID: "canarybiz", TransactionID: "ekycpro200"})
	_, _ = client.CheckResult(background, cloudauth.Request{MerchantBizID: "canarybiz", TransactionID: "errorThrottlingApi"})
	if err := cloudauth.SetLogger(nil); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, expected := range []string{"level=WARN msg=\"CLOUDAUTH_ENDPOINT overrides", "succeeded", "kind=\\\"throttled\\\""} {
		if !strings.Contains(text, expected) {
			t.Errorf("%q is not in\n%s", expected, text)
		}
	}
	private(t, text)
	_, _ = client.CheckResult(background, request("ekycpro200"))
	if out.String() != text {
		t.Error("it went on after its end")
	}
}

// Loggers may be exchanged while lines come; each gets its own and all of them.
func TestLoggersAreExchanged(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, "http://127.0.0.1:1")
	lines := 0
	for range 20 {
		told, out := logger(cloudauth.LevelTrace)
		if err := cloudauth.SetLogger(told); err != nil {
			t.Fatal(err)
		}
		_, _ = client.CheckResult(background, request("t"))
		if err := cloudauth.SetLogger(slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		said := out.String()
		_, _ = client.CheckResult(background, request("t"))
		if lines += strings.Count(said, "failed"); out.String() != said {
			t.Error("a former logger was told")
		}
	}
	if err := cloudauth.SetLogger(nil); err != nil || lines != 20 {
		t.Errorf("%d lines, %v", lines, err)
	}
}

// broken is a handler that fails in every way there is.
type broken struct{ slog.Handler }

func (broken) Enabled(context.Context, slog.Level) bool  { return true }
func (broken) Handle(context.Context, slog.Record) error { panic("on purpose") }

func TestALoggerThatPanicsEndsNothing(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	if err := cloudauth.SetLogger(slog.New(broken{})); err != nil {
		t.Fatal(err)
	}
	if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
		t.Error(err)
	}
	if err := cloudauth.SetLogger(nil); err != nil {
		t.Fatal(err)
	}
}

func private(t *testing.T, text string) {
	t.Helper()
	for _, canary := range []string{"canarybiz", "ekycpro200", "emulator-key", "SPECIMEN"} {
		if strings.Contains(text, canary) {
			t.Errorf("%s is in\n%s", canary, text)
		}
	}
}
