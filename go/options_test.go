package cloudauth_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func TestEveryOptionIsTaken(t *testing.T) {
	var all []cloudauth.Option
	for name, option := range every {
		// A profile stands in the place of keys.
		if name != "WithProfile" {
			all = append(all, option)
		}
	}
	client, err := cloudauth.NewClient(all...)
	if err != nil {
		t.Fatal(err)
	}
	client.Close()
}

// Each option reaches the library: given wrongly, it is named.
func TestAnOptionIsRefused(t *testing.T) {
	endpoint := cloudauth.WithEndpoint("http://127.0.0.1:1")
	keys := func(context.Context) (cloudauth.Credentials, error) { return cloudauth.Credentials{}, nil }
	cases := []struct {
		options []cloudauth.Option
		message string
	}{
		{[]cloudauth.Option{cloudauth.WithRegion("mars")}, "WithRegion: must be one of"},
		{[]cloudauth.Option{cloudauth.WithRegion("ap\x00")}, "WithRegion: must not hold a NUL"},
		{[]cloudauth.Option{cloudauth.WithRegion("\xff")}, "WithRegion: must be UTF-8"},
		{[]cloudauth.Option{cloudauth.WithRegion("ap-southeast-1"), cloudauth.WithNetwork("moon")}, "WithNetwork: "},
		{[]cloudauth.Option{cloudauth.WithEndpoint("http://example.com")}, "WithEndpoint: plain http is for loopback"},
		{[]cloudauth.Option{endpoint, cloudauth.WithSignature("md5")}, "WithSignature: must be acs3 or rpc1"},
		{[]cloudauth.Option{endpoint, cloudauth.WithAccessKeySecret("")}, "WithAccessKeySecret: must not be empty"},
		{[]cloudauth.Option{endpoint, cloudauth.WithSecurityToken("a b")}, "WithSecurityToken: "},
		{[]cloudauth.Option{endpoint, cloudauth.WithProfile("p")}, "WithProfile: cannot be given together"},
		{[]cloudauth.Option{endpoint, cloudauth.WithMaxConnections(-1)}, "WithMaxConnections: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithMaxAttempts(-1)}, "WithMaxAttempts: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithRetryBase(-1)}, "WithRetryBase: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithThrottleBase(-1)}, "WithThrottleBase: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithRetryCap(-1)}, "WithRetryCap: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithQPS(-1)}, "WithQPS: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithMaxBodyBytes(-1)}, "WithMaxBodyBytes: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithMaxBodyBytesWithoutImages(-1)}, "WithMaxBodyBytesWithoutImages: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithMaxConcurrency(-1)}, "WithMaxConcurrency: must not be negative"},
		{[]cloudauth.Option{endpoint, cloudauth.WithCAFile("/nowhere")}, "WithCAFile: /nowhere cannot be read"},
		{[]cloudauth.Option{endpoint, cloudauth.WithProxy("://")}, "WithProxy: "},
		{[]cloudauth.Option{endpoint, cloudauth.WithUserAgent("a\nb")}, "WithUserAgent: must be printable"},
		{[]cloudauth.Option{endpoint, cloudauth.WithCredentials(nil)}, "WithCredentials: must not be nil"},
		{[]cloudauth.Option{endpoint, cloudauth.WithCredentials(keys)}, "cannot be given together"},
		{[]cloudauth.Option{endpoint, nil}, "options: number 4 must not be nil"},
		{nil, "WithRegion: no default exists"},
	}
	nothingLeft(t)
	for _, c := range cases {
		given := []cloudauth.Option{cloudauth.WithAccessKeyID("id"), cloudauth.WithAccessKeySecret("secret")}
		client, err := cloudauth.NewClient(append(given, c.options...)...)
		if !errors.Is(err, cloudauth.ErrInvalidArgument) || !strings.Contains(err.Error(), c.message) || client != nil {
			t.Errorf("%q: %v", c.message, err)
		}
	}
}

