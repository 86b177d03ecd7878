//go:build linux && cgo

package cloudauth

/*
#include "native.h"

#cgo nocallback cloudauth_many_next
#cgo nocallback cloudauth_many_wants_more
#cgo nocallback cloudauth_go_many_push
*/
import "C"

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
)

// Outcome is what became of one request of [Client.CheckMany].
type Outcome struct {
	// Position is the request's place among the requests, from 0.
	Position int
	Request  Request
	// Result is nil where the call failed.
	Result *Result
}

// ManyOption is an option of [Client.CheckMany].
type ManyOption func(*manyOptions)

// Concurrency says how many calls are in flight at most, in place of [WithMaxConcurrency].
func Concurrency(calls int) ManyOption {
	return func(m *manyOptions) { m.concurrency = calls }
}

// Unordered yields outcomes as they come, and not in the order of the requests.
func Unordered() ManyOption {
	return func(m *manyOptions) { m.unordered = true }
}

type manyOptions struct {
	concurrency int
	unordered   bool
}

// CheckMany fetches the outcomes of many verifications, so many at a time, and yields each with its error. Requests are read
// as calls become due, never all at once, on a goroutine of their own: one that is long in coming holds no outcome up. What
// they panic with comes after the outcomes. Leaving the loop cancels the calls in flight. Once ctx has ended no further
// request is read, and the calls in flight yield the error that says so; where there is none, a last outcome does, with the
// position of the request that was not read.
func (c *Client) CheckMany(ctx context.Context, requests iter.Seq[Request], options ...ManyOption) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		var o manyOptions
		for _, option := range options {
			if option != nil {
				option(&o)
			}
		}
		m, err := c.many(ctx, requests, &o)
		if err != nil {
			yield(Outcome{}, err)
			return
		}
		defer m.end()
		defer context.AfterFunc(ctx, func() { C.cloudauth_many_cancel(m.native) })()
		go m.read(requests)
		m.deliver(yield)
	}
}

// many is a run of many calls. The library has its window.
type many struct {
	client *Client
	ctx    context.Context
	waiter *waiter
	native *C.cloudauth_many

	wanted context.Context // ends once no request is wanted any more
	stop   func()
	room   chan struct{} // there may be some
	done   chan struct{} // closed once no request is read any more

	mutex  sync.Mutex
	rows   map[int]row
	given  int
	waits  bool // the requests wait for room
	all    bool // they came to their end
	thrown any  // what they panicked with
}

// row is a request in flight.
type row struct {
	request Request
	fault   error // why it is not sent
	scope   *scope
	report  func(string, error)
}

func (c *Client) many(ctx context.Context, requests iter.Seq[Request], o *manyOptions) (*many, error) {
	switch {
	case c == nil || c.handle == nil:
		return nil, notMade()
	case ctx == nil:
		return nil, invalidArgument("ctx", "must not be nil")
	case requests == nil:
		return nil, invalidArgument("requests", "must not be nil")
	case o.concurrency < 0:
		return nil, invalidArgument("concurrency", "must not be negative")
	case !c.handle.acquire():
		return nil, invalidArgument("client", "is closed")
	}
	m := &many{client: c, ctx: ctx, rows: map[int]row{}, room: make(chan struct{}, 1), done: make(chan struct{})}
	if err := m.begin(o); err != nil {
		c.handle.leave()
		return nil, err
	}
	m.wanted, m.stop = context.WithCancel(ctx)
	c.handle.keys.begin(m, ctx)
	c.handle.limiter.begin()
	return m, nil
}

func (m *many) begin(o *manyOptions) error {
	waiter, err := newWaiter()
	if err != nil {
		return err
	}
	failed, refused := C.cloudauth_go_many(m.client.handle.native, waiter.number, C.size_t(o.concurrency), C.bool(!o.unordered), &m.native)
	if failed != nil || m.native == nil {
		_ = waiter.file.Close()
		if failed != nil {
			return taken(failed)
		}
		return noDescriptor(refused)
	}
	m.waiter = waiter
	return nil
}

