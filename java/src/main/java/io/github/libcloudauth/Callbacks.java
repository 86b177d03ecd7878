package io.github.libcloudauth;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the native library's news reach Java: outcomes of calls under way, and questions for keys and permits.
 *
 * <p>Threads of this class, daemons all, wait for news in the native library and run the host's code with them. While one does,
 * another one waits, so that code which blocks stalls nobody. They come with the first call that needs them and go a few seconds
 * after the last, so that no class loader is held by them.
 *
 * <p>The heap may be full at any step, and the system may refuse threads at any time. So news stay native until they have been
 * dealt with, a step that failed is taken again, and a thread that gets no other to wait in its place does the work all the same.
 */
final class Callbacks {
    /** What {@link Native#take} says there is; {@code java/native/src/queue.rs} has the other side. */
    private static final int NOTHING = 0;
    private static final int OUTCOME = 1;
    private static final int ASKED = 2;
    private static final int WITHDRAWN = 3;
    private static final int FORGOTTEN = 4;
    private static final int LIMITED = 5;

    private static final long IDLE_MILLISECONDS = 2_000;
    /** How long to wait for news while closed clients have calls left, which are to end in time. */
    private static final long CLOSING_MILLISECONDS = 100;
    /** How many threads wait at most, once they are there. */
    private static final int MAX_WAITING = 4;
    /** How many threads run callbacks at most. Beside them, each client with a credentials provider may have one asking it. */
    private static final int MAX_THREADS = 256;
    /** How long no thread is asked for after the system refused one. */
    private static final long REFUSED_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(100);

    // Not concurrent maps: when threads meet, one of those needs room on the heap to take an entry out.
    private static final Map<Long, Pending> CALLS = Collections.synchronizedMap(new HashMap<>());
    private static final Map<Long, Source.Reference> SOURCES = Collections.synchronizedMap(new HashMap<>());
    private static final Collection<InFlight> CLOSING = new ConcurrentLinkedQueue<>();
    private static final AtomicLong NEXT = new AtomicLong(-1);

    private static final Object LOCK = new Object();
    private static int waiting;
    private static int threads;
    private static long started;
    /** When the system refused a thread; 0 where it did not. */
    private static long refused;

    private Callbacks() {}

    /** A call under way, as this class knows it. */
    interface Pending {
        /** Its outcome is there, to be fetched or given up. Throws nothing, and may be called again where memory ran out in it. */
        void arrived();

        /** Whether {@link #arrived()} runs code of the host's, which may block. */
        boolean runsHostCode();
    }

    /** A number under which a call may begin, ask for keys or be cancelled: from -1 down, as the native library's go up from 1. */
    static Long number() {
        return NEXT.getAndDecrement();
    }

    /** From now on the outcome of that call is handed to {@code call}. Says whether there is a thread that will. */
    static boolean expect(Long number, Pending call) {
        CALLS.put(number, call);
        return awaitNews();
    }

    /** Nobody waits for that call any more; false where nobody did. */
    static boolean forget(Long number) {
        return CALLS.remove(number) != null;
    }

    /** A source that the native library asks for keys under a number. */
    static void register(Long number, Source source) {
        SOURCES.put(number, new Source.Reference(source));
        if (!awaitNews()) {
            SOURCES.remove(number);
            throw noThread();
        }
    }

    /** A limiter that the native library will ask. */
    static void register(Limits limiter) {
        if (!awaitNews()) {
            Limits.forget(limiter.number);
            throw noThread();
        }
    }

    static void unregister(Long source) {
        SOURCES.remove(source);
    }

    /** Ends what a closed client has under way, once its time is over. */
    static void endLater(InFlight calls) {
        CLOSING.add(calls);
        awaitNews();
    }

    static CloudAuthException noThread() {
        return CloudAuthException.io("the operating system refused a thread; raise the limit of processes (ulimit -u) or of memory");
    }

    /** Has a thread wait for news. False where there is none at all and none can be had. */
    private static boolean awaitNews() {
        synchronized (LOCK) {
            return waiting > 0 || addThread() || threads > 0;
        }
    }

