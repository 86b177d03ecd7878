// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.lang.System.Logger.Level;
import java.util.List;

/** The levels of the log, by the native library's numbers from 1. */
final class LogLevels {
    static final List<Level> ALL = List.of(Level.ERROR, Level.WARNING, Level.INFO, Level.DEBUG, Level.TRACE);

    private LogLevels() {}
}
