//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
)

// Client calls the service. Make one and share it: it may be used by any number of goroutines at once, and keeps connections
// between calls.
type Client struct {
	_      noCopy
	handle *handle
	logger *slog.Logger
}

// noCopy has go vet find copies: one would be closed with the original.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// NewClient makes a client. All options are validated now, and nothing is sent. Where to call (a region or an endpoint) and
// the keys are taken from the environment where they are not given.
func NewClient(options ...Option) (*Client, error) {
	s := gather(options)
	defer C.cloudauth_config_free(s.config)
	h, err := newHandle(s)
	if err != nil {
		return nil, err
	}
	client := &Client{handle: h, logger: s.logger}
	// A net for one that nobody closes.
	runtime.AddCleanup(client, (*handle).close, h)
	return client, nil
}

// CheckResult fetches the outcome of one verification. It waits, and no thread waits with it; it ends soon after ctx does.
//
// An error is an [*Error]. [ErrNotCompleted] is a state rather than a fault: the person has not finished yet, ask again
// later. A value of the reply that cannot be decoded stands in Problems, and is no error.
func (c *Client) CheckResult(ctx context.Context, request Request) (*Result, error) {
	return c.fetch(ctx, &request, nil)
}

// fetch makes a CheckResult, which waits as told.
func (c *Client) fetch(ctx context.Context, request *Request, w *wait) (result *Result, err error) {
	if told := c.tell(ctx); told != nil {
		defer func() { told("CheckResult", err) }()
	}
	var room [256]byte
	o := request.spec(room[:])
	if w != nil {
		if w.fault != nil {
			return nil, w.fault
		}
		if !w.over {
			o.wait = &w.native
		}
	}
	f, err := c.call(ctx, &o)
	if err != nil {
		return nil, err
	}
	return f.result(ctx)
}

// CallOption is an option of [Client.Call].
type CallOption func(*callSpec)

// Unchecked lets through an operation, or parameters of it, that are newer than this library.
func Unchecked() CallOption {
	return func(o *callSpec) { o.flags |= C.CLOUDAUTH_GO_UNCHECKED }
}

// Call calls any operation of the service's API version, such as Initialize, with parameters by their names in the API: at most
// 256, of 32 MiB together. A string is sent as it is, nil is not sent, and any other value is sent as [encoding/json] writes it.
// The reply is given as it came, numbers as [encoding/json.Number].
func (c *Client) Call(ctx context.Context, action string, parameters map[string]any, options ...CallOption) (reply map[string]any, err error) {
	if told := c.tell(ctx); told != nil {
		defer func() { told(action, err) }()
	}
	o := callSpec{flags: C.CLOUDAUTH_GO_CALL}
	o.texts.add("action", action)
	for name, value := range parameters {
		if text, sent := o.texts.value(name, value); sent {
			o.addParameter(name, text)
		}
	}
	for _, option := range options {
		if option != nil {
			option(&o)
		}
	}
	f, err := c.call(ctx, &o)
	if err != nil {
		return nil, err
	}
	return f.reply(ctx)
}

// call makes one call and waits until it is done.
func (c *Client) call(ctx context.Context, o *callSpec) (*inflight, error) {
	p, err := takeWaiter()
	if err != nil {
		return nil, err
	}
	defer p.leave()
	f, err := c.start(ctx, p, o)
	if err == nil {
		p.wait(f.landed)
	}
	return f, err
}

// Close lets go of the client: later calls are errors of kind [KindInvalidArgument], while those in flight go on. A client
// may be closed more than once; the error is always nil.
func (c *Client) Close() error {
	if c != nil && c.handle != nil {
		c.handle.close()
	}
	return nil
}

// handle is what a client holds of the library's. It is freed once it is closed and no call needs it.
type handle struct {
	native  *C.cloudauth_client
	keys    *keys    // nil where the library has its own
	limiter *limiter // nil where there is none
	over    bool     // its calls have no time
	listens bool     // something gets its events
	closed  atomic.Bool
	users   atomic.Int64 // the client, until it is closed, and each call in flight
	freeing sync.RWMutex // held by whoever reads the counters, who is no user
	freed   bool
	last    Stats // of one that is freed
}

func newHandle(s *settings) (*handle, error) {
	if s.fault != nil {
		return nil, s.fault
	}
	h := &handle{keys: s.keys, limiter: s.limiter, over: s.over(), listens: s.listens}
	if s.keys != nil {
		s.keys.timeout = s.limits["WithTimeout"]
		if err := s.keys.give(s.config); err != nil {
			return nil, err
		}
	}
	if s.limiter != nil {
		if err := s.limiter.give(s.config); err != nil {
			return nil, err
		}
	}
	if err := taken(C.cloudauth_client_new(s.config, &h.native)); err != nil {
		return nil, err
	}
	h.users.Store(1)
	return h, nil
}

// acquire keeps the handle for a call, unless it is closed.
func (h *handle) acquire() bool {
	if h.closed.Load() {
		return false
	}
	for {
		users := h.users.Load()
		if users == 0 {
			return false
		}
		if h.users.CompareAndSwap(users, users+1) {
			return true
		}
	}
}

func (h *handle) close() {
	if !h.closed.Swap(true) {
		h.leave()
	}
}

// leave undoes an acquire.
func (h *handle) leave() {
	if h.users.Add(-1) == 0 {
		h.keys.close()
		h.limiter.close()
		h.freeing.Lock()
		defer h.freeing.Unlock()
		h.last, h.freed = h.count(), true
		C.cloudauth_client_free(h.native)
	}
}
