// Code generated from core/schema/events.toml by `cargo xtask generate`. DO NOT EDIT.

//go:build linux && cgo

package cloudauth

/*
#include "native.h"
*/
import "C"

import "log/slog"

// slogLevel is the level of the log's as slog has it.
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
	case C.CLOUDAUTH_LOG_LEVEL_TRACE:
		return LevelTrace
	default:
		return LevelTrace
	}
}
