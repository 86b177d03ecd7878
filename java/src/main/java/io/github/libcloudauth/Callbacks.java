package io.github.libcloudauth;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Where the native library's news reach Java: outcomes of calls under way, and questions for keys.
 *
 * <p>Threads of this class, daemons all, wait for news in the native library and run the host's code with them. While one does,
 * another one waits, so that code which blocks stalls nobody. They come with the first call that needs them and go a few seconds
 * after the last, so that no class loader is held by them.
 */
final class Callbacks {
    private static final int OUTCOME_OF_CHECK_RESULT = 0;
    private static final int OUTCOME_OF_CALL = 1;
    private static final int QUESTION = 2;

    private static final long IDLE_MILLISECONDS = 2_000;
    /** How many threads wait at most, once they are there. */
    private static final int MAX_WAITING = 4;

    private static final Map<Long, Call<?>> CALLS = new ConcurrentHashMap<>();
    private static final Map<Long, CredentialsProvider> SOURCES = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(-1);

    private static final Object LOCK = new Object();
    private static int waiting;
    private static long threads;

    private Callbacks() {}

    /** Begins a call under a number, as {@code begin} does, and gives its future. */
    static <T> CompletableFuture<T> start(Begin begin, Function<WireReader, T> read) {
        // From -1 down: the native library's own numbers go up from 1.
        long number = NEXT.getAndDecrement();
        Call<T> call = new Call<>(read);
        CALLS.put(number, call);
        try {
            awaitNews();
            Reply.of(begin.under(number)).check();
        } catch (RuntimeException | Error refused) {
            CALLS.remove(number);
            throw refused;
        }
        // Cancelled, timed out or completed by the host: nobody waits for the outcome.
        call.whenComplete((result, error) -> {
            if (CALLS.remove(number) != null) {
                Native.cancel(number);
            }
        });
        return call;
    }

    /** A number under which the native library asks for keys. */
    static long register(CredentialsProvider provider) {
        long number = NEXT.getAndDecrement();
        SOURCES.put(number, provider);
        awaitNews();
        return number;
    }

    static void forget(long source) {
        SOURCES.remove(source);
    }

    interface Begin {
        byte[][] under(long number);
    }

    private static final class Call<T> extends CompletableFuture<T> {
        private final Function<WireReader, T> read;

        private Call(Function<WireReader, T> read) {
            this.read = read;
        }

        private void finish(WireReader in) {
            try {
                complete(Reply.within(in).value(read));
            } catch (Throwable refused) {
                completeExceptionally(refused);
            }
        }
    }

    private static void awaitNews() {
        synchronized (LOCK) {
            if (waiting == 0) {
                addThread();
            }
        }
    }

    /** Under the lock. */
    private static void addThread() {
        Thread thread = new Thread(null, Callbacks::run, "cloudauth-callback-" + ++threads);
        thread.setDaemon(true);
        thread.setContextClassLoader(Callbacks.class.getClassLoader());
        thread.start();
        waiting++;
    }

    private static void run() {
        while (true) {
            Reply reply = take();
            synchronized (LOCK) {
                if (reply.isWaiting()) {
                    if (waiting > 1 || CALLS.isEmpty() && SOURCES.isEmpty()) {
                        waiting--;
                        return;
                    }
                    continue;
                }
                waiting--;
                if (waiting == 0) {
                    addThread();
                }
            }
            try {
                reply.value(Callbacks::tell);
            } catch (Throwable uncaught) {
                complain(uncaught);
            }
            synchronized (LOCK) {
                if (waiting >= MAX_WAITING) {
                    return;
                }
                waiting++;
            }
        }
    }

    private static Reply take() {
        while (true) {
            try {
                return Reply.of(Native.take(IDLE_MILLISECONDS));
            } catch (Throwable refused) {
                complain(refused);
            }
        }
    }

    private static void complain(Throwable uncaught) {
        System.getLogger("io.github.libcloudauth").log(Level.ERROR, "a callback failed", uncaught);
    }

    private static Void tell(WireReader in) {
        int what = in.single();
        long number = in.number();
        if (what == OUTCOME_OF_CHECK_RESULT || what == OUTCOME_OF_CALL) {
            Call<?> call = CALLS.remove(number);
            if (call != null) {
                call.finish(in);
            }
        } else if (what == QUESTION) {
            Native.answer(in.number(), answer(SOURCES.get(number)));
        } else {
            forget(number);
        }
        return null;
    }

    /** The provider's keys, or why there are none. */
    private static byte[] answer(CredentialsProvider provider) {
        try {
            Credentials keys = provider == null ? null : provider.credentials();
            if (keys == null) {
                return new WireWriter().optionalText("reason", "the credentials provider gave null").toBytes();
            }
            return new WireWriter()
                .flag(false)
                .text("access_key_id", keys.accessKeyId)
                .text("access_key_secret", keys.accessKeySecret)
                .optionalText("security_token", keys.securityToken)
                .toBytes();
        } catch (Throwable thrown) {
            String reason = "the credentials provider threw " + thrown.getClass().getName();
            return new WireWriter().optionalText("reason", reason).toBytes();
        }
    }
}
