package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"time"
)

// Error says why a call gave no result. Its texts hold no secret and no personal data, and may be logged.
//
// [errors.Is] matches it with the sentinel of its kind, such as [ErrThrottled], and with what ended its context:
// [context.Canceled], [context.DeadlineExceeded] or the context's own cause.
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

	causes []error
}

func (e *Error) Error() string {
	return "cloudauth: " + e.Message
}

// Is matches the sentinel of the error's kind.
func (e *Error) Is(target error) bool {
	kind, ok := target.(sentinel)
	return ok && Kind(kind) == e.Kind
}

// Unwrap gives what ended the call's context, where that ended the call.
func (e *Error) Unwrap() []error {
	return e.causes
}

// newError copies an error of the library's, which stays the caller's to free.
func newError(native *C.cloudauth_error) *Error {
	var failure C.cloudauth_go_failure
	C.cloudauth_go_failed(native, &failure)
	return &Error{
		Kind:       Kind(failure.kind),
		Code:       C.GoString(failure.code),
		HTTPStatus: int(failure.http_status),
		RequestID:  C.GoString(failure.request_id),
		Retryable:  bool(failure.retryable),
		RetryAfter: time.Duration(failure.retry_after_ms) * time.Millisecond,
		Attempts:   int(failure.attempts),
		Message:    C.GoString(failure.message),
		Advice:     C.GoString(failure.advice),
	}
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
	if ctx.Err() == context.DeadlineExceeded {
		kind, message = KindTimeout, "the deadline of the call's context has passed"
	}
	err := made(kind, message)
	err.Retryable = kind == KindTimeout
	err.Attempts = attempts
	err.causes = []error{ctx.Err()}
	if cause := context.Cause(ctx); cause != ctx.Err() {
		err.causes = append(err.causes, cause)
	}
	return err
}
