package cloudauth_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

var sentinels = map[string]error{
	"invalid_argument": cloudauth.ErrInvalidArgument,
	"credentials":      cloudauth.ErrCredentials,
	"authentication":   cloudauth.ErrAuthentication,
	"access_denied":    cloudauth.ErrAccessDenied,
	"invalid_request":  cloudauth.ErrInvalidRequest,
	"not_completed":    cloudauth.ErrNotCompleted,
	"throttled":        cloudauth.ErrThrottled,
	"unavailable":      cloudauth.ErrUnavailable,
	"service":          cloudauth.ErrService,
	"network":          cloudauth.ErrNetwork,
	"tls":              cloudauth.ErrTLS,
	"timeout":          cloudauth.ErrTimeout,
	"cancelled":        cloudauth.ErrCancelled,
	"protocol":         cloudauth.ErrProtocol,
	"too_large":        cloudauth.ErrTooLarge,
	"blocked":          cloudauth.ErrBlocked,
	"io":               cloudauth.ErrIO,
	"internal":         cloudauth.ErrInternal,
	"forked":           cloudauth.ErrForked,
}

// The library's kinds are numbered without a gap; each has a sentinel, and no other matches it.
func TestEveryKindHasASentinel(t *testing.T) {
	kinds := 0
	for kind := cloudauth.Kind(1); kind.String() != "unknown"; kind++ {
		kinds++
		err := fmt.Errorf("wrapped: %w", &cloudauth.Error{Kind: kind, Message: "why"})
		for name, sentinel := range sentinels {
			if errors.Is(err, sentinel) != (name == kind.String()) {
				t.Errorf("an error of kind %v and the sentinel of %s", kind, name)
			}
		}
		if explanation, err := cloudauth.Explain(kind.String()); err != nil || explanation.Kind != kind {
			t.Errorf("%v: %+v, %v", kind, explanation, err)
		}
	}
	if kinds != len(sentinels) {
		t.Errorf("%d kinds, %d sentinels", kinds, len(sentinels))
	}
	if text, err := json.Marshal(cloudauth.KindThrottled); err != nil || string(text) != `"throttled"` {
		t.Errorf("%s, %v", text, err)
	}
}

// What a call can meet, each once; blocked, io, internal and forked have no way to come about here.
func TestEveryKindOfErrorOfACall(t *testing.T) {
	emulator := cloudauthtest.NewEmulator(t)
	secure := cloudauthtest.NewEmulator(t, cloudauthtest.WithTLS())
	refused := func(id string) func() error {
		client := emulator.NewClient()
		return func() error { return second(client.CheckResult(background, request(id))) }
	}
	reached := func(endpoint string, options ...cloudauth.Option) func() error {
		client := newClient(t, endpoint, options...)
		return func() error { return second(client.CheckResult(background, request("t"))) }
	}
	cases := map[string]func() error{
		"invalid_argument": refused("a b"),
		"credentials": func() error {
			return second(cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint)))
		},
		"authentication":  reached(emulator.Endpoint),
		"access_denied":   refused("errorForbiddenRAMUserAccessDenied"),
		"invalid_request": refused("nosuchtransaction"),
		"not_completed":   refused("pending3"),
		"throttled":       refused("errorThrottlingApi"),
		"unavailable":     refused("errorInternalError"),
		"service":         reached(replying(t, "HTTP/1.1 400 Bad Request\r\nContent-Length: 19\r\n\r\n{\"Code\":\"Unheard\"}\n")),
		"network":         reached("http://127.0.0.1:1"),
		"tls":             reached(secure.Endpoint),
		"timeout":         reached(server(t, nil), cloudauth.WithTimeout(50*time.Millisecond)),
		"protocol":        reached(replying(t, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")),
		"too_large":       reached(emulator.Endpoint, cloudauth.WithMaxBodyBytesWithoutImages(10)),
	}
	for name, fail := range cases {
		err := fail()
		var failed *cloudauth.Error
		if !errors.As(err, &failed) || failed.Kind.String() != name || !errors.Is(err, sentinels[name]) {
			t.Errorf("%s: %v", name, err)
		} else if failed.Message == "" || failed.Advice == "" {
			t.Errorf("%s: %+v", name, failed)
		}
	}
}

func second[T any](_ T, err error) error {
	return err
}

func TestAnErrorKnowsAll(t *testing.T) {
	client := cloudauthtest.NewEmulator(t).NewClient()
	_, err := client.CheckResult(background, request("errorThrottlingApi"))
	var failed *cloudauth.Error
	if !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if failed.Code != "Throttling.Api" || failed.HTTPStatus != 403 || !failed.Retryable || failed.Attempts < 1 || len(failed.RequestID) != 36 {
		t.Errorf("%+v", failed)
	}
	delayed := newClient(t, replying(t, "HTTP/1.1 403 Forbidden\r\nx-acs-retry-after: 1500\r\nContent-Length: 26\r\n\r\n{\"Code\":\"Throttling.User\"}"))
	if _, err = delayed.CheckResult(background, request("t")); !errors.As(err, &failed) || failed.RetryAfter != 1500*time.Millisecond {
		t.Errorf("%+v", err)
	}
}
