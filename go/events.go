//go:build linux && cgo

package cloudauth

/*
#include <stdlib.h>
#include "native.h"

#cgo nocallback cloudauth_go_released
*/
import "C"

import (
	"context"
	"runtime/cgo"
	"unsafe"
)

// releaseContexts deletes the handles that nothing needs any more.
func releaseContexts() {
	for released := C.cloudauth_go_released(); released != nil; {
		next := released.next
		cgo.Handle(released.id).Delete()
		C.free(unsafe.Pointer(released))
		released = next
	}
}

//export cloudauthGoEvent
func cloudauthGoEvent(id C.uintptr_t, event *C.cloudauth_event) {
	listener := cgo.Handle(id).Value().(func(context.Context, Event))
	ctx := context.Background()
	if given := (*C.cloudauth_go_context)(event.context); given != nil {
		ctx = cgo.Handle(given.id).Value().(*scope).ctx
	}
	reported := readEvent(event)
	releaseContexts()
	// On a goroutine of its own: a listener that ends itself must not do so within a call from C.
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		listener(ctx, reported)
	}()
	<-done
}
