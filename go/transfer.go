//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"io"
	"runtime/cgo"
	"strconv"
	"sync"
	"unsafe"
)

// transfer is what a download calls of the program's. The call's own thread enters Go for it, and goes on once it has returned;
// after the call, nobody calls it any more.
type transfer struct {
	handle cgo.Handle
	// Held while one of them runs, and by the call once it is done: between the library's threads Go sees no order.
	mutex  sync.Mutex
	writer io.Writer
	report func(received, total int64) error
	err    error // what one of them failed with
}

// receiver gives an argument that gets bytes.
func (o *callSpec) receiver(name string, writer io.Writer) {
	if writer != nil {
		o.callsBack().writer = writer
		o.argument('r', name, name, o.transfer.number())
	}
}

// progress gives an argument that hears how far the call has come.
func (o *callSpec) progress(name string, report func(received, total int64) error) {
	if report != nil {
		o.callsBack().report = report
		o.argument('p', name, name, o.transfer.number())
	}
}

// callsBack has the library find the program's functions until forget.
func (o *callSpec) callsBack() *transfer {
	if o.transfer == nil {
		o.transfer = &transfer{}
		o.transfer.handle = cgo.NewHandle(o.transfer)
	}
	return o.transfer
}

// forget ends what callsBack began, once the call is done.
func (o *callSpec) forget() {
	if o.transfer != nil {
		o.transfer.mutex.Lock()
		defer o.transfer.mutex.Unlock()
		o.transfer.handle.Delete()
	}
}

// cause is what a function failed with.
func (t *transfer) cause() error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.err
}

func (t *transfer) number() string { return strconv.FormatUint(uint64(t.handle), 10) }

// try runs a function of the program's, and says whether the download goes on.
func (t *transfer) try(function func() error) bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	done := make(chan struct{})
	// On a goroutine of its own, which may end itself.
	go func() {
		defer close(done)
		defer func() {
			if recover() != nil {
				t.err = failure("the function panicked")
			}
		}()
		t.err = failure("the function did not return")
		t.err = function()
	}()
	<-done
	return t.err == nil
}

//export cloudauthGoReceive
func cloudauthGoReceive(id C.uintptr_t, data *C.uint8_t, size C.size_t) C.bool {
	t := cgo.Handle(id).Value().(*transfer)
	return C.bool(t.try(func() error {
		// The library's bytes are gone when this returns, and a writer might keep them against the rules.
		n, err := t.writer.Write(C.GoBytes(unsafe.Pointer(data), C.int(size)))
		if err == nil && n != int(size) {
			err = io.ErrShortWrite
		}
		return err
	}))
}

//export cloudauthGoProgress
func cloudauthGoProgress(id C.uintptr_t, received, total C.uint64_t) C.bool {
	t := cgo.Handle(id).Value().(*transfer)
	return C.bool(t.try(func() error { return t.report(int64(received), int64(total)) }))
}
