// Code generated from core/schema/events.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "time"

// Event tells what became of a call, or of one of its attempts. What is absent is empty or 0. It holds no id, no
// key and nobody's data.
type Event struct {
	// The operation's name.
	Operation string
	// The region whose server is called; absent for any other server.
	Region string
	// Which attempt of the call it is, from 1; absent for the call as a whole.
	Attempt int
	// Requests that the call has sent so far.
	Attempts int
	// Why it failed; absent where it succeeded.
	Kind Kind
	// The service's code, where it failed with one.
	Code string
	// The reply's status; absent where there was no reply.
	HTTPStatus int
	// How long it took, waits included.
	Duration time.Duration
	// How long of that the quota kept requests back.
	PermitWait time.Duration
	// The pause after the attempt, which is no part of its duration; of a call, all of its pauses.
	Pause time.Duration
	// Bytes of replies' bodies.
	BytesReceived int
}

func readEvent(event *C.cloudauth_event) Event {
	return Event{
		Operation:     goText(event.operation),
		Region:        goText(event.region),
		Attempt:       int(event.attempt),
		Attempts:      int(event.attempts),
		Kind:          Kind(event.kind),
		Code:          goText(event.code),
		HTTPStatus:    int(event.http_status),
		Duration:      time.Duration(event.duration_ms) * time.Millisecond,
		PermitWait:    time.Duration(event.permit_wait_ms) * time.Millisecond,
		Pause:         time.Duration(event.pause_ms) * time.Millisecond,
		BytesReceived: int(event.bytes_received),
	}
}
