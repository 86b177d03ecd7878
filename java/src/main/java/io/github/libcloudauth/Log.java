package io.github.libcloudauth;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;

/** Hands what the native library reports to this library's logger, on the threads on which calls end. */
final class Log {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile Logger logger;
    private static volatile int level;

    private Log() {}

    static Logger logger() {
        if (logger == null) {
            logger = System.getLogger("io.github.libcloudauth");
        }
        return logger;
    }

    /** Has lines kept of the levels that the logger takes now. */
    static void listen() {
        try {
            int wanted = LogLevels.ALL.size();
            while (wanted > 0 && !logger().isLoggable(LogLevels.ALL.get(wanted - 1))) {
                wanted--;
            }
            if (level != wanted) {
                Native.setLogLevel(wanted);
                level = wanted;
            }
        } catch (Throwable refused) {
            // No call fails for a logger that does, or for want of room.
        }
    }

    /** Hands over what waits, that call's last. */
    static void deliver(Long call) {
        deliver();
        Events.forget(call);
    }

    /** Hands over the lines that wait. What a logger does by this library meanwhile is delivered by a later call. */
    static void deliver() {
        Events.deliver();
        if (level == 0 || LOCK.isHeldByCurrentThread()) {
            return;
        }
        try {
            Object[] lines = Native.logLines();
            if (lines != null) {
                LOCK.lock();
                try {
                    Reply.of(lines).value(in -> in.list(Log::line));
                } finally {
                    LOCK.unlock();
                }
            }
        } catch (Throwable refused) {
            // As above.
        }
    }

    private static Void line(WireReader in) {
        Level at = LogLevels.ALL.get((int) in.number() - 1);
        // Not a format: nothing in it is to be replaced.
        logger().log(at, in.text(), (Throwable) null);
        return null;
    }
}
