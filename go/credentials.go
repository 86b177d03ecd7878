package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"fmt"
	"runtime/cgo"
	"sync"
)

// Credentials are keys of an account. They are not printed.
type Credentials struct {
	AccessKeyID     string
	AccessKeySecret string
	// SecurityToken belongs to temporary keys.
	SecurityToken string
}

// String and GoString keep the secret out of what is printed.
func (Credentials) String() string   { return "cloudauth.Credentials{…}" }
func (Credentials) GoString() string { return "cloudauth.Credentials{…}" }

// keys are those that the program supplies.
type keys struct {
	provide func(context.Context) (Credentials, error)

	// The context that the program's function gets lives as long as calls are in flight.
	mutex   sync.Mutex
	calls   int
	context context.Context
	cancel  context.CancelFunc
}

// give has the library ask for keys here, until it calls cloudauthGoRelease.
func (k *keys) give(config *C.cloudauth_config) {
	C.cloudauth_go_set_credentials(config, C.uintptr_t(cgo.NewHandle(k)))
}

// begin counts a call; nil has nothing to count.
func (k *keys) begin() {
	if k == nil {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.calls++; k.calls == 1 {
		k.context, k.cancel = context.WithCancel(context.Background())
	}
}

func (k *keys) end() {
	if k == nil {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.calls--; k.calls == 0 {
		k.cancel()
	}
}

// ask gives the keys, or why there are none: without the program's own words, which might hold a secret.
func (k *keys) ask() (given Credentials, failure string) {
	k.mutex.Lock()
	ctx := k.context
	k.mutex.Unlock()
	type answer struct {
		given   Credentials
		failure string
	}
	answers := make(chan answer, 1)
	// On a goroutine of its own, which may do what one that was called from C may not: end itself, or outlast the question.
	go func() {
		a := answer{failure: "the credentials function did not return"}
		defer func() {
			if recover() != nil {
				a = answer{failure: "the credentials function panicked"}
			}
			answers <- a
		}()
		given, err := k.provide(ctx)
		if a = (answer{given: given}); err != nil {
			a = answer{failure: fmt.Sprintf("the credentials function failed with an error of type %T", err)}
		}
	}()
	select {
	case a := <-answers:
		return a.given, a.failure
	case <-ctx.Done():
		return Credentials{}, "no call waits for the credentials function any more"
	}
}

//export cloudauthGoCredentials
func cloudauthGoCredentials(id C.uintptr_t, out *C.cloudauth_credentials) {
	given, failure := cgo.Handle(id).Value().(*keys).ask()
	text := func(value string) *encoded {
		e := &encoded{bytes: make([]byte, 0, len(value)+1)}
		e.add("key", value)
		if e.fault != nil {
			failure = "the credentials function gave a key that holds a NUL"
		}
		return e
	}
	key, secret, token := text(given.AccessKeyID), text(given.AccessKeySecret), text(given.SecurityToken)
	defer clear(secret.bytes)
	defer clear(token.bytes)
	switch {
	case failure != "":
		C.cloudauth_credentials_fail(out, text(failure).pointer())
	case given.SecurityToken == "":
		C.cloudauth_credentials_set(out, key.pointer(), secret.pointer(), nil)
	default:
		C.cloudauth_credentials_set(out, key.pointer(), secret.pointer(), token.pointer())
	}
}

//export cloudauthGoRelease
func cloudauthGoRelease(id C.uintptr_t) {
	cgo.Handle(id).Delete()
}
