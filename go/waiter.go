//go:build linux && cgo

package cloudauth

/*
#include "native.h"

#cgo nocallback cloudauth_go_waiter
*/
import "C"

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"
)

// waiter is where a goroutine waits for calls to land: an eventfd on Go's own poller, to which the library's thread adds one
// for each call that is done. So no thread of the library's enters Go for a call, none of Go's waits in C, and no further
// goroutine stands between the two.
type waiter struct {
	file   *os.File
	wakes  syscall.RawConn
	number C.int
	// Calls that were started with it, and those that the descriptor has told of, as far as it was asked.
	starts, landings uint64
}

// waiters are those that nobody waits on, the one that was used last on top.
var waiters struct {
	sync.Mutex
	idle []*waiter
}

// spare is how many of them are kept, at least.
const spare = 64

func takeWaiter() (*waiter, error) {
	waiters.Lock()
	if last := len(waiters.idle) - 1; last >= 0 {
		p := waiters.idle[last]
		waiters.idle = waiters.idle[:last]
		waiters.Unlock()
		return p, nil
	}
	waiters.Unlock()
	return newWaiter()
}

func newWaiter() (*waiter, error) {
	number, refused := C.cloudauth_go_waiter()
	if number < 0 {
		return nil, noDescriptor(refused)
	}
	p := &waiter{file: os.NewFile(uintptr(number), "cloudauth"), number: number}
	// A file that the poller did not take has no deadlines.
	err := p.file.SetDeadline(time.Time{})
	if err == nil {
		p.wakes, err = p.file.SyscallConn()
	}
	if err != nil {
		_ = p.file.Close()
		return nil, noDescriptor(err)
	}
	return p, nil
}

// noDescriptor says that the system gave none, and which limit that was where it is a limit. Later it may give one.
func noDescriptor(err error) *Error {
	message := "the operating system refused a descriptor"
	if err != nil {
		message = "the operating system refused a descriptor: " + err.Error()
	}
	var limit syscall.Rlimit
	if errors.Is(err, syscall.EMFILE) && syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) == nil {
		message = fmt.Sprintf("too many open files: the process may have %d; raise its limit (ulimit -n)", limit.Cur)
	}
	failed := made(KindIO, message)
	failed.Retryable = true
	return failed
}

// wait returns when done says so, which it asks now and whenever a call lands.
func (p *waiter) wait(done func() bool) {
	for !done() {
		// The descriptor is not read: Go's poller waits for edges, and one that comes while it asks is not lost.
		_ = p.wakes.Read(func(uintptr) bool { return done() })
	}
}

// wake has whoever waits ask again.
func (p *waiter) wake() {
	_ = p.wakes.Write(func(descriptor uintptr) bool {
		_, _ = syscall.Write(int(descriptor), binary.NativeEndian.AppendUint64(nil, 1))
		return true
	})
}

// leave gives the waiter to the calls to come; all that were started with it have landed.
func (p *waiter) leave() {
	waiters.Lock()
	defer waiters.Unlock()
	if len(waiters.idle) < spare || !p.quiet() {
		waiters.idle = append(waiters.idle, p)
		return
	}
	_ = p.file.Close()
}

// quiet says whether the library's threads are done with the descriptor. A call is seen to have landed before the one that
// it adds is there; and what is closed before that is by then, maybe, another file's number.
func (p *waiter) quiet() bool {
	_ = p.wakes.Read(func(descriptor uintptr) bool {
		var count [8]byte
		if n, err := syscall.Read(int(descriptor), count[:]); n == len(count) && err == nil {
			p.landings += binary.NativeEndian.Uint64(count[:])
		}
		return true
	})
	return p.landings == p.starts
}
