//go:build linux && cgo

package cloudauth

import (
	"context"
	"iter"
	"slices"
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
type ManyOption func(*many)

// Concurrency says how many calls are in flight at most, in place of [WithMaxConcurrency].
func Concurrency(calls int) ManyOption {
	return func(m *many) { m.concurrency = calls }
}

// Unordered yields outcomes as they come, and not in the order of the requests.
func Unordered() ManyOption {
	return func(m *many) { m.unordered = true }
}

// CheckMany fetches the outcomes of many verifications, so many at a time, and yields each with its error. Requests are read
// as calls become due, never all at once, on the goroutine that iterates; outcomes are yielded between two of them.
// Leaving the loop cancels the calls in flight. Once ctx has ended no further request is read, and the calls in flight yield
// the error that says so.
func (c *Client) CheckMany(ctx context.Context, requests iter.Seq[Request], options ...ManyOption) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		m := many{client: c, ctx: ctx, yield: yield}
		for _, option := range options {
			if option != nil {
				option(&m)
			}
		}
		err := m.validate(requests)
		if err == nil {
			m.waiter, err = takeWaiter()
		}
		if err != nil {
			yield(Outcome{}, err)
			return
		}
		defer m.waiter.leave()
		defer m.abandon()
		m.run(requests)
	}
}

// pendingCall is a call of many, until its outcome is yielded.
type pendingCall struct {
	outcome  Outcome
	inflight *inflight // nil where the call was not started
	err      error     // then this says why
	report   func(error)
}

func (p *pendingCall) landed() bool {
	return p.inflight == nil || p.inflight.landed()
}

type many struct {
	client      *Client
	ctx         context.Context
	yield       func(Outcome, error) bool
	concurrency int
	unordered   bool

	waiter  *waiter
	pending []*pendingCall // in the order of their requests, as many as the concurrency at most
}

func (m *many) validate(requests iter.Seq[Request]) error {
	switch {
	case m.client == nil || m.client.handle == nil:
		return notMade()
	case m.ctx == nil:
		return invalidArgument("ctx", "must not be nil")
	case requests == nil:
		return invalidArgument("requests", "must not be nil")
	case m.concurrency < 0:
		return invalidArgument("concurrency", "must not be negative")
	case m.concurrency == 0:
		m.concurrency = m.client.handle.maxConcurrency
	}
	return nil
}

func (m *many) run(requests iter.Seq[Request]) {
	position := 0
	for request := range requests {
		m.start(position, request)
		position++
		if !m.settle(len(m.pending) == m.concurrency) {
			return
		}
		if m.ctx.Err() != nil {
			break
		}
	}
	for len(m.pending) > 0 {
		if !m.settle(true) {
			return
		}
	}
}

func (m *many) start(position int, request Request) {
	p := &pendingCall{outcome: Outcome{Position: position, Request: request}, report: m.client.tell(m.ctx, "CheckResult")}
	o := request.spec(nil)
	o.flags |= cancellable
	p.inflight, p.err = m.client.start(m.ctx, m.waiter, &o)
	m.pending = append(m.pending, p)
}

// settle yields what is due; report to wait, it first waits until something is. It says whether to go on.
func (m *many) settle(wait bool) bool {
	if wait {
		m.waiter.wait(func() bool { return m.due() >= 0 })
	}
	for {
		index := m.due()
		if index < 0 {
			return true
		}
		p := m.pending[index]
		m.pending = slices.Delete(m.pending, index, index+1)
		if !m.deliver(p) {
			return false
		}
	}
}

// due is the place of the pendingCall whose outcome comes next; -1 where none does yet.
func (m *many) due() int {
	if m.unordered {
		return slices.IndexFunc(m.pending, (*pendingCall).landed)
	}
	if len(m.pending) > 0 && m.pending[0].landed() {
		return 0
	}
	return -1
}

func (m *many) deliver(p *pendingCall) bool {
	if p.inflight != nil {
		p.outcome.Result, p.err = p.inflight.result(m.ctx)
	}
	if p.report != nil {
		p.report(p.err)
	}
	return m.yield(p.outcome, p.err)
}

// abandon ends what is still in flight when the loop is left.
func (m *many) abandon() {
	for _, p := range m.pending {
		if !p.landed() {
			p.inflight.cancel()
		}
	}
	m.waiter.wait(func() bool {
		return !slices.ContainsFunc(m.pending, func(p *pendingCall) bool { return !p.landed() })
	})
	for _, p := range m.pending {
		if p.inflight != nil {
			_ = p.inflight.end(m.ctx)
		}
	}
}
