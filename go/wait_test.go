package cloudauth_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

// hasty are short pauses.
var hasty = []cloudauth.WaitOption{cloudauth.FirstPause(10 * time.Millisecond), cloudauth.LongestPause(20 * time.Millisecond)}

// begin starts a verification, which nobody has finished.
func begin(t *testing.T, client *cloudauth.Client) cloudauth.Request {
	t.Helper()
	reply, err := client.Call(background, "Initialize", map[string]any{
		"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": "{}", "MerchantUserId": "u",
	})
	if err != nil {
		t.Fatal(err)
	}
	return request(reply["Result"].(map[string]any)["TransactionId"].(string))
}

func TestAPersonIsWaitedFor(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	client := emulator.NewClient()
	person := begin(t, client)
	if _, err := client.CheckResult(background, person); !errors.Is(err, cloudauth.ErrNotCompleted) {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, func() { emulator.Finish(person.TransactionID, "212") })
	before := client.Stats().Requests
	person.ReturnImage = true
	result, err := client.WaitForResult(background, person, hasty...)
	if err != nil || *result.SubCode != "212" || len(result.Face.Image.Bytes) == 0 {
		t.Fatal(result, err)
	}
	if asked := client.Stats().Requests - before; asked < 3 {
		t.Errorf("%d requests", asked)
	}
	// What is finished is there at once, whatever the pauses.
	if result, err := client.WaitForResult(background, person); err != nil || *result.SubCode != "212" {
		t.Error(result, err)
	}
}

func TestAVerificationThatEndsByItself(t *testing.T) {
	client := cloudauthtest.NewEmulator(t, cloudauthtest.WithFinishAfter(300*time.Millisecond)).NewClient()
	if result, err := client.WaitForResult(background, begin(t, client), hasty...); err != nil || !*result.Passed {
		t.Error(result, err)
	}
}

func TestTheTimeOfAWaitIsOver(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	// The first pause would be two seconds, and is cut to the time there is.
	begun := time.Now()
	_, err := client.WaitForResult(background, request("pending1000"), cloudauth.WaitTimeout(500*time.Millisecond), nil)
	if took := time.Since(begun); !errors.Is(err, cloudauth.ErrNotCompleted) || took < 500*time.Millisecond || took > 1900*time.Millisecond {
		t.Errorf("after %v: %v", took, err)
	}
	if asked := client.Stats().Requests; asked != 2 {
		t.Errorf("%d requests", asked)
	}
	// Another failure is no reason to wait.
	if _, err := client.WaitForResult(background, request("errorTransactionIdInvalid"), hasty...); !errors.Is(err, cloudauth.ErrInvalidRequest) {
		t.Error(err)
	}
	if asked := client.Stats().Requests; asked != 3 {
		t.Errorf("%d requests", asked)
	}
	// Longer than there is time.
	unlimited := append(hasty, cloudauth.WaitTimeout(1<<63-1))
	if result, err := client.WaitForResult(background, request("pending5"), unlimited...); err != nil || !*result.Passed {
		t.Error(result, err)
	}
}

// Finding E7: no time to wait is no wait.
func TestAWaitWithoutTimeAsksOnce(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	for _, limit := range []time.Duration{0, -1, -1 << 63} {
		before, begun := client.Stats().Requests, time.Now()
		_, err := client.WaitForResult(background, request("pending1000"), cloudauth.WaitTimeout(time.Hour), cloudauth.WaitTimeout(limit))
		if asked := client.Stats().Requests - before; !errors.Is(err, cloudauth.ErrNotCompleted) || asked != 1 || time.Since(begun) > 2*time.Second {
			t.Errorf("%v: %v after %v and %d requests", limit, err, time.Since(begun), asked)
		}
	}
}

func TestAContextEndsAWait(t *testing.T) {
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	because := errors.New("the customer left")
	for _, of := range []struct {
		make     func() (context.Context, context.CancelFunc)
		sentinel error
		standard error
	}{
		{func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(background)
			time.AfterFunc(100*time.Millisecond, func() { cancel(because) })
			return ctx, func() { cancel(nil) }
		}, cloudauth.ErrCancelled, because},
		{func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(background, 100*time.Millisecond)
		}, cloudauth.ErrTimeout, context.DeadlineExceeded},
	} {
		// In a pause of two seconds, and among many calls and pauses.
		for _, options := range [][]cloudauth.WaitOption{nil, {cloudauth.FirstPause(time.Nanosecond), cloudauth.LongestPause(time.Nanosecond)}} {
			best := time.Hour // of three: the machine may be busy
			for range 3 {
				ctx, cancel := of.make()
				begun := time.Now()
				_, err := client.WaitForResult(ctx, request(fmt.Sprintf("pending1000-no%d", begun.UnixNano())), options...)
				took := time.Since(begun)
				if best = min(best, took); took < 95*time.Millisecond {
					t.Errorf("the wait ended after %v", took)
				}
				if !errors.Is(err, of.sentinel) || !errors.Is(err, of.standard) {
					t.Errorf("%v is not both of %v and %v", err, of.sentinel, of.standard)
				}
				cancel()
			}
			if best > 150*time.Millisecond {
				t.Errorf("the wait ended %v after the context's 100 ms", best-100*time.Millisecond)
			}
		}
	}
}

// Three hundred people are waited for, and not a thread for each.
func TestAWaitHoldsNoThread(t *testing.T) {
	const people = 300
	nothingLeft(t)
	client := cloudauthtest.NewEmulator(t).NewClient()
	_, _ = client.CheckResult(background, request("pending1000"))
	before := threads(t)
	ctx, cancel := context.WithCancel(background)
	var waiting sync.WaitGroup
	for number := range people {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			_, err := client.WaitForResult(ctx, request(fmt.Sprintf("pending1000-no%d", number)), cloudauth.FirstPause(time.Minute))
			if !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		}()
	}
	soon(t, "each was asked for once", func() bool { return client.Stats().Failed > people })
	if now := threads(t); now > before+people/2 {
		t.Errorf("%d threads with %d people waited for, %d before", now, people, before)
	}
	begun := time.Now()
	cancel()
	waiting.Wait()
	if took := time.Since(begun); took > 500*time.Millisecond {
		t.Errorf("%d waits took %v to be cancelled", people, took)
	}
}
