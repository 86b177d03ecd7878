//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"errors"
	"math"
	"runtime/cgo"
	"time"
)

// Error says why a call gave no result. Its texts hold no secret and no personal data, and may be logged.
//
// [errors.Is] matches it with the sentinel of its kind, such as [ErrThrottled]; with [context.DeadlineExceeded] where its time
// was over, whoever set the limit, and with [context.Canceled] where it was cancelled; with the cause that its context gives;
// and with what the function of [WithCredentials] or [WithLimiter], or a writer or a function that a request was given, failed with.
type Error struct {
	Kind Kind
	// Code is the service's own, such as "Throttling.Api"; empty where it sent none.
	Code string
	// HTTPStatus is that of the last reply; 0 where there was none.
	HTTPStatus int
	// RequestID is the service's id of the request, for its support; empty where it sent none.
	RequestID string
	// Retryable says whether the same call, made again later, can succeed.
	Retryable bool
	// RetryAfter is how long the service asked to wait before the next call; 0 where it did not.
	RetryAfter time.Duration
	// Attempts counts the requests that were sent for the call.
	Attempts int
	// Message is one line for people.
	Message string
	// Advice says what a person can do about it.
	Advice string

	causes *causes
}

// causes are errors of the program's own. They stand behind a pointer, which the verbs of package fmt do not follow: they may
// say what must not be shown.
type causes []error

func (e *Error) Error() string {
	return "cloudauth: " + e.Message
}

// Timeout says whether the time of the call was over.
func (e *Error) Timeout() bool {
	return e.Kind == KindTimeout
}

// Is matches the sentinel of the error's kind.
func (e *Error) Is(target error) bool {
	kind, ok := target.(sentinel)
	return ok && Kind(kind) == e.Kind
}

// Unwrap gives what lies behind it, as the type's comment has it.
func (e *Error) Unwrap() []error {
	var all []error
	switch e.Kind {
	case KindTimeout:
		all = append(all, context.DeadlineExceeded)
	case KindCancelled:
		all = append(all, context.Canceled)
	}
	if e.causes != nil {
		all = append(all, *e.causes...)
	}
	return all
}

// newError copies an error of the library's, which stays the caller's to free.
func newError(native *C.cloudauth_error) *Error {
	var failure C.cloudauth_go_failure
	C.cloudauth_go_failed(native, &failure)
	err := &Error{
		Kind:       Kind(failure.kind),
		Code:       C.GoString(failure.code),
		HTTPStatus: int(failure.http_status),
		RequestID:  C.GoString(failure.request_id),
		Retryable:  bool(failure.retryable),
		RetryAfter: saturated(uint64(failure.retry_after_ms)),
		Attempts:   int(failure.attempts),
		Message:    C.GoString(failure.message),
		Advice:     C.GoString(failure.advice),
	}
	if failure.cause != 0 {
		switch cause := cgo.Handle(failure.cause).Value().(type) {
		case *transfer:
			err.causes = &causes{cause.cause()}
		case error:
			err.causes = &causes{cause}
		}
	}
	return err
}

// saturated is the time, or the longest that there is.
func saturated(milliseconds uint64) time.Duration {
	return time.Duration(min(milliseconds, math.MaxInt64/uint64(time.Millisecond))) * time.Millisecond
}

// taken is newError for an error that nobody needs afterwards; nil for none.
func taken(native *C.cloudauth_error) error {
	if native == nil {
		return nil
	}
	defer C.cloudauth_error_free(native)
	return newError(native)
}

// made is an error that this package finds by itself, with what the catalogue says of its kind.
func made(kind Kind, message string) *Error {
	err := &Error{Kind: kind, Message: message}
	if explanation, failed := Explain(kind.String()); failed == nil {
		err.Advice = explanation.Advice
	}
	return err
}

func invalidArgument(name, rule string) *Error {
	return made(KindInvalidArgument, name+": "+rule)
}

// ended is the error of a call that its context ended, after so many requests.
func ended(ctx context.Context, attempts int) *Error {
	kind, message := KindCancelled, "the call's context was cancelled"
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		kind, message = KindTimeout, "the deadline of the call's context has passed"
	}
	err := made(kind, message)
	err.Retryable = kind == KindTimeout
	err.Attempts = attempts
	err.causes = &causes{ctx.Err()}
	if cause := context.Cause(ctx); cause != ctx.Err() {
		*err.causes = append(*err.causes, cause)
	}
	return err
}