// read gives the library one request after the other.
func (m *many) read(requests iter.Seq[Request]) {
	defer close(m.done)
	all := false
	defer func() {
		thrown := recover()
		m.mutex.Lock()
		m.all, m.thrown = all, thrown
		m.mutex.Unlock()
		C.cloudauth_many_finish(m.native)
	}()
	for request := range requests {
		m.push(request)
		if !m.wantsMore() {
			return
		}
	}
	all = true
}

func (m *many) push(request Request) {
	o := request.spec(nil)
	r := row{request: request, report: m.client.tell(m.ctx)}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.client.handle.over {
		r.fault = timeOver()
	} else if o.texts.fault != nil {
		r.fault = invalidArgument(fmt.Sprintf("item %d", m.given), o.texts.fault.Message)
	}
	texts, parameters := o.texts.pointer(), C.size_t(o.parameters)
	var reported C.uintptr_t
	if r.fault != nil {
		// The library numbers it with the others, and refuses it in turn.
		texts = nil
	} else {
		r.scope = m.client.handle.scope(m.ctx)
		reported = r.scope.number()
	}
	// The library has it before its outcome is asked for: the lock is held.
	if taken(C.cloudauth_go_many_push(m.native, texts, parameters, o.flags, reported)) == nil {
		m.rows[m.given] = r
		m.given++
	}
	runtime.KeepAlive(&o)
}

// wantsMore waits until there is room for a request; false once none is wanted any more.
func (m *many) wantsMore() bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.waits = true
	for m.wanted.Err() == nil && !C.cloudauth_many_wants_more(m.native, 0) {
		m.mutex.Unlock()
		select {
		case <-m.room:
		case <-m.wanted.Done():
		}
		m.mutex.Lock()
	}
	// Else the loop that was left waits for the requests to end.
	m.waits = m.wanted.Err() != nil
	return !m.waits
}

// deliver yields the outcomes.
func (m *many) deliver(yield func(Outcome, error) bool) {
	reported := false
	for {
		outcome, err, ok := m.next()
		if !ok {
			break
		}
		if !yield(outcome, err) {
			return
		}
		reported = reported || m.ctx.Err() != nil && errors.Is(err, m.ctx.Err())
	}
	m.mutex.Lock()
	thrown, all, given := m.thrown, m.all, m.given
	m.mutex.Unlock()
	switch {
	case thrown != nil:
		panic(thrown)
	case all || reported:
	case m.ctx.Err() != nil:
		yield(Outcome{Position: given}, ended(m.ctx, 0))
	default:
		// As the requests did.
		runtime.Goexit()
	}
}

// next waits for the next outcome; false after the last.
func (m *many) next() (Outcome, error, bool) {
	var position C.size_t
	var failed *C.cloudauth_error
	var made *C.cloudauth_result
	some := false
	m.waiter.wait(func() bool {
		// It may be asked again once it said yes.
		some = some || bool(C.cloudauth_many_next(m.native, 0, &position, &failed, &made))
		return some || bool(C.cloudauth_many_has_ended(m.native))
	})
	if !some {
		return Outcome{}, nil, false
	}
	m.mutex.Lock()
	r := m.rows[int(position)]
	delete(m.rows, int(position))
	m.mutex.Unlock()
	r.scope.end()
	select {
	case m.room <- struct{}{}:
	default:
	}
	outcome := Outcome{Position: int(position), Request: r.request}
	if made != nil {
		outcome.Result = copyResult(made)
		C.cloudauth_result_free(made)
	}
	err := inContext(m.ctx, failed)
	C.cloudauth_error_free(failed)
	if r.fault != nil {
		err = r.fault
	}
	if r.report != nil {
		r.report("CheckResult", err)
	}
	return outcome, err, true
}

// end lets go of the run. Requests that wait for room end first, as they do in any loop that is left; those that are busy are
// not waited for.
func (m *many) end() {
	m.stop()
	m.mutex.Lock()
	waits := m.waits
	m.mutex.Unlock()
	if waits {
		<-m.done
	}
	C.cloudauth_many_free(m.native)
	_ = m.waiter.file.Close()
	m.mutex.Lock()
	for _, r := range m.rows {
		r.scope.end()
	}
	m.mutex.Unlock()
	m.client.handle.keys.end(m)
	m.client.handle.limiter.end()
	m.client.handle.leave()
}
