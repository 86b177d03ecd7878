package cloudauth_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func TestKeysFromAFunction(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t, cloudauthtest.WithSecurityToken("token"))
	var asked, running atomic.Int32
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
		func(ctx context.Context) (cloudauth.Credentials, error) {
			asked.Add(1)
			if running.Add(1) > 1 {
				t.Error("asked twice at once")
			}
			defer running.Add(-1)
			return cloudauth.Credentials{AccessKeyID: emulator.AccessKeyID, AccessKeySecret: emulator.AccessKeySecret, SecurityToken: "token"}, ctx.Err()
		}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	requests := func(yield func(cloudauth.Request) bool) {
		for range 100 {
			if !yield(request("ekycpro200")) {
				return
			}
		}
	}
	for o, err := range client.CheckMany(background, requests) {
		if err != nil {
			t.Fatalf("%d: %v", o.Position, err)
		}
	}
	if count := asked.Load(); count < 1 || count > 100 {
		t.Errorf("asked %d times for 100 calls", count)
	}
	asked.Store(0)
	for range 10 {
		if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
			t.Fatal(err)
		}
	}
	if asked.Load() != 10 {
		t.Errorf("asked %d times for 10 calls, one after the other", asked.Load())
	}
}

// Finding I1: a function that hangs holds no thread, however many calls come, is called once at a time with the deadline of a
// call, and takes nothing from other clients.
func TestAFunctionThatHangs(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	_, port, _ := strings.Cut(emulator.Endpoint, "127.0.0.1")
	var asked, running, limited atomic.Int32
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
		func(ctx context.Context) (cloudauth.Credentials, error) {
			asked.Add(1)
			if running.Add(1) > 1 {
				t.Error("asked twice at once")
			}
			defer running.Add(-1)
			if _, has := ctx.Deadline(); has {
				limited.Add(1)
			}
			<-ctx.Done()
			return cloudauth.Credentials{}, ctx.Err()
		}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	before := threads(t)
	var calls sync.WaitGroup
	for range 100 {
		calls.Add(1)
		go func() {
			defer calls.Done()
			ctx, cancel := context.WithTimeout(background, 300*time.Millisecond)
			defer cancel()
			begun := time.Now()
			if _, err := client.CheckResult(ctx, request("ekycpro200")); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, cloudauth.ErrCredentials) {
				t.Error(err)
			}
			if took := time.Since(begun); took > time.Second {
				t.Errorf("a call of 300 ms took %v", took)
			}
		}()
		time.Sleep(10 * time.Millisecond)
	}
	if now := threads(t); now > before+20 {
		t.Errorf("%d threads, %d before", now, before)
	}
	// By a name that must be resolved.
	if _, err := emulator.NewClient(cloudauth.WithEndpoint("http://localhost"+port)).CheckResult(background, request("ekycpro200")); err != nil {
		t.Errorf("another client: %v", err)
	}
	calls.Wait()
	if count := asked.Load(); count < 2 || count > 100 || limited.Load() != count {
		t.Errorf("asked %d times, %d with a deadline", count, limited.Load())
	}
}

type callKey struct{}

// The function's context is a call's own: its values, and its deadline or that of WithTimeout.
func TestTheFunctionsContextIsACalls(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	type seen struct {
		value   any
		left    time.Duration
		limited bool
	}
	contexts := make(chan seen, 1)
	make := func(options ...cloudauth.Option) *cloudauth.Client {
		client, err := cloudauth.NewClient(append(options, cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
			func(ctx context.Context) (cloudauth.Credentials, error) {
				deadline, limited := ctx.Deadline()
				contexts <- seen{ctx.Value(callKey{}), time.Until(deadline), limited}
				return cloudauth.Credentials{AccessKeyID: emulator.AccessKeyID, AccessKeySecret: emulator.AccessKeySecret}, nil
			}))...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close() })
		return client
	}
	valued := context.WithValue(background, callKey{}, "trace-7")
	short, cancel := context.WithTimeout(valued, 20*time.Second)
	defer cancel()
	for _, of := range []struct {
		client *cloudauth.Client
		ctx    context.Context
		limit  time.Duration
	}{
		{make(), valued, 0},
		{make(), short, 20 * time.Second},
		{make(cloudauth.WithTimeout(10 * time.Second)), short, 10 * time.Second},
		{make(cloudauth.WithTimeout(10 * time.Second)), valued, 10 * time.Second},
		{make(cloudauth.WithTimeout(time.Hour)), short, 20 * time.Second},
	} {
		if _, err := of.client.CheckResult(of.ctx, request("ekycpro200")); err != nil {
			t.Error(err)
		}
		got := <-contexts
		if got.value != "trace-7" || got.limited != (of.limit > 0) || got.limited && (got.left > of.limit || got.left < of.limit-5*time.Second) {
			t.Errorf("%+v, where the limit is %v", got, of.limit)
		}
	}
}

