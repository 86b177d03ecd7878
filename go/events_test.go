package cloudauth_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// Finding E6: the events that every language reports.
func TestAListenerGetsTheEventsOfEveryLanguage(t *testing.T) {
	expected, err := os.ReadFile(repository(t, "tests", "log", "events.txt"))
	if err != nil {
		t.Fatal(err)
	}
	emulator := cloudauthtest.NewEmulator(t)
	events := make(chan cloudauth.Event, 100)
	client := emulator.NewClient(cloudauth.WithMaxAttempts(2), cloudauth.WithThrottleBase(time.Millisecond),
		cloudauth.WithEvents(func(_ context.Context, event cloudauth.Event) { events <- event }))
	for _, transaction := range []string{"ekycpro200", "errorThrottlingApi", "pending99"} {
		_, _ = client.CheckResult(background, cloudauth.Request{MerchantBizID: "canarybiz", TransactionID: transaction})
	}
	absent := func(value any) any {
		if value == 0 || value == "" || value == cloudauth.Kind(0) {
			return "-"
		}
		return value
	}
	var text strings.Builder
	for range strings.Count(string(expected), "\n") {
		select {
		case event := <-events:
			fmt.Fprintln(&text, event.Operation, absent(event.Attempt), event.Attempts, absent(event.Kind), absent(event.Code),
				absent(event.HTTPStatus))
			if event.Region != "" || event.BytesReceived == 0 || event.Duration > time.Minute {
				t.Errorf("%+v", event)
			}
			private(t, fmt.Sprintf("%+v", event))
		case <-time.After(10 * time.Second):
			t.Fatalf("no more than\n%s", text.String())
		}
	}
	if text.String() != string(expected) {
		t.Errorf("%s\ninstead of\n%s", text.String(), expected)
	}
}

// Finding I4: a listener may fail in every way there is.
func TestAListenerThatPanicsEndsNothing(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	called := make(chan bool, 100)
	for _, fail := range []func(){func() { panic("on purpose") }, runtime.Goexit} {
		client := emulator.NewClient(cloudauth.WithEvents(func(context.Context, cloudauth.Event) {
			called <- true
			fail()
		}))
		for _, err := range client.CheckMany(background, slices.Values([]cloudauth.Request{request("ekycpro200")})) {
			if err != nil {
				t.Error(err)
			}
		}
		for range 2 {
			select {
			case <-called:
			case <-time.After(10 * time.Second):
				t.Fatal("the listener is not called")
			}
		}
	}
	if _, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithEvents(nil)); err == nil {
		t.Error("not refused")
	}
}

// A listener gets a call's context with its events, and nothing of it stays behind.
func TestAListenerGetsTheContextOfItsCall(t *testing.T) {
	type key struct{}
	emulator := cloudauthtest.NewEmulator(t)
	names := make(chan string, 1000)
	client := emulator.NewClient(cloudauth.WithEvents(func(ctx context.Context, event cloudauth.Event) {
		names <- fmt.Sprintln(*ctx.Value(key{}).(*string), event.Attempt)
	}))
	var kept atomic.Int64
	within := func(name string, calls func(context.Context)) {
		kept.Add(1)
		held := &name
		runtime.AddCleanup(held, func(int) { kept.Add(-1) }, 0)
		calls(context.WithValue(background, key{}, held))
	}
	within("check", func(ctx context.Context) { _, _ = client.CheckResult(ctx, request("ekycpro200")) })
	within("wait", func(ctx context.Context) { _, _ = client.WaitForResult(ctx, request("ekycpro200")) })
	within("refused", func(ctx context.Context) { _, _ = client.CheckResult(ctx, cloudauth.Request{}) })
	within("call", func(ctx context.Context) {
		_, _ = client.Call(ctx, "CheckResult", map[string]any{"MerchantBizId": "demo", "TransactionId": "ekycpro200"})
	})
	within("many", func(ctx context.Context) {
		for range client.CheckMany(ctx, slices.Values([]cloudauth.Request{request("ekycpro200"), request("ekycpro200")})) {
		}
	})
	for range 100 {
		within("last", func(ctx context.Context) { _, _ = client.CheckResult(ctx, request("ekycpro200")) })
	}
	var heard strings.Builder
	for range 11 {
		select {
		case name := <-names:
			heard.WriteString(name)
		case <-time.After(10 * time.Second):
			t.Fatalf("no more than\n%s", heard.String())
		}
	}
	if expected := "check 1\ncheck 0\nwait 1\nwait 0\nrefused 0\ncall 1\ncall 0\nmany 1\nmany 0\nmany 1\nmany 0\n"; heard.String() != expected {
		t.Errorf("%s\ninstead of\n%s", heard.String(), expected)
	}
	// The last event's own is deleted with the next one.
	for begun := time.Now(); kept.Load() > 2; time.Sleep(time.Millisecond) {
		if runtime.GC(); time.Since(begun) > 10*time.Second {
			t.Fatalf("%d contexts are kept", kept.Load())
		}
	}
}