// Options that are zero leave the choice to the library, and durations do not vanish by rounding.
func TestOptionsDoWhatTheySay(t *testing.T) {
	silent := server(t, nil)
	zero := newClient(t, silent, cloudauth.WithRetryBase(0), cloudauth.WithMaxConcurrency(0), cloudauth.WithNetwork(""), cloudauth.WithLogger(nil))
	ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
	defer cancel()
	if _, err := zero.CheckResult(ctx, request("t")); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	begun := time.Now()
	brief := newClient(t, silent, cloudauth.WithTimeout(time.Nanosecond))
	if _, err := brief.CheckResult(background, request("t")); !errors.Is(err, cloudauth.ErrTimeout) || time.Since(begun) > time.Second {
		t.Error(err)
	}

	// Finding E7: a time that is over is over at once, and nothing is sent.
	var connections atomic.Int32
	counting := countingServer(t, &connections)
	for _, limit := range []time.Duration{0, -1, -time.Hour, -1 << 63} {
		for _, option := range []func(time.Duration) cloudauth.Option{cloudauth.WithTimeout, cloudauth.WithAttemptTimeout, cloudauth.WithConnectTimeout} {
			over := newClient(t, counting, option(limit))
			begun := time.Now()
			_, err := over.CheckResult(background, request("t"))
			var failed *cloudauth.Error
			if !errors.As(err, &failed) || failed.Kind != cloudauth.KindTimeout || failed.Attempts != 0 || !failed.Retryable || time.Since(begun) > time.Second {
				t.Errorf("%v: %v", limit, err)
			}
		}
	}
	newClient(t, counting, cloudauth.WithIdleTimeout(-1), cloudauth.WithIdleTimeout(0))
	if connections.Load() != 0 {
		t.Errorf("%d connections", connections.Load())
	}
	again := newClient(t, silent, cloudauth.WithTimeout(0), cloudauth.WithTimeout(20*time.Millisecond))
	begun = time.Now()
	if _, err := again.CheckResult(background, request("t")); !errors.Is(err, cloudauth.ErrTimeout) || time.Since(begun) < 15*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(begun))
	}

	emulator := cloudauthtest.NewEmulator(t, cloudauthtest.WithTLS(), cloudauthtest.WithSecurityToken("token"))
	client := emulator.NewClient(cloudauth.WithSignature("rpc1"), cloudauth.WithLogger(slog.Default()))
	if result, err := client.CheckResult(background, request("ekycpro200")); err != nil || !*result.Passed {
		t.Error(err)
	}
	calls := emulator.Calls()
	if len(calls) != 1 || !strings.Contains(calls[0].Signature, "HMAC-SHA1") {
		t.Errorf("%+v", calls)
	}
}

func TestTheEnvironmentCounts(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	for _, variable := range emulator.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	client, err := cloudauth.NewClient()
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
		t.Error(err)
	}
}

// The fields of a result, in order, are canonical JSON's keys; the documentation has the same.
func TestTheTypesAreTheDocumentedOnes(t *testing.T) {
	page, err := os.ReadFile(repository(t, "docs", "result.md"))
	if err != nil {
		t.Fatal(err)
	}
	for heading, of := range map[string]reflect.Type{
		"CheckResult": reflect.TypeFor[cloudauth.Result](), "Face": reflect.TypeFor[cloudauth.Face](),
		"Document": reflect.TypeFor[cloudauth.Document](), "Page": reflect.TypeFor[cloudauth.Page](),
	} {
		_, section, found := strings.Cut(string(page), "\n### "+heading+"\n")
		if !found {
			t.Errorf("docs/result.md has no section %s", heading)
			continue
		}
		section, _, _ = strings.Cut(section, "\n#")
		var documented, here []string
		for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\|").FindAllStringSubmatch(section, -1) {
			documented = append(documented, row[1])
		}
		for _, field := range reflect.VisibleFields(of) {
			if field.IsExported() {
				here = append(here, field.Tag.Get("json"))
			}
		}
		if !slices.Equal(documented, here) {
			t.Errorf("%s: documented %v, here %v", heading, documented, here)
		}
	}
}
