package io.github.libcloudauth;

import java.io.OutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The host's code that a download calls, on the thread that makes the download. The native library knows it by the call's number. */
final class Transfer {
    // As in Callbacks: taking an entry out must need no room on the heap.
    private static final Map<Long, Transfer> UNDER_WAY = Collections.synchronizedMap(new HashMap<>());

    /** By the names of the arguments. */
    private final Map<String, Object> functions;

    Transfer(Map<String, Object> functions) {
        this.functions = functions;
    }

    /** Makes a call that may call these functions, on this thread. */
    Object[] during(AsyncCall.Begin call, long number) {
        UNDER_WAY.put(number, this);
        try {
            return call.under(number);
        } finally {
            UNDER_WAY.remove(number);
        }
    }

    /** Called by the native library: what a receiver threw, or {@code null}. */
    static Throwable receive(long number, String name, byte[] bytes) {
        try {
            ((OutputStream) UNDER_WAY.get(number).functions.get(name)).write(bytes);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    /** The same of a progress function. */
    static Throwable report(long number, String name, long received, long total) {
        try {
            ((Progress) UNDER_WAY.get(number).functions.get(name)).report(received, total);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }
}
