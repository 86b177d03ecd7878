package cloudauth_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
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
	// Finding G9: who sees the error alone can quote the request to the service's support.
	if !strings.Contains(err.Error(), failed.RequestID) || !strings.Contains(err.Error(), failed.Code) {
		t.Error(err)
	}
	delayed := newClient(t, replying(t, "HTTP/1.1 403 Forbidden\r\nx-acs-retry-after: 1500\r\nContent-Length: 26\r\n\r\n{\"Code\":\"Throttling.User\"}"))
	if _, err = delayed.CheckResult(background, request("t")); !errors.As(err, &failed) || failed.RetryAfter != 1500*time.Millisecond {
		t.Errorf("%+v", err)
	}
}

// Finding A5: numbers from outside saturate.
func TestALongTimeIsTheLongestThereIs(t *testing.T) {
	for milliseconds, expected := range map[uint64]time.Duration{
		0: 0, 1500: 1500 * time.Millisecond, 9_223_372_036_854: 9_223_372_036_854 * time.Millisecond,
		9_223_372_036_855: 9_223_372_036_854 * time.Millisecond, math.MaxInt64: 9_223_372_036_854 * time.Millisecond, math.MaxUint64: 9_223_372_036_854 * time.Millisecond,
	} {
		if got := cloudauth.Saturated(milliseconds); got != expected {
			t.Errorf("%d ms: %v", milliseconds, got)
		}
	}
	client := newClient(t, replying(t, "HTTP/1.1 403 Forbidden\r\nx-acs-retry-after: 18446744073709551615\r\nContent-Length: 26\r\n\r\n{\"Code\":\"Throttling.User\"}"))
	_, err := client.CheckResult(background, request("t"))
	var failed *cloudauth.Error
	if !errors.As(err, &failed) || failed.Kind != cloudauth.KindThrottled || failed.RetryAfter <= 0 || failed.RetryAfter > 24*time.Hour {
		t.Errorf("%v, after %v", err, failed.RetryAfter)
	}
}

// Finding I3: what is marshalled can be read again, and is the same.
func TestJSONIsSymmetric(t *testing.T) {
	accepted, err := cloudauth.Decode([]byte(`{"Code":"Success","Result":{"Passed":"Y","SubCode":"200"}}`))
	if err != nil {
		t.Fatal(err)
	}
	decision, err := accepted.Decision()
	if err != nil {
		t.Fatal(err)
	}
	values := []any{
		decision, cloudauth.Decision{}, cloudauth.Explanation{}, cloudauth.Error{},
		cloudauth.Error{Kind: 77, Message: "of a later version"}, cloudauth.Decision{Action: 99}, cloudauth.Explanation{Subject: 42},
		cloudauth.Error{Kind: cloudauth.KindThrottled, Code: "Throttling.Api", HTTPStatus: 403, RequestID: "R", Retryable: true, RetryAfter: 1500 * time.Millisecond, Attempts: 3, Message: "m", Advice: "a"},
	}
	for _, code := range []string{"200", "212", "Throttling.Api", "InvalidParameter", "not_completed", "internal"} {
		explanation, err := cloudauth.Explain(code)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, *explanation)
	}
	for kind := cloudauth.Kind(1); kind <= cloudauth.KindForked; kind++ {
		values = append(values, cloudauth.Error{Kind: kind})
	}
	for action := cloudauth.ActionAccept; action <= cloudauth.ActionReject; action++ {
		values = append(values, cloudauth.Decision{Action: action, Reasons: []string{}})
	}
	for _, value := range values {
		text, err := json.Marshal(value)
		if err != nil {
			t.Errorf("%T: %v", value, err)
			continue
		}
		again := reflect.New(reflect.TypeOf(value))
		if err := json.Unmarshal(text, again.Interface()); err != nil || !reflect.DeepEqual(again.Elem().Interface(), value) {
			t.Errorf("%s\n  %+v\n  %+v, %v", text, value, again.Elem(), err)
		}
	}
	var kind cloudauth.Kind
	var action cloudauth.Action
	var subject cloudauth.Subject
	for _, into := range []any{&kind, &action, &subject} {
		for _, text := range []string{`"Throttled"`, `"unknown"`, `"-1"`, `"4294967296"`, `" "`, `7`} {
			if err := json.Unmarshal([]byte(text), into); err == nil {
				t.Errorf("%s is a %T", text, into)
			}
		}
	}
}

// Finding I6: a time limit is one to the standard library too, whoever set it.
func TestATimeLimitIsADeadline(t *testing.T) {
	silent := server(t, nil)
	short, cancel := context.WithTimeout(background, 20*time.Millisecond)
	defer cancel()
	over, cancel := context.WithTimeout(background, -1)
	defer cancel()
	cancelled, cancel := context.WithCancel(background)
	cancel()
	call := func(ctx context.Context, options ...cloudauth.Option) error {
		return second(newClient(t, silent, options...).CheckResult(ctx, request("t")))
	}
	for name, of := range map[string]struct {
		err     error
		timeout bool
	}{
		"WithTimeout":        {call(background, cloudauth.WithTimeout(20*time.Millisecond)), true},
		"WithAttemptTimeout": {call(background, cloudauth.WithAttemptTimeout(20*time.Millisecond), cloudauth.WithMaxAttempts(1)), true},
		"WithTimeout over":   {call(background, cloudauth.WithTimeout(0)), true},
		"context":            {call(short), true},
		"context over":       {call(over), true},
		"cancelled":          {call(cancelled), false},
		"a program's own":    {&cloudauth.Error{Kind: cloudauth.KindTimeout}, true},
	} {
		var says interface{ Timeout() bool }
		if errors.Is(of.err, context.DeadlineExceeded) != of.timeout || errors.Is(of.err, context.Canceled) == of.timeout ||
			errors.Is(of.err, cloudauth.ErrTimeout) != of.timeout || !errors.As(of.err, &says) || says.Timeout() != of.timeout {
			t.Errorf("%s: %v", name, of.err)
		}
	}
}
