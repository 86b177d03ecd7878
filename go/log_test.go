package cloudauth_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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
	_, _ = client.Call(ctx, "Initialize", map[string]any{"MerchantBizId": "canarybiz"})
	_, _ = client.Initialize(ctx, cloudauth.InitializeRequest{ProductCode: "FACE_LIVENESS_PRO", MerchantBizID: "canarybiz", MetaInfo: "{}"})
	for range client.CheckMany(ctx, func(yield func(cloudauth.Request) bool) { yield(request("ekycpro200")) }) {
	}
	text := out.String()
	for _, expected := range []string{
		`level=DEBUG msg="cloudauth call succeeded" action=CheckResult duration=`,
		"kind=throttled attempts=3 code=Throttling.Api http_status=403 trace=trace-7",
		`msg="cloudauth call failed" action=Initialize duration=`,
		`msg="cloudauth call succeeded" action=InitializeV2 duration=`,
	} {
		if !strings.Contains(text, expected) {
			t.Errorf("%q is not in\n%s", expected, text)
		}
	}
	if lines := strings.Count(text, "\n"); lines != 5 {
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

// Finding E6: the lines that every language logs.
func TestTheLogHasTheLinesOfEveryLanguage(t *testing.T) {
	expected, err := os.ReadFile(repository(t, "tests", "log", "lines.txt"))
	if err != nil {
		t.Fatal(err)
	}
	emulator := cloudauthtest.NewEmulator(t)
	client := emulator.NewClient(cloudauth.WithMaxAttempts(2), cloudauth.WithThrottleBase(time.Millisecond))
	out := &shared{}
	if err := cloudauth.SetLogger(slog.New(numbered{bare{out}})); err != nil {
		t.Fatal(err)
	}
	for _, transaction := range []string{"ekycpro200", "errorThrottlingApi", "pending99"} {
		_, _ = client.CheckResult(background, request(transaction))
	}
	if err := cloudauth.SetLogger(nil); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(out.String(), emulator.Endpoint, "ENDPOINT")
	if text = regexp.MustCompile(`ms=\d+`).ReplaceAllString(text, "ms=_"); text != string(expected) {
		t.Errorf("%s\ninstead of\n%s", text, expected)
	}
}

// numbered writes lines of debug after their level's number.
type numbered struct{ bare }

func (numbered) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelDebug }
func (n numbered) Handle(ctx context.Context, record slog.Record) error {
	if record.Level == slog.LevelDebug {
		record.Message = "4 " + record.Message
	}
	return n.bare.Handle(ctx, record)
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

// reluctant is one that panics when it is asked what it takes.
type reluctant struct{ slog.Handler }

func (reluctant) Enabled(context.Context, slog.Level) bool { panic("on purpose") }

// quitting ends the goroutine that it runs on.
type quitting struct{ slog.Handler }

func (quitting) Enabled(context.Context, slog.Level) bool { return true }
func (quitting) Handle(context.Context, slog.Record) error {
	runtime.Goexit()
	return nil
}

// Finding I4.
func TestALoggerThatPanicsEndsNothing(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	client := emulator.NewClient()
	for _, handler := range []slog.Handler{broken{}, reluctant{}, quitting{}} {
		if err := cloudauth.SetLogger(slog.New(handler)); err != nil {
			t.Fatal(err)
		}
		if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
			t.Error(err)
		}
		if err := cloudauth.SetLogger(nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, handler := range []slog.Handler{broken{}, reluctant{}} {
		client := emulator.NewClient(cloudauth.WithLogger(slog.New(handler)))
		if result, err := client.CheckResult(background, request("ekycpro200")); err != nil || result == nil {
			t.Error(err)
		}
		if _, err := client.Call(background, "Initialize", nil); err == nil {
			t.Error("not refused")
		}
		for _, err := range client.CheckMany(background, slices.Values([]cloudauth.Request{request("ekycpro200")})) {
			if err != nil {
				t.Error(err)
			}
		}
	}
}

// replacing is a handler that sets another logger, at its first line.
type replacing struct {
	slog.Handler
	replace func() error
	lines   *atomic.Int32
}

func (replacing) Enabled(context.Context, slog.Level) bool { return true }
func (r replacing) Handle(context.Context, slog.Record) error {
	defer r.lines.Add(1)
	if r.lines.Load() == 0 {
		return r.replace()
	}
	return nil
}

// Finding I4: a logger may be set by a handler, while others set some too.
func TestALoggerIsSetByAHandler(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, "http://127.0.0.1:1", cloudauth.WithMaxAttempts(1))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for round := range 50 {
			var lines atomic.Int32
			next, out := logger(slog.LevelDebug)
			if round%2 == 1 {
				next = nil
			}
			if err := cloudauth.SetLogger(slog.New(replacing{nil, func() error { return cloudauth.SetLogger(next) }, &lines})); err != nil {
				t.Error(err)
			}
			for called := time.Now(); lines.Load() == 0 && time.Since(called) < 10*time.Second; {
				_, _ = client.CheckResult(background, request("t"))
			}
			for called := time.Now(); next != nil && out.String() == "" && time.Since(called) < 10*time.Second; {
				_, _ = client.CheckResult(background, request("t"))
			}
			if next != nil && out.String() == "" || lines.Load() == 0 {
				t.Errorf("round %d: %d lines before, %q after", round, lines.Load(), out.String())
			}
		}
		// All at once.
		var lines atomic.Int32
		var setters sync.WaitGroup
		for range 4 {
			setters.Add(1)
			go func() {
				defer setters.Done()
				for range 50 {
					_ = cloudauth.SetLogger(slog.New(replacing{nil, func() error { return cloudauth.SetLogger(nil) }, &lines}))
					_, _ = client.CheckResult(background, request("t"))
				}
			}()
		}
		setters.Wait()
		if err := cloudauth.SetLogger(nil); err != nil {
			t.Error(err)
		}
	}()
	select {
	case <-done:
	case <-time.After(60 * time.Second):
		t.Fatalf("it hangs\n%s", strings.Join(goroutines(), "\n\n"))
	}
}

