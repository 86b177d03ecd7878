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
	got := client.Stats()
	if got.BytesReceived == 0 {
		t.Error("no bytes were received")
	}
	got.BytesReceived = 0
	if want := (cloudauth.Stats{Calls: 2, Succeeded: 1, Failed: 1, Requests: 3, Retries: 1, Throttled: 2, Connections: 1}); got != want {
		t.Errorf("%+v, expected %+v", got, want)
	}
	_ = client.Close()
	if got := client.Stats(); got != (cloudauth.Stats{}) {
		t.Errorf("a closed client tells %+v", got)
	}
}
