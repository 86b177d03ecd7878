package io.github.libcloudauth;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the requests of {@code checkMany} as calls become due: those of a collection on the thread that takes the outcomes, others
 * on a thread of their own, so that one which is long in coming holds no outcome up. That thread does not hold the stream.
 */
final class Requests implements Runnable {
    private static final long FOREVER = Long.MAX_VALUE;

    private final long many;
    private final Iterator<CheckRequest> source;
    /** A concurrent map would need heap to take one out. */
    private final Map<Long, CheckRequest> underWay = Collections.synchronizedMap(new HashMap<>());
    private final boolean isInPlace;
    private Thread reader;
    private long given;
    private boolean ended;
    private volatile Throwable thrown;

    Requests(long many, Iterable<CheckRequest> requests) {
        this.many = many;
        source = requests.iterator();
        isInPlace = requests instanceof Collection;
    }

    /** Reads what is due, or sees to it that it is read. */
    void read() {
        if (reader == null && (isInPlace || !start())) {
            read(0);
        }
    }

    /** The request of which the outcome is there. */
    CheckRequest answered(long position) {
        return underWay.remove(position);
    }

    /** Throws what the source threw. */
    void rethrow() {
        if (thrown != null) {
            throw Requests.<RuntimeException>sneaked(thrown);
        }
    }

    /** A source that waits is woken. */
    void close() {
        if (reader != null) {
            reader.interrupt();
        }
    }

    @Override
    public void run() {
        read(FOREVER);
    }

    /** Whether the system has a thread for it. */
    private boolean start() {
        try {
            Thread thread = CleanThread.of(this, "cloudauth-requests");
            // The source is the caller's code.
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.start();
            reader = thread;
            return true;
        } catch (Error refused) {
            return false;
        }
    }

    private void read(long milliseconds) {
        try {
            while (!ended && Native.manyWantsMore(many, milliseconds)) {
                ended = !source.hasNext();
                if (!ended) {
                    push(source.next());
                }
            }
        } catch (Throwable failed) {
            thrown = failed;
            ended = true;
        }
        if (ended) {
            Native.manyFinish(many);
        }
    }

    private void push(CheckRequest request) {
        underWay.put(given, Objects.requireNonNull(request, "requests: item " + given));
        given++;
        Reply.of(Native.manyPush(many, request.encoded())).check();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
