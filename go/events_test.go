package cloudauth_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
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
		cloudauth.WithEvents(func(event cloudauth.Event) { events <- event }))
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
		client := emulator.NewClient(cloudauth.WithEvents(func(cloudauth.Event) {
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
