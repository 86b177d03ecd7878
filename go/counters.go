// Code generated from core/schema/counters.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

// Stats is what a client has done since it was made.
type Stats struct {
	// Calls that were begun.
	Calls uint64
	// Calls that gave a result.
	Succeeded uint64
	// Calls that gave an error. Those begun and neither are under way, or were given up by their caller.
	Failed uint64
	// Requests that were sent.
	Requests uint64
	// Requests that were sent because an earlier one of the same call failed.
	Retries uint64
	// Replies that throttled.
	Throttled uint64
	// Connections that were made.
	Connections uint64
	// Bytes of replies' bodies.
	BytesReceived uint64
	// Events that were dropped, because too many waited for the listener.
	EventsDropped uint64
	// Keepalive requests that `keep_warm` sent. They count neither as calls nor as requests.
	Keepalives uint64
	// Connections and requests of `keep_warm` and connections of `connect_ahead` that failed.
	BackgroundFailures uint64
	// Permits that the shared `quota` gave.
	SharedPermits uint64
	// Permits of this client's share, while the shared `quota` did not answer.
	OwnPermits uint64
	// Times that the shared `quota` stopped to answer, or did not answer from the beginning.
	QuotaLosses uint64
}

func (h *handle) count() Stats {
	count := func(counter C.uint32_t) uint64 { return uint64(C.cloudauth_client_counter(h.native, counter)) }
	return Stats{
		Calls:              count(C.CLOUDAUTH_COUNTER_CALLS),
		Succeeded:          count(C.CLOUDAUTH_COUNTER_SUCCEEDED),
		Failed:             count(C.CLOUDAUTH_COUNTER_FAILED),
		Requests:           count(C.CLOUDAUTH_COUNTER_REQUESTS),
		Retries:            count(C.CLOUDAUTH_COUNTER_RETRIES),
		Throttled:          count(C.CLOUDAUTH_COUNTER_THROTTLED),
		Connections:        count(C.CLOUDAUTH_COUNTER_CONNECTIONS),
		BytesReceived:      count(C.CLOUDAUTH_COUNTER_BYTES_RECEIVED),
		EventsDropped:      count(C.CLOUDAUTH_COUNTER_EVENTS_DROPPED),
		Keepalives:         count(C.CLOUDAUTH_COUNTER_KEEPALIVES),
		BackgroundFailures: count(C.CLOUDAUTH_COUNTER_BACKGROUND_FAILURES),
		SharedPermits:      count(C.CLOUDAUTH_COUNTER_SHARED_PERMITS),
		OwnPermits:         count(C.CLOUDAUTH_COUNTER_OWN_PERMITS),
		QuotaLosses:        count(C.CLOUDAUTH_COUNTER_QUOTA_LOSSES),
	}
}