// bare is a handler that escapes nothing.
type bare struct{ out *shared }

func (bare) Enabled(context.Context, slog.Level) bool { return true }
func (b bare) WithAttrs([]slog.Attr) slog.Handler     { return b }
func (b bare) WithGroup(string) slog.Handler          { return b }
func (b bare) Handle(_ context.Context, record slog.Record) error {
	text := record.Message
	record.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	_, err := b.out.Write([]byte(text + "\n"))
	return err
}

// Finding D2: neither the service nor a parameter writes a line of its own into a log.
func TestALineIsALine(t *testing.T) {
	const code = `{"Code":"Throttling.\nCRITICAL fake line Chan","RequestId":"R\nCRITICAL fake Chan","Message":"CRITICAL\nfake Chan"}`
	out := &shared{}
	told := slog.New(bare{out})
	client := newClient(t, replying(t, fmt.Sprintf("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(code), code)),
		cloudauth.WithLogger(told), cloudauth.WithMaxAttempts(1))
	if err := cloudauth.SetLogger(told); err != nil {
		t.Fatal(err)
	}
	_, first := client.CheckResult(background, request("t"))
	_, second := client.Call(background, "Init\nCRITICAL fake", nil)
	if err := cloudauth.SetLogger(nil); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "CRITICAL") || strings.Contains(line, "Chan") {
			t.Errorf("%q", line)
		}
	}
	var failed *cloudauth.Error
	if !errors.As(first, &failed) || failed.Kind != cloudauth.KindThrottled || !strings.Contains(out.String(), "kind=throttled") {
		t.Errorf("%v\n%s", first, out.String())
	}
	for _, err := range []error{first, second} {
		if text := err.Error(); strings.ContainsAny(text, "\n\r") || strings.Contains(text, "Chan") {
			t.Errorf("%q", text)
		}
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
