// Code generated from core/schema/events.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"iter"
	"time"
)

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
	// When it ended.
	Ended time.Time
	// The server's name or address.
	ServerAddress string
	// The server's port.
	ServerPort int
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
		Ended:         time.UnixMilli(int64(event.ended_ms)),
		ServerAddress: goText(event.server_address),
		ServerPort:    int(event.server_port),
	}
}

// Attributes yields the event by the names that OpenTelemetry has for it, each with a string or an int; times are in
// milliseconds. What is absent is left out.
func (e Event) Attributes() iter.Seq2[string, any] {
	call := e.Attempt == 0
	all := []struct {
		name  string
		value any
		there bool
	}{
		{"server.address", e.ServerAddress, true},
		{"server.port", e.ServerPort, true},
		{"error.type", e.Kind.String(), e.Kind != 0},
		{"http.response.status_code", e.HTTPStatus, e.HTTPStatus != 0},
		{"http.request.method", "POST", !call},
		{"http.request.resend_count", e.Attempt - 1, !call && e.Attempt > 1},
		{"cloudauth.action", e.Operation, call},
		{"cloudauth.attempts", e.Attempts, call},
		{"cloudauth.code", e.Code, e.Code != ""},
		{"cloudauth.permit_wait_ms", int(e.PermitWait.Milliseconds()), !call && e.PermitWait > 0},
		{"cloudauth.pause_ms", int(e.Pause.Milliseconds()), !call && e.Pause > 0},
	}
	return func(yield func(string, any) bool) {
		for _, one := range all {
			if one.there && !yield(one.name, one.value) {
				return
			}
		}
	}
}
