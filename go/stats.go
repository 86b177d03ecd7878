//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

// Stats is what a client has done since it was made.
type Stats struct {
	Calls         uint64 // that were begun
	Succeeded     uint64 // calls that gave a result
	Failed        uint64 // calls that gave an error
	Requests      uint64 // that were sent
	Retries       uint64 // requests that were sent because an earlier one of the same call failed
	Throttled     uint64 // replies that throttled
	Connections   uint64 // that were made
	BytesReceived uint64 // of replies' bodies
}

// Stats tells what the client has done so far. After Close it tells the same, with the calls that were in flight then.
func (c *Client) Stats() Stats {
	if c == nil || c.handle == nil {
		return Stats{}
	}
	return c.handle.stats()
}

func (h *handle) stats() Stats {
	h.freeing.RLock()
	defer h.freeing.RUnlock()
	if h.freed {
		return h.last
	}
	return h.count()
}

func (h *handle) count() Stats {
	count := func(counter C.uint32_t) uint64 { return uint64(C.cloudauth_client_counter(h.native, counter)) }
	return Stats{
		Calls:         count(C.CLOUDAUTH_COUNTER_CALLS),
		Succeeded:     count(C.CLOUDAUTH_COUNTER_SUCCEEDED),
		Failed:        count(C.CLOUDAUTH_COUNTER_FAILED),
		Requests:      count(C.CLOUDAUTH_COUNTER_REQUESTS),
		Retries:       count(C.CLOUDAUTH_COUNTER_RETRIES),
		Throttled:     count(C.CLOUDAUTH_COUNTER_THROTTLED),
		Connections:   count(C.CLOUDAUTH_COUNTER_CONNECTIONS),
		BytesReceived: count(C.CLOUDAUTH_COUNTER_BYTES_RECEIVED),
	}
}
