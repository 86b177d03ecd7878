//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"time"
)

// WaitOption is an option of [Client.WaitForResult]. One that is not given, and a pause that is zero, leaves the choice to the
// library.
type WaitOption func(*wait)

// WaitTimeout says how long to wait altogether; the default is half an hour. Zero or less does not wait: the service is asked
// once.
func WaitTimeout(limit time.Duration) WaitOption {
	return func(w *wait) {
		w.over = limit <= 0
		w.native.timeout = C.uint64_t(max(milliseconds(limit), 0))
	}
}

// FirstPause is the pause after the first answer that the person has not finished; the default is 2 s. Each further pause is
// longer by half.
func FirstPause(pause time.Duration) WaitOption {
	return func(w *wait) { w.native.first_pause = w.milliseconds("FirstPause", pause) }
}

// LongestPause is the longest pause; the default is 15 s.
func LongestPause(pause time.Duration) WaitOption {
	return func(w *wait) { w.native.longest_pause = w.milliseconds("LongestPause", pause) }
}

// WaitForResult is [Client.CheckResult], again and again until the person has finished, with growing pauses. Each call has
// the client's own limit. No thread waits, and like a call it ends soon after ctx does.
//
// The error is [ErrNotCompleted] where the time of [WaitTimeout] was over first, and [ErrTimeout] where that of ctx was. Any
// other error ends the wait at once.
func (c *Client) WaitForResult(ctx context.Context, request Request, options ...WaitOption) (*Result, error) {
	var w wait
	for _, option := range options {
		if option != nil {
			option(&w)
		}
	}
	return c.fetch(ctx, &request, &w)
}

// wait is how a call waits for a person, as it is gathered.
type wait struct {
	native C.cloudauth_go_wait
	over   bool  // there is no time to wait
	fault  error // the first there is
}

func (w *wait) milliseconds(name string, limit time.Duration) C.uint64_t {
	if limit < 0 && w.fault == nil {
		w.fault = invalidArgument(name, "must not be negative")
	}
	return C.uint64_t(max(milliseconds(limit), 0))
}
