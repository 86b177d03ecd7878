package io.github.libcloudauth;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** A client's limiter, as the native library asks it by number. The client and its calls alone hold it. */
final class Limits {
    // As in Callbacks: taking an entry out must need no room on the heap.
    private static final Map<Long, WeakReference<Limits>> LIMITERS = Collections.synchronizedMap(new HashMap<>());
    /** The threads kept for a limiter that ask one, by their questions. */
    private static final Map<Long, Thread> ASKING = new HashMap<>();

    final Long number = Callbacks.number();
    private final Limiter limiter;

    Limits(Limiter limiter) {
        this.limiter = limiter;
        LIMITERS.put(number, new WeakReference<>(this));
    }

    static boolean isEmpty() {
        return LIMITERS.isEmpty();
    }

    static void forget(Long number) {
        LIMITERS.remove(number);
    }

    /** A question came: asks on another thread. */
    static void begin(long question) {
        try {
            VirtualThreads.elsewhere(() -> ask(question));
        } catch (Throwable none) {
            Native.refuseLimit(question);
        }
    }

    private static void ask(Long question) {
        synchronized (ASKING) {
            ASKING.put(question, Thread.currentThread());
        }
        try {
            Native.limit(question);
        } finally {
            synchronized (ASKING) {
                ASKING.remove(question);
                // One that was meant for this question.
                Thread.interrupted();
            }
        }
    }

    /** The native library has no use for an answer any more. */
    static void withdraw(Long question) {
        synchronized (ASKING) {
            Thread asking = ASKING.get(question);
            if (asking != null) {
                asking.interrupt();
            }
        }
    }

    /**
     * Called by the native library: writes the seconds and nanoseconds to wait, or gives a reason and the exception behind it.
     * {@code here}: on the thread of a call that blocks, which ends once that is interrupted.
     */
    static Object[] acquire(long number, String api, boolean here, long[] wait) {
        try {
            WeakReference<Limits> known = LIMITERS.get(number);
            Limits limits = known == null ? null : known.get();
            if (limits == null) {
                return refused("the client was let go of while its limiter was asked", null);
            }
            Duration answer = limits.limiter.acquire(api);
            if (answer != null && answer.isNegative()) {
                return refused("the limiter must give a wait of zero or more, or null", null);
            }
            if (answer != null) {
                wait[0] = answer.getSeconds();
                wait[1] = answer.getNano();
            }
            return null;
        } catch (InterruptedException signal) {
            if (!here) {
                return refused("the limiter was interrupted", signal);
            }
            Thread.currentThread().interrupt();
            wait[0] = Long.MAX_VALUE;
            return null;
        } catch (Throwable thrown) {
            return refused("the limiter threw " + thrown.getClass().getName(), thrown);
        }
    }

    private static Object[] refused(String reason, Throwable thrown) {
        return new Object[] {reason.getBytes(StandardCharsets.UTF_8), thrown};
    }
}