    /** Under the lock: one more thread that waits, if it may and can be had. */
    private static boolean addThread() {
        if (threads >= MAX_THREADS + SOURCES.size() || refused != 0 && System.nanoTime() - refused < REFUSED_NANOSECONDS) {
            return false;
        }
        try {
            CleanThread.of(new Worker(), "cloudauth-callback-".concat(Long.toString(started + 1))).start();
        } catch (Throwable none) {
            // 0 says that none was refused.
            refused = System.nanoTime() | 1;
            return false;
        }
        refused = 0;
        started++;
        threads++;
        waiting++;
        return true;
    }

    static void complain(Throwable uncaught) {
        try {
            Log.logger().log(Level.ERROR, "a callback failed", uncaught);
        } catch (Throwable full) {
            // No room to say so.
        }
    }

    /** A pause for the heap to recover. It throws nothing: Thread.sleep of JDK 25 makes an event first, for which there may be no room. */
    static void pause(long milliseconds) {
        LockSupport.parkNanos(milliseconds * 1_000_000);
    }

    /** What one thread does. */
    private static final class Worker implements Runnable {
        private final long[] about = new long[2];
        private int news = NOTHING;
        /** The call whose outcome is in hand, until it was notified. */
        private Pending call;
        private boolean waits = true;

        @Override
        public void run() {
            CleanThread thread = (CleanThread) Thread.currentThread();
            while (true) {
                try {
                    if (!turn()) {
                        return;
                    }
                } catch (Throwable failed) {
                    // Out of memory, most likely: what is in hand is dealt with in the next turn.
                    if (!(failed instanceof OutOfMemoryError)) {
                        call = null;
                    }
                    complain(failed);
                    pause(10);
                }
                thread.clean();
            }
        }

        /** Takes one piece of news and deals with it; false where this thread is not needed any more. */
        private boolean turn() {
            if (news == NOTHING) {
                if (!waits && !waitAgain()) {
                    return false;
                }
                news = Native.take(CLOSING.isEmpty() ? IDLE_MILLISECONDS : CLOSING_MILLISECONDS, about);
                if (!CLOSING.isEmpty()) {
                    CLOSING.removeIf(InFlight::endInTime);
                }
                if (news == NOTHING) {
                    return stays();
                }
            }
            if (news == OUTCOME) {
                outcome(about[0]);
            } else if (news == ASKED) {
                asked(about[0], about[1]);
            } else if (news == WITHDRAWN) {
                Source source = source(about[0]);
                if (source != null) {
                    source.withdraw(about[1]);
                }
            } else if (news == FORGOTTEN) {
                SOURCES.remove(about[0]);
                Limits.forget(about[0]);
            } else if (news == LIMITED) {
                Limits.begin(about[0]);
            } else {
                Limits.withdraw(about[0]);
            }
            news = NOTHING;
            return true;
        }

        private void outcome(long number) {
            if (call == null) {
                call = CALLS.get(number);
                if (call == null) {
                    Native.discard(number);
                    // Its future was cancelled.
                    if (Events.knows(number)) {
                        leave();
                        Log.deliver(number);
                    }
                    return;
                }
            }
            if (call.runsHostCode()) {
                leave();
            }
            // The virtual machine throws where it has no room to leave compiled code, between any two statements: the call stays
            // in hand, and is notified again.
            CALLS.remove(number);
            call.arrived();
            call = null;
        }

        private void asked(long number, long question) {
            Source source = source(number);
            if (source == null) {
                Native.answer(question, null, null);
            } else if (source.begin(question)) {
                // A provider may hang. Without another thread, nobody would interrupt it.
                boolean alone = !leave();
                news = NOTHING;
                source.answer(alone);
            }
        }

        private Source source(long number) {
            Source.Reference reference = SOURCES.get(number);
            return reference == null ? null : reference.get();
        }

        /** Waits for news no more, having found another thread that does; false where there is none. */
        private boolean leave() {
            synchronized (LOCK) {
                if (waits) {
                    waits = false;
                    waiting--;
                }
                return waiting > 0 || addThread();
            }
        }

        private boolean waitAgain() {
            synchronized (LOCK) {
                if (waiting >= MAX_WAITING) {
                    threads--;
                    return false;
                }
                waits = true;
                waiting++;
                return true;
            }
        }

        private boolean stays() {
            synchronized (LOCK) {
                if (waiting > 1 || CALLS.isEmpty() && SOURCES.isEmpty() && Limits.isEmpty() && CLOSING.isEmpty()) {
                    waiting--;
                    threads--;
                    return false;
                }
                return true;
            }
        }
    }
}
