//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

// LevelTrace is the level of what the library says beyond debug.
const LevelTrace = slog.LevelDebug - 4

// loggers are those of [SetLogger] by their numbers, the last ones: the library may still have lines for one that was replaced.
var loggers struct {
	sync.Mutex
	count  uintptr
	recent [8]*slog.Logger
}

// SetLogger sends what the library itself says, for all clients, to a logger; the last one given counts, and nil ends it.
// The levels that the logger takes are asked for now. When it returns, the former logger has got all of its lines; called by
// the former logger's own handler it takes effect when that returns, and lines that wait are dropped.
//
// [WithLogger] tells of the calls of one client, with their contexts.
func SetLogger(logger *slog.Logger) error {
	level := C.uint32_t(C.CLOUDAUTH_LOG_LEVEL_OFF)
	if logger != nil {
		for of := C.uint32_t(C.CLOUDAUTH_LOG_LEVEL_ERROR); of <= C.CLOUDAUTH_LOG_LEVEL_TRACE; of++ {
			if takes(context.Background(), logger, slogLevel(of)) {
				level = of
			}
		}
	}
	if withinHandler() {
		// The library's thread waits for this goroutine, and would be waited for.
		pending.Store(newSink(logger, level))
		return nil
	}
	setting.Lock()
	err := newSink(logger, level).set()
	setting.Unlock()
	setPending()
	return err
}

// sink is a logger of the library's lines.
type sink struct {
	level  C.uint32_t
	number C.uintptr_t
}

func newSink(logger *slog.Logger, level C.uint32_t) *sink {
	loggers.Lock()
	defer loggers.Unlock()
	loggers.count++
	loggers.recent[loggers.count%uintptr(len(loggers.recent))] = logger
	return &sink{level, C.uintptr_t(loggers.count)}
}

func (s *sink) set() error {
	return taken(C.cloudauth_go_set_log(s.level, s.number))
}

func (s *sink) newest() bool {
	loggers.Lock()
	defer loggers.Unlock()
	return uintptr(s.number) == loggers.count
}

// pending is what a handler has set, until it returns. Whoever holds the lock sets it, where somebody does.
var (
	setting sync.Mutex
	pending atomic.Pointer[sink]
)

func setPending() {
	for pending.Load() != nil && setting.TryLock() {
		if next := pending.Swap(nil); next != nil && next.newest() {
			// The library took one before, and has no reason to refuse.
			_ = next.set()
		}
		setting.Unlock()
	}
}

// withinHandler says whether this goroutine is one that runs a handler for the library.
func withinHandler() bool {
	var callers [64]uintptr
	for skip := 0; ; skip += len(callers) {
		count := runtime.Callers(skip, callers[:])
		frames := runtime.CallersFrames(callers[:count])
		for more := count > 0; more; {
			var frame runtime.Frame
			if frame, more = frames.Next(); frame.Function == deliverName {
				return true
			}
		}
		if count < len(callers) {
			return false
		}
	}
}

var deliverName = runtime.FuncForPC(reflect.ValueOf(deliver).Pointer()).Name()

// deliver brings a line to a logger, whose handler may panic.
func deliver(logger *slog.Logger, level slog.Level, line string) {
	defer func() { _ = recover() }()
	logger.Log(context.Background(), level, line)
}

// takes says whether the logger wants such records.
func takes(ctx context.Context, logger *slog.Logger, level slog.Level) (wanted bool) {
	defer func() { _ = recover() }()
	return logger.Enabled(ctx, level)
}

//export cloudauthGoLog
func cloudauthGoLog(number C.uintptr_t, level C.uint32_t, line *C.char) {
	loggers.Lock()
	logger := loggers.recent[uintptr(number)%uintptr(len(loggers.recent))]
	loggers.Unlock()
	if logger == nil {
		return
	}
	text := C.GoString(line)
	// On a goroutine of its own: a handler that ends itself must not do so within a call from C.
	done := make(chan struct{})
	go func() {
		defer close(done)
		deliver(logger, slogLevel(level), text)
	}()
	<-done
	setPending() // the library does not wait for the thread that this is
}

// tell gives what tells the client's logger of a call's action and outcome; nil where that does not want to know.
func (c *Client) tell(ctx context.Context) func(string, error) {
	if c == nil || c.logger == nil || ctx == nil || !takes(ctx, c.logger, slog.LevelDebug) {
		return nil
	}
	begun := time.Now()
	return func(action string, err error) {
		defer func() { _ = recover() }() // of a handler that panics
		attributes := []slog.Attr{slog.String("action", oneLine(action)), slog.Duration("duration", time.Since(begun))}
		message := "cloudauth call succeeded"
		var failed *Error
		if errors.As(err, &failed) {
			message = "cloudauth call failed"
			attributes = append(attributes, slog.String("kind", failed.Kind.String()), slog.Int("attempts", failed.Attempts))
			if failed.Code != "" {
				attributes = append(attributes, slog.String("code", failed.Code))
			}
			if failed.HTTPStatus != 0 {
				attributes = append(attributes, slog.Int("http_status", failed.HTTPStatus))
			}
		}
		c.logger.LogAttrs(ctx, slog.LevelDebug, message, attributes...)
	}
}

// oneLine is a text of the program's without what could end a line of a log.
func oneLine(text string) string {
	return strings.Map(func(char rune) rune {
		if unicode.IsControl(char) {
			return ' '
		}
		return char
	}, text)
}
