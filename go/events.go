//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "runtime/cgo"

//export cloudauthGoEvent
func cloudauthGoEvent(id C.uintptr_t, event *C.cloudauth_event) {
	listener := cgo.Handle(id).Value().(func(Event))
	reported := readEvent(event)
	// On a goroutine of its own: a listener that ends itself must not do so within a call from C.
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		listener(reported)
	}()
	<-done
}
