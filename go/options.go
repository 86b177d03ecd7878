//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/cgo"
	"time"
	"unsafe"
)

// Option is an option of a client. One that is not given leaves the choice to the library, as do empty texts, numbers that are
// zero and pauses of zero. A time limit of zero or less is a time that is over: calls end at once, as [ErrTimeout].
type Option func(*settings)

// WithCredentials has keys supplied by a function, in place of [WithAccessKeyID] and its companions. It is called before
// every request, so keys are best kept at hand, and once at a time: calls that need keys meanwhile share what it gives.
//
// Calls wait for it under their own limits. Its context has the values and the deadline of a call that waits for it, the one
// that may wait longest, and is cancelled when no call of the client is in flight any more. A function that gives up then is
// called again for calls that came since. What it fails with becomes an error of kind [KindCredentials], which wraps it and
// whose message does not repeat it.
func WithCredentials(provide func(ctx context.Context) (Credentials, error)) Option {
	return func(s *settings) {
		if provide == nil {
			s.refuse(invalidArgument("WithCredentials", "must not be nil"))
		}
		s.keys = &keys{provide: provide}
	}
}

// WithLimiter has a function say when each request may go out, retries included, by returning then; in place of [WithQPS] and
// [WithQuota]. It gets the operation's name, such as "CheckResult", and a context that has the values and the deadline of the call's
// and ends with the call. A limiter of golang.org/x/time/rate is one:
//
//	cloudauth.WithLimiter(func(ctx context.Context, api string) error { return limiter.Wait(ctx) })
//
// It runs on a goroutine of its own for each request. What it fails with ends the call in an error of kind [KindThrottled], which
// wraps it and whose message does not repeat it. A client that is throttled all the same slows down by itself.
func WithLimiter(acquire func(ctx context.Context, api string) error) Option {
	return func(s *settings) {
		if acquire == nil {
			s.refuse(invalidArgument("WithLimiter", "must not be nil"))
			return
		}
		s.limiter = &limiter{acquire: acquire}
	}
}

// WithLogger tells of each call, at level debug and with the call's context: operation, time taken, and of a failure kind,
// code, HTTP status and attempts. Parameters, results and keys are never told.
func WithLogger(logger *slog.Logger) Option {
	return func(s *settings) { s.logger = logger }
}

// WithEvents gives a function the events of the client's calls when they end, one after the other: those of a call's attempts and,
// right behind them, the call's own. Its context is the one that the call was given, which may have ended. Calls do not wait for
// it; where more than 1,024 events wait, further ones are dropped and counted. Events that are on their way when the client is
// closed still come.
func WithEvents(listener func(context.Context, Event)) Option {
	return func(s *settings) {
		if listener == nil {
			s.refuse(invalidArgument("WithEvents", "must not be nil"))
			return
		}
		s.listens = true
		C.cloudauth_go_set_listener(s.config, C.uintptr_t(cgo.NewHandle(listener)))
	}
}

// settings are options as they are gathered.
type settings struct {
	config  *C.cloudauth_config
	keys    *keys
	limiter *limiter
	logger  *slog.Logger
	listens bool
	limits  map[string]time.Duration // a call's, by their options
	fault   error                    // the first there is
}

// gather gives what the options ask for; the caller frees the config.
func gather(options []Option) *settings {
	s := &settings{config: C.cloudauth_config_new(), limits: map[string]time.Duration{}}
	for index, option := range options {
		if option == nil {
			s.refuse(invalidArgument("options", fmt.Sprintf("number %d must not be nil", index+1)))
		} else {
			option(s)
		}
	}
	return s
}

func (s *settings) refuse(err error) {
	if s.fault == nil {
		s.fault = err
	}
}

func text(name, value string) Option {
	return func(s *settings) {
		texts := encoded{bytes: make([]byte, 0, len(name)+len(value)+2)}
		texts.add(name, name)
		texts.add(name, value)
		if texts.fault != nil {
			s.refuse(texts.fault)
		}
		var given *C.char
		if value != "" {
			given = (*C.char)(unsafe.Pointer(&texts.bytes[len(name)+1]))
		}
		C.cloudauth_config_set_text(s.config, texts.pointer(), given)
		clear(texts.bytes) // some are secrets
	}
}

func count(name string, value int64) Option {
	return func(s *settings) {
		var option encoded
		option.add(name, name)
		C.cloudauth_config_set_number(s.config, option.pointer(), C.int64_t(value))
	}
}

func duration(name string, limit time.Duration) Option {
	return count(name, milliseconds(limit))
}

// limited is an option that limits a call's time. Zero is no limit to the library, so that calls are ended here.
func limited(name string, limit time.Duration) Option {
	return func(s *settings) {
		s.limits[name] = limit
		if limit > 0 {
			duration(name, limit)(s)
		}
	}
}

// over says whether a limit ends calls before they begin.
func (s *settings) over() bool {
	for _, limit := range s.limits {
		if limit <= 0 {
			return true
		}
	}
	return false
}

func milliseconds(limit time.Duration) int64 {
	whole := limit.Milliseconds()
	if limit%time.Millisecond != 0 {
		// Away from zero: a limit that is there must not become none.
		whole += int64(limit / limit.Abs())
	}
	return whole
}
