//go:build linux && cgo

package cloudauth

/*
#include "native.h"

#cgo noescape cloudauth_go_start
#cgo nocallback cloudauth_go_start
#cgo nocallback cloudauth_go_cancel
*/
import "C"

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// callSpec is what a call asks for, as cloudauth_go_start takes it.
type callSpec struct {
	texts      encoded
	parameters int // pairs of a name and a value at the end of the texts
	flags      C.uint32_t
	wait       *C.cloudauth_go_wait // nil where the call does not wait for a person
	transfer   *transfer            // nil where the call has no functions of the program's
}

// addParameter appends a pair of a name and a value.
func (o *callSpec) addParameter(name, value string) {
	o.texts.add("parameter", name)
	o.texts.add(name, value)
	o.parameters++
}

// inflight is a call in flight.
type inflight struct {
	native *C.cloudauth_go_inflight
	handle *handle
	scope  *scope // nil where nothing wants it

	// The end of its context cancels it, for as long as it is there to be cancelled.
	unwatch func() bool
	mutex   sync.Mutex
	ended   bool
}

// cancellable is the flag of a call that something other than its context may end.
const cancellable = C.CLOUDAUTH_GO_CANCELLABLE

// start sends a call on its way, to land on the waiter. One that was started must be ended.
func (c *Client) start(ctx context.Context, p *waiter, o *callSpec) (*inflight, error) {
	if ctx == nil {
		return nil, invalidArgument("ctx", "must not be nil")
	}
	if o.texts.fault != nil {
		return nil, o.texts.fault
	}
	if ctx.Err() != nil {
		return nil, ended(ctx, 0)
	}
	if c == nil || c.handle == nil {
		return nil, notMade()
	}
	h := c.handle
	if !h.acquire() {
		return nil, invalidArgument("client", "is closed")
	}
	if h.over {
		h.leave()
		return nil, timeOver()
	}
	flags := o.flags
	if ctx.Done() != nil {
		flags |= cancellable
	}
	f := &inflight{handle: h, scope: h.scope(ctx)}
	h.keys.begin(f, ctx)
	h.limiter.begin()
	f.native = C.cloudauth_go_start(h.native, p.number, o.texts.pointer(), C.size_t(o.parameters), flags, o.wait, f.scope.number())
	runtime.KeepAlive(o)
	if f.native.refused {
		return nil, f.end(ctx)
	}
	p.starts++
	if ctx.Done() != nil {
		f.unwatch = context.AfterFunc(ctx, f.cancel)
	}
	return f, nil
}

func timeOver() *Error {
	failed := made(KindTimeout, "the time that the client's options give a call is over before it begins")
	failed.Retryable = true
	return failed
}

func notMade() error {
	return invalidArgument("client", "must be one that NewClient gave")
}

// cancel has the call land soon.
func (f *inflight) cancel() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if !f.ended {
		C.cloudauth_go_cancel(f.native)
	}
}

// landed says whether the call is done.
func (f *inflight) landed() bool {
	return atomic.LoadUint32((*uint32)(&f.native.landed)) != 0
}

// result gives what a CheckResult that is done ended in.
func (f *inflight) result(ctx context.Context) (*Result, error) {
	var result *Result
	if f.native.result != nil {
		result = copyResult(f.native.result)
	}
	return result, f.end(ctx)
}

// reply gives what any other operation that is done ended in.
func (f *inflight) reply(ctx context.Context) (map[string]any, error) {
	var reply map[string]any
	if f.native.reply != nil {
		reply = object(C.cloudauth_reply_json(f.native.reply))
	}
	return reply, f.end(ctx)
}

// end gives the error that the call ended in, and frees what is C's; what else it ended in must have been copied before.
func (f *inflight) end(ctx context.Context) error {
	if f.unwatch != nil && !f.unwatch() {
		// Its context has ended, and it may be about to be cancelled.
		f.mutex.Lock()
		f.ended = true
		f.mutex.Unlock()
	}
	defer f.handle.leave()
	defer f.handle.keys.end(f)
	defer f.handle.limiter.end()
	defer f.scope.end()
	defer C.cloudauth_go_end(f.native)
	return inContext(ctx, f.native.error)
}

// inContext is the error of a call that was made in a context; nil for none.
func inContext(ctx context.Context, native *C.cloudauth_error) error {
	if native == nil {
		return nil
	}
	err := newError(native)
	if err.Kind == KindCancelled && ctx.Err() != nil {
		return ended(ctx, err.Attempts)
	}
	return err
}
