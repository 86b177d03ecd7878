//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"errors"
	"fmt"
	"runtime/cgo"
	"sync"
	"time"
)

// Credentials are keys of an account. They are not printed.
type Credentials struct {
	AccessKeyID     string
	AccessKeySecret string
	// SecurityToken belongs to temporary keys.
	SecurityToken string
}

// question is the library's, for keys; it is answered once.
type question = C.cloudauth_credentials

// keys are those that the program supplies.
//
// The library asks once at a time. Its thread puts the question where it is found, and wakes a goroutine that is there while
// calls are in flight; another one runs the program's function. So nothing of the library's waits for the function, and its
// thread never enters Go.
type keys struct {
	provide func(context.Context) (Credentials, error)
	timeout time.Duration // the client's; 0 where it is the library's choice
	waiter  *waiter

	mutex   sync.Mutex
	native  *C.cloudauth_go_keys // nil once the library needs it no more
	closed  bool
	calls   map[any]context.Context
	serving bool
	open    *question          // waits for a call to be asked for
	cancel  context.CancelFunc // of the function's context, while it runs
}

// give has the library ask here, until it calls cloudauthGoRelease.
func (k *keys) give(config *C.cloudauth_config) (err error) {
	if k.waiter, err = newWaiter(); err != nil {
		return err
	}
	k.calls = map[any]context.Context{}
	k.native = C.cloudauth_go_set_keys(config, k.waiter.number, C.uintptr_t(cgo.NewHandle(k)))
	return nil
}

// begin counts a call; nil has nothing to count.
func (k *keys) begin(call any, ctx context.Context) {
	if k == nil {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.calls[call] = ctx
	if !k.serving {
		k.serving = true
		go k.serve()
	}
	k.fetch()
}

func (k *keys) end(call any) {
	if k == nil {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	delete(k.calls, call)
	if len(k.calls) == 0 {
		if k.cancel != nil {
			k.cancel()
		}
		k.wake()
	}
}

// wake has the goroutine that serves look; the lock is held.
func (k *keys) wake() {
	if k.native != nil {
		k.waiter.wake()
	}
}

// serve takes questions while calls are in flight.
func (k *keys) serve() {
	for ended := false; !ended; {
		err := k.waiter.wakes.Read(func(uintptr) bool {
			var former *question
			defer func() {
				if former != nil {
					C.cloudauth_credentials_free(former)
				}
			}()
			k.mutex.Lock()
			defer k.mutex.Unlock()
			if k.native != nil {
				if asked := C.cloudauth_go_question(k.native); asked != nil {
					// The library was shut down, where it asks once more.
					former = k.open
					k.open = asked
					k.fetch()
				}
			}
			ended = len(k.calls) == 0
			k.serving = !ended
			return ended
		})
		ended = ended || err != nil
	}
}

// fetch has the program asked if a question is open and a call waits for it; the lock is held.
func (k *keys) fetch() {
	if k.open == nil || k.cancel != nil {
		return
	}
	ctx, cancel := k.limit()
	if ctx == nil {
		return
	}
	asked := k.open
	k.open, k.cancel = nil, cancel
	go func() {
		defer cancel()
		given, err := k.ask(ctx)
		k.mutex.Lock()
		k.cancel = nil
		if err != nil && ctx.Err() != nil && !k.closed && k.open == nil {
			// It gave up with the calls that it was asked for. Those that came since must not fail for that.
			k.open, asked = asked, nil
		}
		k.fetch()
		k.mutex.Unlock()
		if asked != nil {
			answer(asked, given, err)
		}
	}()
}

// limit is the context of the call in flight that waits longest, which the end of that call alone does not end; nil where none
// waits. The lock is held.
func (k *keys) limit() (context.Context, context.CancelFunc) {
	var longest context.Context
	var until time.Time // zero is for ever
	now := time.Now()
	for _, ctx := range k.calls {
		deadline, limited := ctx.Deadline()
		if ctx.Err() != nil || limited && !deadline.After(now) {
			continue
		}
		if longest == nil || !limited || deadline.After(until) {
			longest, until = ctx, deadline
		}
		if !limited {
			break
		}
	}
	if longest == nil {
		return nil, nil
	}
	if end := now.Add(k.timeout); k.timeout > 0 && (until.IsZero() || end.Before(until)) {
		until = end
	}
	longest = context.WithoutCancel(longest)
	if until.IsZero() {
		return context.WithCancel(longest)
	}
	return context.WithDeadline(longest, until)
}

// ask gives the keys, or why there are none.
func (k *keys) ask(ctx context.Context) (given Credentials, err error) {
	done := make(chan struct{})
	// On a goroutine of its own, which may end itself.
	go func() {
		defer close(done)
		defer func() {
			if recover() != nil {
				given, err = Credentials{}, failure("the credentials function panicked")
			}
		}()
		err = failure("the credentials function did not return")
		given, err = k.provide(ctx)
	}()
	<-done
	return given, err
}

// failure is why there are no keys, in words that may be shown.
type failure string

func (f failure) Error() string { return string(f) }

// answer ends a question. The program's own words are not shown, since they might hold a secret; its error is the cause.
func answer(asked *question, given Credentials, err error) {
	text := func(value string) *encoded {
		e := &encoded{bytes: make([]byte, 0, len(value)+1)}
		if e.add("key", value); e.fault != nil && err == nil {
			err = failure("the credentials function gave a key that holds a NUL")
		}
		return e
	}
	key, secret, token := text(given.AccessKeyID), text(given.AccessKeySecret), text(given.SecurityToken)
	defer clear(secret.bytes)
	defer clear(token.bytes)
	var why failure
	switch {
	case errors.As(err, &why):
		C.cloudauth_credentials_fail(asked, text(string(why)).pointer())
	case err != nil:
		why := text(fmt.Sprintf("the credentials function failed with an error of type %T", err))
		C.cloudauth_go_fail(asked, why.pointer(), C.uintptr_t(cgo.NewHandle(err)))
	case given.SecurityToken == "":
		C.cloudauth_credentials_set(asked, key.pointer(), secret.pointer(), nil)
	default:
		C.cloudauth_credentials_set(asked, key.pointer(), secret.pointer(), token.pointer())
	}
}

// close ends the questions that nobody will ask for any more.
func (k *keys) close() {
	if k == nil {
		return
	}
	k.mutex.Lock()
	k.closed = true
	open := k.open
	k.open = nil
	native := k.native
	k.mutex.Unlock()
	// The client, which has not been freed yet, keeps it alive.
	C.cloudauth_go_close_keys(native)
	C.cloudauth_credentials_free(open)
}

//export cloudauthGoRelease
func cloudauthGoRelease(id C.uintptr_t) {
	handle := cgo.Handle(id)
	asked := handle.Value().(interface{ released() })
	handle.Delete()
	asked.released()
}

// released says that the library needs it no more.
func (k *keys) released() {
	k.mutex.Lock()
	k.native = nil
	k.mutex.Unlock()
	_ = k.waiter.file.Close()
}

//export cloudauthGoForget
func cloudauthGoForget(id C.uintptr_t) {
	cgo.Handle(id).Delete()
}