// A function that gives up with the call that it was asked for does not fail a call that came since.
func TestAFunctionThatGivesUpIsAskedAgain(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	var asked atomic.Int32
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
		func(ctx context.Context) (cloudauth.Credentials, error) {
			if _, limited := ctx.Deadline(); limited {
				<-ctx.Done()
				time.Sleep(time.Duration(asked.Add(1)) * time.Millisecond / 4)
				return cloudauth.Credentials{}, ctx.Err()
			}
			return cloudauth.Credentials{AccessKeyID: emulator.AccessKeyID, AccessKeySecret: emulator.AccessKeySecret}, nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		ctx, cancel := context.WithTimeout(background, 5*time.Millisecond)
		_, err := client.CheckResult(ctx, request("ekycpro200"))
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
			t.Error(err)
		}
	}
	// The last question stays open, and ends with the client.
	ctx, cancel := context.WithTimeout(background, 5*time.Millisecond)
	defer cancel()
	_, _ = client.CheckResult(ctx, request("ekycpro200"))
	client.Close()
}

type vaultError struct{ status int }

func (e *vaultError) Error() string { return "SPECIMEN" }

// Finding I5: what the function failed with is the cause, and is not shown.
func TestAFunctionsErrorIsTheCause(t *testing.T) {
	nothingLeft(t)
	sealed := errors.New("SPECIMEN")
	for _, given := range []error{sealed, fmt.Errorf("SPECIMEN: %w", sealed), errors.Join(&vaultError{503}, sealed)} {
		client, err := cloudauth.NewClient(cloudauth.WithEndpoint("http://127.0.0.1:1"), cloudauth.WithCredentials(
			func(context.Context) (cloudauth.Credentials, error) { return cloudauth.Credentials{}, given }))
		if err != nil {
			t.Fatal(err)
		}
		var vault *vaultError
		for o, err := range client.CheckMany(background, slices.Values([]cloudauth.Request{request("a"), request("b"), request("c")})) {
			if !errors.Is(err, cloudauth.ErrCredentials) || !errors.Is(err, sealed) || !errors.Is(err, given) {
				t.Errorf("%d: %v", o.Position, err)
			}
			if errors.As(given, &vault) && (!errors.As(err, &vault) || vault.status != 503) {
				t.Errorf("%d: %v", o.Position, err)
			}
			if text := fmt.Sprintf("%v %+v %#v %s", err, err, err, err.(*cloudauth.Error).Advice); strings.Contains(text, "SPECIMEN") {
				t.Error(text)
			}
		}
		client.Close()
	}
}

func TestAFunctionThatHasNoKeys(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	for message, provide := range map[string]func(context.Context) (cloudauth.Credentials, error){
		"failed with an error of type *errors.errorString": func(context.Context) (cloudauth.Credentials, error) {
			return cloudauth.Credentials{}, errors.New("SPECIMEN")
		},
		"panicked":       func(context.Context) (cloudauth.Credentials, error) { panic("SPECIMEN") },
		"did not return": func(context.Context) (cloudauth.Credentials, error) { runtime.Goexit(); panic("unreachable") },
		"must not be empty": func(context.Context) (cloudauth.Credentials, error) {
			return cloudauth.Credentials{}, nil
		},
		"holds a NUL": func(context.Context) (cloudauth.Credentials, error) {
			return cloudauth.Credentials{AccessKeyID: "id", AccessKeySecret: "SPECIMEN\x00"}, nil
		},
		"must be UTF-8": func(context.Context) (cloudauth.Credentials, error) {
			return cloudauth.Credentials{AccessKeyID: "id", AccessKeySecret: "SPECIMEN\xff"}, nil
		},
	} {
		client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(provide))
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.CheckResult(background, request("ekycpro200"))
		if !errors.Is(err, cloudauth.ErrCredentials) || !strings.Contains(err.Error(), message) || strings.Contains(err.Error(), "SPECIMEN") {
			t.Errorf("%q: %v", message, err)
		}
		client.Close()
	}
}

// The function's context ends when no call waits for it any more, and its library's thread is let go even if it goes on.
func TestAFunctionThatTakesTooLong(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	var told atomic.Bool
	goOn := make(chan struct{})
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
		func(ctx context.Context) (cloudauth.Credentials, error) {
			<-ctx.Done()
			told.Store(true)
			<-goOn
			return cloudauth.Credentials{}, nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(background, 30*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := client.CheckResult(ctx, request("ekycpro200")); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 200*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
	soon(t, "the function's context has ended", told.Load)
	close(goOn)
}

// A function may use the library itself, and close the very client that asks it.
func TestAFunctionThatCalls(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t)
	other := emulator.NewClient()
	var client *cloudauth.Client
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
		func(ctx context.Context) (cloudauth.Credentials, error) {
			client.Close()
			_, err := other.CheckResult(ctx, request("ekycpro200"))
			return cloudauth.Credentials{AccessKeyID: emulator.AccessKeyID, AccessKeySecret: emulator.AccessKeySecret}, err
		}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.CheckResult(background, request("ekycpro200")); err != nil {
		t.Error(err)
	}
}
