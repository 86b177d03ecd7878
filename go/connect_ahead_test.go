//go:build linux && cgo

package cloudauth_test

import (
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("never:", what)
		}
	}
}

func TestACallUsesTheConnectionThatWasOpenedAhead(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	client.ConnectAhead()
	waitFor(t, "a connection", func() bool { return client.Stats().Connections == 1 })
	if _, err := client.CheckResult(background, cloudauth.Request{MerchantBizID: "b", TransactionID: "ekycpro200"}); err != nil {
		t.Fatal(err)
	}
	if made := client.Stats().Connections; made != 1 {
		t.Errorf("%d connections", made)
	}
	nobody := newClient(t, "http://127.0.0.1:1")
	nobody.ConnectAhead()
	waitFor(t, "a failure", func() bool { return nobody.Stats().BackgroundFailures == 1 })
	nobody.Close()
	nobody.ConnectAhead()
}

func TestConnectionsAreKeptWarm(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient(cloudauth.WithKeepWarm(100 * time.Millisecond))
	if _, err := client.CheckResult(background, cloudauth.Request{MerchantBizID: "b", TransactionID: "ekycpro200"}); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "keepalives", func() bool { return client.Stats().Keepalives >= 4 })
	if stats := client.Stats(); stats.Requests != 1 || stats.BackgroundFailures != 0 {
		t.Errorf("%+v", stats)
	}
}
