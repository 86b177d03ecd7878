package cloudauth

/*
#include "native.h"
*/
import "C"

import (
	"context"
	"errors"
	"log/slog"
	"runtime/cgo"
	"sync"
	"time"
)

// LevelTrace is the level of what the library says beyond debug.
const LevelTrace = slog.LevelDebug - 4

// library is the logger of what the library says, as a cgo.Handle.
var library struct {
	sync.Mutex
	logger cgo.Handle
}

// SetLogger sends what the library itself says, for all clients, to a logger; the last one given counts, and nil ends it.
// The levels that the logger takes are looked at now. When it returns, the former logger has got all of its lines. It must
// not be called from a logger's own handler.
//
// [WithLogger] tells of the calls of one client, with their contexts.
func SetLogger(logger *slog.Logger) error {
	level := C.uint32_t(C.CLOUDAUTH_LOG_LEVEL_OFF)
	var next cgo.Handle
	if logger != nil {
		next = cgo.NewHandle(logger)
		for of := C.uint32_t(C.CLOUDAUTH_LOG_LEVEL_ERROR); of <= C.CLOUDAUTH_LOG_LEVEL_TRACE; of++ {
			if logger.Enabled(context.Background(), slogLevel(of)) {
				level = of
			}
		}
	}
	library.Lock()
	defer library.Unlock()
	err := taken(C.cloudauth_go_set_log(level, C.uintptr_t(next)))
	former := library.logger
	if library.logger = next; err != nil {
		former, library.logger = next, former
	}
	if former != 0 {
		former.Delete()
	}
	return err
}

func slogLevel(level C.uint32_t) slog.Level {
	switch level {
	case C.CLOUDAUTH_LOG_LEVEL_ERROR:
		return slog.LevelError
	case C.CLOUDAUTH_LOG_LEVEL_WARN:
		return slog.LevelWarn
	case C.CLOUDAUTH_LOG_LEVEL_INFO:
		return slog.LevelInfo
	case C.CLOUDAUTH_LOG_LEVEL_DEBUG:
		return slog.LevelDebug
	default:
		return LevelTrace
	}
}

//export cloudauthGoLog
func cloudauthGoLog(id C.uintptr_t, level C.uint32_t, line *C.char) {
	logger, text := cgo.Handle(id).Value().(*slog.Logger), C.GoString(line)
	// On a goroutine of its own: a handler that panics or ends itself must not do so within a call from C.
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		logger.Log(context.Background(), slogLevel(level), text)
	}()
	<-done
}

// tell gives what tells the client's logger of a call's outcome; nil where that does not want to know.
func (c *Client) tell(ctx context.Context, action string) func(error) {
	if c == nil || c.logger == nil || ctx == nil || !c.logger.Enabled(ctx, slog.LevelDebug) {
		return nil
	}
	begun := time.Now()
	return func(err error) {
		attributes := []slog.Attr{slog.String("action", action), slog.Duration("duration", time.Since(begun))}
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
