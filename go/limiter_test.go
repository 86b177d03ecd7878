package cloudauth_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// limitCase is one of the list of limiters that all languages share.
type limitCase struct {
	Name, Transaction, Action, Fails string
	Answers                          []any
	Asked                            []string
	Requests                         int
	Waits, Caused                    bool
	AtLeast                          int  `json:"at_least_ms"`
	Timeout                          int  `json:"timeout_ms"`
	MaxAttempts                      *int `json:"max_attempts"`
}

var errSesame = errors.New("sesame")

// limits is a limiter that answers as a case says.
type limits struct {
	mutex   sync.Mutex
	answers []any
	asked   []string
}

func (l *limits) acquire(ctx context.Context, api string) error {
	l.mutex.Lock()
	answer := l.answers[min(len(l.asked), len(l.answers)-1)]
	l.asked = append(l.asked, api)
	l.mutex.Unlock()
	milliseconds, isWait := answer.(float64)
	if answer == "fails" {
		return errSesame
	}
	if blocks, ok := answer.(string); ok {
		// Whatever its context says.
		n, err := strconv.Atoi(strings.TrimPrefix(blocks, "blocks "))
		if err != nil {
			return err
		}
		time.Sleep(time.Duration(n) * time.Millisecond)
	}
	if isWait {
		select {
		case <-time.After(time.Duration(milliseconds) * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func limitCases(t *testing.T, key string, list any) {
	t.Helper()
	data, err := os.ReadFile(repository(t, "tests", "calls", "limiter.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[key], list); err != nil {
		t.Fatal(err)
	}
}

func TestListedLimiters(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	var list []limitCase
	limitCases(t, "limits", &list)
	for _, c := range list {
		for _, way := range []string{"one", "many"} {
			if way == "many" && (c.Waits || c.Action != "") {
				continue
			}
			t.Run(c.Name+" "+way, func(t *testing.T) { c.run(t, emulator, way) })
		}
	}
}

func (c *limitCase) run(t *testing.T, emulator *cloudauthtest.Emulator, way string) {
	own := &limits{answers: c.Answers, asked: []string{}}
	options := []cloudauth.Option{cloudauth.WithMaxAttempts(1), cloudauth.WithThrottleBase(time.Millisecond)}
	if c.MaxAttempts != nil {
		options[0] = cloudauth.WithMaxAttempts(*c.MaxAttempts)
	}
	if c.Answers != nil {
		options = append(options, cloudauth.WithLimiter(own.acquire))
	}
	if c.Timeout > 0 {
		options = append(options, cloudauth.WithTimeout(time.Duration(c.Timeout)*time.Millisecond))
	}
	client := emulator.NewClient(options...)
	begun := time.Now()
	var err error
	switch {
	case way == "many":
		for _, err = range client.CheckMany(background, slices.Values([]cloudauth.Request{request(c.Transaction)})) {
		}
	case c.Action != "":
		_, err = client.Call(background, c.Action, nil)
	case c.Waits:
		_, err = client.WaitForResult(background, request(c.Transaction), cloudauth.FirstPause(10*time.Millisecond))
	default:
		_, err = client.CheckResult(background, request(c.Transaction))
	}
	took := time.Since(begun)
	own.mutex.Lock()
	defer own.mutex.Unlock()
	if !slices.Equal(own.asked, c.Asked) {
		t.Errorf("asked for %v", own.asked)
	}
	if stats := client.Stats(); stats.Requests != uint64(c.Requests) {
		t.Errorf("%d requests", stats.Requests)
	}
	if took < time.Duration(c.AtLeast)*time.Millisecond {
		t.Errorf("it took %v", took)
	}
	var failed *cloudauth.Error
	if !errors.As(err, &failed) {
		if c.Fails != "" || err != nil {
			t.Errorf("it ended in %v", err)
		}
		return
	}
	if failed.Kind.String() != c.Fails || errors.Is(err, errSesame) != c.Caused {
		t.Errorf("it failed with %v, kind %v, cause %v", err, failed.Kind, errors.Is(err, errSesame))
	}
	if c.Caused && (failed.Retryable || strings.Contains(err.Error(), "sesame") || strings.Contains(fmt.Sprintf("%+v", err), "sesame")) {
		t.Errorf("retryable %v: %+v", failed.Retryable, err)
	}
}

func TestALimiterGoesBesideNoOtherPace(t *testing.T) {
	var list []struct {
		Options  map[string]any
		Messages map[string]string
	}
	limitCases(t, "refused", &list)
	options := map[string]cloudauth.Option{"qps": cloudauth.WithQPS(5), "quota": cloudauth.WithQuota("redis://127.0.0.1:1")}
	for _, c := range list {
		for name := range c.Options {
			_, err := cloudauth.NewClient(cloudauth.WithEndpoint("http://127.0.0.1:1"), cloudauth.WithAccessKeyID("id"),
				cloudauth.WithAccessKeySecret("secret"), cloudauth.WithLimiter(func(context.Context, string) error { return nil }), options[name])
			if err == nil || err.Error() != "cloudauth: "+c.Messages["go"] {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := cloudauth.NewClient(cloudauth.WithLimiter(nil)); !errors.Is(err, cloudauth.ErrInvalidArgument) {
		t.Error(err)
	}
}

// A thousand goroutines wait in their limiter, and neither another operation nor another client does.
func TestALimiterThatBlocksHoldsUpNothingElse(t *testing.T) {
	nothingLeft(t)
	const callers = 1000
	emulator := cloudauthtest.NewEmulator(t)
	gate := make(chan struct{})
	var inside atomic.Int64
	client := emulator.NewClient(cloudauth.WithMaxConnections(2*callers), cloudauth.WithLimiter(func(ctx context.Context, api string) error {
		if api == "CheckResult" {
			inside.Add(1)
			<-gate
		}
		return nil
	}))
	var calls sync.WaitGroup
	for range callers {
		calls.Add(1)
		go func() {
			defer calls.Done()
			if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
				t.Error(err)
			}
		}()
	}
	soon(t, "all are in the limiter", func() bool { return inside.Load() == callers })
	if _, err := client.Call(background, "KeepaliveIntl", nil); err != nil {
		t.Error(err)
	}
	if _, err := emulator.NewClient().CheckResult(background, request("ekycpro200")); err != nil {
		t.Error(err)
	}
	close(gate)
	calls.Wait()
}

type key struct{}

// The function's context has the values of the call's and ends with the call, which ends as its context does.
func TestALimiterHasItsCallsContext(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	inside, ended := make(chan struct{}, 1), make(chan error, 1)
	limit := func(ctx context.Context, api string) error {
		if ctx.Value(key{}) != "value" {
			t.Error("the values of the call's context are missing")
		}
		inside <- struct{}{}
		<-ctx.Done()
		ended <- ctx.Err()
		return fmt.Errorf("waiting: %w", ctx.Err())
	}
	ctx := context.WithValue(background, key{}, "value")
	client := emulator.NewClient(cloudauth.WithLimiter(limit))
	for range 50 {
		ctx, cancel := context.WithCancel(ctx)
		go func() { <-inside; cancel() }()
		if _, err := client.CheckResult(ctx, request("ekycpro200")); !errors.Is(err, cloudauth.ErrCancelled) || <-ended == nil {
			t.Fatal(err)
		}
	}
	late, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := client.CheckResult(late, request("ekycpro200"))
	if <-inside; !errors.Is(err, cloudauth.ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) || <-ended == nil {
		t.Fatal(err)
	}
	limited := emulator.NewClient(cloudauth.WithTimeout(time.Second), cloudauth.WithLimiter(limit))
	_, err = limited.CheckResult(ctx, request("ekycpro200"))
	if <-inside; !errors.Is(err, cloudauth.ErrTimeout) || <-ended == nil {
		t.Fatal(err)
	}
	if stats := client.Stats(); stats.Requests != 0 {
		t.Errorf("%d requests", stats.Requests)
	}
}

// A loop that is left ends the limiter's contexts as well, also of a client that is closed.
func TestLeavingALoopEndsItsLimiters(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	var inside, left atomic.Int64
	client := emulator.NewClient(cloudauth.WithLimiter(func(ctx context.Context, api string) error {
		if inside.Add(1) == 1 {
			return nil
		}
		defer left.Add(1)
		<-ctx.Done()
		return ctx.Err()
	}))
	requests := slices.Repeat([]cloudauth.Request{request("ekycpro200")}, 10)
	for _, err := range client.CheckMany(background, slices.Values(requests), cloudauth.Unordered()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	client.Close()
	soon(t, "no limiter waits", func() bool { return left.Load() == inside.Load()-1 })
}

func TestALimiterThatPanicsOrNeverReturns(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	for message, function := range map[string]func(){
		"the limiter panicked":       func() { panic("sesame") },
		"the limiter did not return": runtime.Goexit,
	} {
		client := emulator.NewClient(cloudauth.WithLimiter(func(context.Context, string) error { function(); return nil }))
		_, err := client.CheckResult(background, request("ekycpro200"))
		if !errors.Is(err, cloudauth.ErrThrottled) || err.Error() != "cloudauth: "+message {
			t.Error(err)
		}
	}
}

// Events are still given the call's own context.
func TestEventsBesideALimiter(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	type seen struct {
		value any
		wait  time.Duration
	}
	events := make(chan seen, 8)
	client := emulator.NewClient(cloudauth.WithLimiter(func(ctx context.Context, api string) error {
		time.Sleep(50 * time.Millisecond)
		return nil
	}), cloudauth.WithEvents(func(ctx context.Context, event cloudauth.Event) { events <- seen{ctx.Value(key{}), event.PermitWait} }))
	if _, err := client.CheckResult(context.WithValue(background, key{}, "value"), request("ekycpro200")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if event := <-events; event.value != "value" || event.wait < 50*time.Millisecond {
			t.Error(event)
		}
	}
}
