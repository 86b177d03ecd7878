package cloudauth_test

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
)

func TestAContextEndsACall(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, server(t, nil))
	because := errors.New("the customer left")
	for _, of := range []struct {
		cause    error
		make     func() (context.Context, context.CancelFunc)
		sentinel error
		standard error
	}{
		{nil, func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(background)
			time.AfterFunc(30*time.Millisecond, cancel)
			return ctx, cancel
		}, cloudauth.ErrCancelled, context.Canceled},
		{nil, func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(background, 30*time.Millisecond)
		}, cloudauth.ErrTimeout, context.DeadlineExceeded},
		{because, func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(background)
			time.AfterFunc(30*time.Millisecond, func() { cancel(because) })
			return ctx, func() { cancel(nil) }
		}, cloudauth.ErrCancelled, context.Canceled},
	} {
		ctx, cancel := of.make()
		begun := time.Now()
		_, err := client.CheckResult(ctx, request("t"))
		if took := time.Since(begun); took < 25*time.Millisecond || took > 80*time.Millisecond {
			t.Errorf("the call ended %v after the context's 30 ms", took-30*time.Millisecond)
		}
		if !errors.Is(err, of.sentinel) || !errors.Is(err, of.standard) || of.cause != nil && !errors.Is(err, of.cause) {
			t.Errorf("%v is not all of %v", err, of)
		}
		if _, err := client.Call(ctx, "Initialize", nil); !errors.Is(err, of.standard) {
			t.Error(err)
		}
		cancel()
	}
}

func TestAContextThatHasEndedSendsNothing(t *testing.T) {
	var connections atomic.Int32
	client := newClient(t, countingServer(t, &connections))
	ctx, cancel := context.WithCancel(background)
	cancel()
	_, err := client.CheckResult(ctx, request("t"))
	var failed *cloudauth.Error
	if !errors.As(err, &failed) || failed.Kind != cloudauth.KindCancelled || failed.Attempts != 0 || failed.Advice == "" {
		t.Errorf("%+v", err)
	}
	late, cancel := context.WithDeadline(background, time.Unix(0, 0))
	defer cancel()
	if _, err := client.Call(late, "Initialize", nil); !errors.Is(err, cloudauth.ErrTimeout) {
		t.Error(err)
	}
	time.Sleep(20 * time.Millisecond)
	if connections.Load() != 0 {
		t.Error("something was sent")
	}
}

// Five hundred calls in flight, and not a thread for each; then all are cancelled, and end at once.
func TestACallInFlightHoldsNoThread(t *testing.T) {
	const calls = 500
	nothingLeft(t)
	client := newClient(t, server(t, nil))
	warm, cancel := context.WithTimeout(background, 10*time.Millisecond)
	_, _ = client.CheckResult(warm, request("t"))
	cancel()

	before, handles := threads(t), cloudauth.LiveHandles()
	ctx, cancel := context.WithCancel(background)
	var waiting sync.WaitGroup
	for call := range calls {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			if _, err := client.CheckResult(ctx, request("t")); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}()
		// Go starts threads for calls that begin at once, the more the busier the machine is.
		soon(t, "the call is in flight", func() bool { return cloudauth.LiveHandles() > handles+call })
	}
	if now := threads(t); now > before+50 {
		t.Errorf("%d threads with %d calls in flight, %d before", now, calls, before)
	}
	begun := time.Now()
	cancel()
	waiting.Wait()
	if took := time.Since(begun); took > 500*time.Millisecond {
		t.Errorf("%d calls took %v to be cancelled", calls, took)
	}
}

func threads(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	count, err := strconv.Atoi(string(regexp.MustCompile(`Threads:\s+(\d+)`).FindSubmatch(status)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// Contexts that end at about the moment at which the call does: whichever is first, nothing is lost and nothing is freed
// that is in use.
func TestAContextThatEndsWithTheCall(t *testing.T) {
	nothingLeft(t)
	client := newClient(t, replying(t, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 18\r\n\r\n{\"Code\":\"Success\"}"))
	outcomes := map[bool]int{}
	for index := range 500 {
		ctx, cancel := context.WithTimeout(background, time.Duration(index%50)*40*time.Microsecond)
		result, err := client.CheckResult(ctx, request("t"))
		if (result == nil) == (err == nil) || err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("%v, %v", result, err)
		}
		outcomes[err == nil]++
		cancel()
	}
	t.Logf("%d calls were done first, %d contexts", outcomes[true], outcomes[false])
}
