//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

// ConnectAhead says that a call is near, such as when a callback comes: it opens a connection in the background, unless one is
// ready, so that the call need not wait for DNS, TCP and TLS. It returns at once. A connection that cannot be made is counted in
// [Stats], and has no other effect. After Close it does nothing.
func (c *Client) ConnectAhead() {
	if c != nil && c.handle != nil {
		c.handle.connectAhead()
	}
}

func (h *handle) connectAhead() {
	h.freeing.RLock()
	defer h.freeing.RUnlock()
	if !h.freed {
		C.cloudauth_client_connect_ahead(h.native)
	}
}
