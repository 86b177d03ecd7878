package cloudauth

import "time"

// LiveHandles counts what the library has given and not got back.
var LiveHandles = liveHandles

// Saturated is the time of so many milliseconds.
func Saturated(milliseconds uint64) time.Duration { return saturated(milliseconds) }

// Shutdown ends the library's threads.
var Shutdown = shutdown
