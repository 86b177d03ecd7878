package cloudauth_test

import (
	"testing"
	"time"

	cloudauth "github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func TestWhatAClientHasDoneIsCounted(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient(cloudauth.WithMaxAttempts(2), cloudauth.WithThrottleBase(10*time.Millisecond))
	if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
		t.Fatal(err)
	}
	if _, err := client.CheckResult(background, request("errorThrottlingApi")); err == nil {
		t.Fatal("not throttled")
	}
	before := client.Stats()
	if before.BytesReceived == 0 {
		t.Error("no bytes were received")
	}
	got := before
	got.BytesReceived = 0
	if want := (cloudauth.Stats{Calls: 2, Succeeded: 1, Failed: 1, Requests: 3, Retries: 1, Throttled: 2, Connections: 1}); got != want {
		t.Errorf("%+v, expected %+v", got, want)
	}
	// Finding E8: a client that was closed knew nothing of what it had done.
	_ = client.Close()
	if got := client.Stats(); got != before {
		t.Errorf("a closed client tells %+v, expected %+v", got, before)
	}
}

// Finding E8: what was in flight when its client was closed counts, too.
func TestACallThatOutlivesItsClientIsCounted(t *testing.T) {
	client := newClient(t, server(t, nil), cloudauth.WithMaxAttempts(1), cloudauth.WithTimeout(300*time.Millisecond))
	ended := make(chan error)
	go func() {
		_, err := client.CheckResult(background, request("t"))
		ended <- err
	}()
	for client.Stats().Requests == 0 {
		time.Sleep(time.Millisecond)
	}
	_ = client.Close()
	if got := client.Stats(); got.Calls != 1 || got.Failed != 0 {
		t.Errorf("%+v, with a call in flight", got)
	}
	if err := <-ended; err == nil {
		t.Error("the call succeeded")
	}
	if got := client.Stats(); got.Calls != 1 || got.Failed != 1 {
		t.Errorf("%+v, once the call has ended", got)
	}
}
