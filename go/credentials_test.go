package cloudauth_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libcloudauth/libcloudauth/go"
	"github.com/libcloudauth/libcloudauth/go/cloudauthtest"
)

func TestKeysFromAFunction(t *testing.T) {
	nothingLeft(t)
	emulator := cloudauthtest.NewEmulator(t, cloudauthtest.WithSecurityToken("token"))
	var asked atomic.Int32
	client, err := cloudauth.NewClient(cloudauth.WithEndpoint(emulator.Endpoint), cloudauth.WithCredentials(
		func(ctx context.Context) (cloudauth.Credentials, error) {
			asked.Add(1)
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
	if asked.Load() != 100 {
		t.Errorf("asked %d times for 100 calls", asked.Load())
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
		"not UTF-8": func(context.Context) (cloudauth.Credentials, error) {
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
