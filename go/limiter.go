//go:build linux && cgo

package cloudauth

/*
#include <stdlib.h>
#include "native.h"

#cgo nocallback cloudauth_go_permits
*/
import "C"

import (
	"context"
	"errors"
	"fmt"
	"runtime/cgo"
	"sync"
	"unsafe"
)

// limiter is the program's own.
//
// The library's thread puts its questions where they are found, and wakes a goroutine that is there while calls are in flight;
// each question has the program's function run on a goroutine of its own. So nothing of the library's waits for the function, and
// its thread never enters Go.
type limiter struct {
	acquire func(context.Context, string) error
	waiter  *waiter

	mutex   sync.Mutex
	native  *C.cloudauth_go_limiter // nil once the library needs it no more
	calls   int
	serving bool
}

// scope is what a call's events and its limiter get of it.
type scope struct {
	ctx    context.Context
	limits context.Context // ends with the call
	over   context.CancelFunc
	ended  chan struct{}
}

// scope is nil where nothing wants it.
func (h *handle) scope(ctx context.Context) *scope {
	if !h.listens && h.limiter == nil {
		return nil
	}
	s := &scope{ctx: ctx, ended: make(chan struct{})}
	if h.limiter != nil {
		s.limits, s.over = context.WithCancel(ctx)
	}
	return s
}

// number is a handle of the scope that comes back from the library; 0 for none.
func (s *scope) number() C.uintptr_t {
	if s == nil {
		return 0
	}
	return C.uintptr_t(cgo.NewHandle(s))
}

// end says that the call has ended.
func (s *scope) end() {
	if s != nil && s.over != nil {
		close(s.ended)
		s.over()
	}
}

// give has the library ask here, until it calls cloudauthGoRelease.
func (l *limiter) give(config *C.cloudauth_config) (err error) {
	if l.waiter, err = newWaiter(); err != nil {
		return err
	}
	l.native = C.cloudauth_go_set_limiter(config, l.waiter.number, C.uintptr_t(cgo.NewHandle(l)))
	return nil
}

// begin counts a call; nil has nothing to count.
func (l *limiter) begin() {
	if l == nil {
		return
	}
	releaseContexts()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.calls++
	if !l.serving {
		l.serving = true
		go l.serve()
	}
}

func (l *limiter) end() {
	if l == nil {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.calls--; l.calls == 0 && l.native != nil {
		l.waiter.wake()
	}
}

// serve takes questions while calls are in flight.
func (l *limiter) serve() {
	for ended := false; !ended; {
		err := l.waiter.wakes.Read(func(uintptr) bool {
			l.mutex.Lock()
			defer l.mutex.Unlock()
			if l.native != nil {
				l.take()
			}
			ended = l.calls == 0
			l.serving = !ended
			return ended
		})
		ended = ended || err != nil
	}
}

// take has the program asked what the library asks; the lock is held.
func (l *limiter) take() {
	for asked := C.cloudauth_go_permits(l.native); asked != nil; {
		s := cgo.Handle(asked.context).Value().(*scope)
		go l.ask(s, C.GoString(asked.api), asked.permit)
		next := asked.next
		C.free(unsafe.Pointer(asked))
		asked = next
	}
}

// ask answers a question once the program's function has returned.
func (l *limiter) ask(s *scope, api string, permit *C.cloudauth_permit) {
	err := error(failure("the limiter did not return"))
	defer func() {
		if recover() != nil {
			err = failure("the limiter panicked")
		}
		if err != nil && s.limits.Err() != nil {
			// It gave up with its call, which ends as its context did.
			<-s.ended
			C.cloudauth_permit_free(permit)
			return
		}
		permitted(permit, err)
	}()
	err = l.acquire(s.limits, api)
}

// permitted ends a question. The program's own words are not shown, since they might hold a secret; its error is the cause.
func permitted(permit *C.cloudauth_permit, err error) {
	if err == nil {
		C.cloudauth_permit_grant(permit, 0)
		return
	}
	var why failure
	var reason encoded
	if errors.As(err, &why) {
		reason.add("reason", string(why))
		C.cloudauth_permit_refuse(permit, reason.pointer())
		return
	}
	reason.add("reason", fmt.Sprintf("the limiter failed with an error of type %T", err))
	C.cloudauth_go_refuse(permit, reason.pointer(), C.uintptr_t(cgo.NewHandle(err)))
}

// close ends the questions that nobody will take any more.
func (l *limiter) close() {
	if l != nil {
		// The client, which has not been freed yet, keeps it alive.
		C.cloudauth_go_close_limiter(l.native)
	}
}

// released says that the library needs it no more.
func (l *limiter) released() {
	l.mutex.Lock()
	l.native = nil
	l.mutex.Unlock()
	_ = l.waiter.file.Close()
}
