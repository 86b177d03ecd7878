//go:build linux && cgo

package cloudauth

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
